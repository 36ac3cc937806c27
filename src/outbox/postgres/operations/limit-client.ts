import type { NewAuditEntry } from '../../audit-store.js';
import { recordAudit } from '../record-audit.js';
import type { Session } from '../session.js';

const UPDATE = 'UPDATE client SET rate = $1 WHERE name = $2';

/** Sets how much a client may send, null for no rate of its own; false when there is no such client. */
export async function limitClient(
  session: Session,
  { client, rate, audit }: { readonly client: string; readonly rate: number | null; readonly audit: NewAuditEntry },
): Promise<boolean> {
  if ((await session.change(UPDATE, rate, client)) === 0) return false;
  await recordAudit(session, audit);
  return true;
}
