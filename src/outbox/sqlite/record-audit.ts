import type { NewAuditEntry } from '../audit-store.js';
import type { Session } from './session.js';

const INSERT = 'INSERT INTO audit (at, actor, action, subject, detail) VALUES (?, ?, ?, ?, ?)';

/** A line for the audit, in the transaction of the deed it tells of. */
export function recordAudit(session: Session, { by, action, subject, detail }: NewAuditEntry): void {
  session.change(INSERT, session.now, by, action, subject, detail);
}
