import type { NewAuditEntry } from '../audit-store.js';
import { type GateRecord, GateStore } from '../gate-store.js';
import { lockAlone } from './advisory-locks.js';
import type { Database } from './database.js';
import type { Hints } from './hints.js';
import { listGates } from './operations/list-gates.js';
import { saveGate } from './operations/save-gate.js';

/**
 * The gates on PostgreSQL. A change of a gate waits for the claims under way and keeps new ones waiting until its
 * commit, so that no claim commits through a gate that was closed before.
 */
export class PostgresGateStore extends GateStore {
  constructor(
    private readonly database: Database,
    private readonly hints: Hints,
  ) {
    super();
  }

  override list(): Promise<readonly GateRecord[]> {
    return this.database.transact(listGates);
  }

  override async save(gate: GateRecord, audit: NewAuditEntry | null): Promise<boolean> {
    const isSaved = await this.database.transact((session) => saveGate(session, gate, audit), {
      locks: [lockAlone('gates')],
      mayRepeat: true,
    });
    if (isSaved) this.hints.tell('gates');
    return isSaved;
  }
}
