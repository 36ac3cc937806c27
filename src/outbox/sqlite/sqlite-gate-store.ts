import type { NewAuditEntry } from '../audit-store.js';
import { type GateRecord, GateStore } from '../gate-store.js';
import type { Writer } from './writer.js';

/** The gates on SQLite: the claim reads them in its own statement. */
export class SqliteGateStore extends GateStore {
  constructor(private readonly writer: Writer) {
    super();
  }

  override list(): Promise<readonly GateRecord[]> {
    return this.writer.call('listGates', undefined);
  }

  override save(gate: GateRecord, audit: NewAuditEntry | null): Promise<boolean> {
    return this.writer.call('saveGate', { gate, audit });
  }
}
