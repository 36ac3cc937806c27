import { type AuditEntry, AuditStore, type NewAuditEntry } from '../audit-store.js';
import type { Database } from './database.js';
import { listAudit } from './operations/list-audit.js';
import { recordAudit } from './record-audit.js';

/** The audit on PostgreSQL. */
export class PostgresAuditStore extends AuditStore {
  constructor(private readonly database: Database) {
    super();
  }

  override record(entry: NewAuditEntry): Promise<void> {
    return this.database.transact((session) => recordAudit(session, entry));
  }

  override list(page: { readonly before: number | null; readonly limit: number }): Promise<readonly AuditEntry[]> {
    return this.database.transact((session) => listAudit(session, page));
  }
}
