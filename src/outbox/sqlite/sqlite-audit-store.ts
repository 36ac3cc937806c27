import { type AuditEntry, AuditStore, type NewAuditEntry } from '../audit-store.js';
import type { Writer } from './writer.js';

/** The audit on SQLite. */
export class SqliteAuditStore extends AuditStore {
  constructor(private readonly writer: Writer) {
    super();
  }

  override record(entry: NewAuditEntry): Promise<void> {
    return this.writer.call('recordDeed', entry);
  }

  override list(page: { readonly before: number | null; readonly limit: number }): Promise<readonly AuditEntry[]> {
    return this.writer.call('listAudit', page);
  }
}
