import type { AuditEntry } from '../../audit-store.js';
import type { Session } from '../session.js';

const SELECT = `
SELECT sequence, at, actor AS by, action, subject, detail FROM audit WHERE sequence < $1 ORDER BY sequence DESC LIMIT $2`;

/** The newest entries first; those older than the entry `before`, where it is not null. */
export function listAudit(
  session: Session,
  { before, limit }: { readonly before: number | null; readonly limit: number },
): Promise<readonly AuditEntry[]> {
  return session.rows<AuditEntry>(SELECT, before ?? Number.MAX_SAFE_INTEGER, limit);
}
