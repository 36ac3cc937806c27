import type { EpochMs } from '../../../kernel/clock.js';
import type { NewAuditEntry } from '../../audit-store.js';
import { recordAudit } from '../record-audit.js';
import type { Session } from '../session.js';

const SELECT_CLIENT = 'SELECT name FROM client WHERE name = ?';

const END_ALL = `
UPDATE api_key SET expires_at = :at WHERE client = :client AND (expires_at IS NULL OR expires_at > :at)`;

/** Ends every key of a client; one that ended earlier keeps its end. False when there is no such client. */
export function revokeKeys(
  session: Session,
  { client, at, audit }: { readonly client: string; readonly at: EpochMs; readonly audit: NewAuditEntry },
): boolean {
  if (session.row(SELECT_CLIENT, client) === null) return false;
  session.change(END_ALL, { at, client });
  recordAudit(session, audit);
  return true;
}
