import type { NewAuditEntry } from '../audit-store.js';
import type { Session } from './session.js';

const INSERT = 'INSERT INTO audit (at, actor, action, subject, detail) VALUES ($1, $2, $3, $4, $5)';

/** Notes a deed in the transaction that does it. */
export async function recordAudit(session: Session, entry: NewAuditEntry): Promise<void> {
  const { by, action, subject, detail } = entry;
  await session.change(INSERT, session.now, by, action, subject, detail);
}
