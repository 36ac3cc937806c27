import type { NewAuditEntry } from '../../audit-store.js';
import { recordAudit } from '../record-audit.js';
import type { Session } from '../session.js';

/** Notes a deed that changed nothing in this store. */
export function recordDeed(session: Session, entry: NewAuditEntry): void {
  recordAudit(session, entry);
}
