import type { ActionBy, ActionResult } from '../../operator-actions.js';
import { ERASABLE } from '../../status-rules.js';
import { done } from '../done.js';
import { lockSubjects } from '../lock-subjects.js';
import { recordAudit } from '../record-audit.js';
import type { Session } from '../session.js';

const ERASE = 'UPDATE event SET data = NULL WHERE sequence = $1';

/**
 * Removes the content of an ended event; the server's vacuum lets its space be overwritten. Id, key and fingerprint
 * stay.
 */
export async function erase(
  session: Session,
  { id, by, reason }: ActionBy & { readonly id: string },
): Promise<ActionResult> {
  const [event] = await lockSubjects(session, [id]);
  if (event === undefined) return { kind: 'not-found' };
  if (!ERASABLE.has(event.status)) return { kind: 'illegal', status: event.status };
  if (event.hasData === 0) return { kind: 'no-data', status: event.status };
  await session.change(ERASE, event.sequence);
  await recordAudit(session, { by, action: 'event.erase', subject: id, detail: reason });
  return done(session, event.sequence);
}
