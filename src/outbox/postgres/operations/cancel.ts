import type { ActionBy, ActionResult } from '../../operator-actions.js';
import { CANCELLABLE } from '../../status-rules.js';
import { done } from '../done.js';
import { lineOf } from '../line-of.js';
import { lockSubjects } from '../lock-subjects.js';
import { promoteNext } from '../promote-next.js';
import { recordAudit } from '../record-audit.js';
import type { Session } from '../session.js';

const CANCEL = `UPDATE event SET status = 'cancelled', reason = $1, place = NULL, ended_at = $2 WHERE sequence = $3`;

/**
 * Ends an event that is pending or dead. Events that waited behind it go on; an event that it waited behind stays as it
 * is.
 */
export async function cancel(
  session: Session,
  { id, by, reason }: ActionBy & { readonly id: string },
): Promise<ActionResult> {
  const [event] = await lockSubjects(session, [id]);
  if (event === undefined) return { kind: 'not-found' };
  const { sequence, type, status, place } = event;
  if (!CANCELLABLE.has(status)) return { kind: 'illegal', status };
  await session.change(CANCEL, reason, session.now, sequence);
  session.tally.moved(type, status, 'cancelled');
  if (status === 'dead' && place === 'first') session.tally.left(type, 'blocking');
  if (place === 'first') await promoteNext(session, lineOf(event));
  await recordAudit(session, { by, action: 'event.cancel', subject: id, detail: reason });
  return done(session, sequence);
}
