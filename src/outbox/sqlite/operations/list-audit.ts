import type { AuditEntry } from '../../audit-store.js';
import type { Session } from '../session.js';

const SELECT = `
SELECT sequence, at, actor AS "by", action, subject, detail FROM audit
WHERE sequence < ? ORDER BY sequence DESC LIMIT ?`;

/** The newest entries first; those older than the entry `before`, or from the newest where it is null. */
export function listAudit(
  session: Session,
  { before, limit }: { readonly before: number | null; readonly limit: number },
): readonly AuditEntry[] {
  return session.rows<AuditEntry>(SELECT, before ?? Number.MAX_SAFE_INTEGER, limit);
}
