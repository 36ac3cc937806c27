import type { NewAuditEntry } from '../../audit-store.js';
import { recordAudit } from '../record-audit.js';
import type { Session } from '../session.js';

const UPDATE = 'UPDATE client SET rate = ? WHERE name = ?';

/** Sets how much a client may send, null for no rate of its own; false when there is no such client. */
export function limitClient(
  session: Session,
  { client, rate, audit }: { readonly client: string; readonly rate: number | null; readonly audit: NewAuditEntry },
): boolean {
  if (session.change(UPDATE, rate, client) === 0) return false;
  recordAudit(session, audit);
  return true;
}
