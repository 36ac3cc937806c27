import type { ActionBy, ActionResult } from '../../operator-actions.js';
import { CANCELLABLE } from '../../status-rules.js';
import { done } from '../done.js';
import { findSubject } from '../find-subject.js';
import { promoteNext } from '../promote-next.js';
import { recordAudit } from '../record-audit.js';
import type { Session } from '../session.js';

const CANCEL = `
UPDATE event SET status = 'cancelled', reason = :reason, place = NULL, ended_at = :now WHERE sequence = :sequence`;

/**
 * Ends an event that is pending or dead. Events that waited behind it go on; an event that it waited behind stays as it
 * is.
 */
export function cancel(session: Session, { id, by, reason }: ActionBy & { readonly id: string }): ActionResult {
  const event = findSubject(session, id);
  if (event === null) return { kind: 'not-found' };
  const { sequence, type, status, place } = event;
  if (!CANCELLABLE.has(status)) return { kind: 'illegal', status };
  session.change(CANCEL, { reason, now: session.now, sequence });
  session.tally.moved(type, status, 'cancelled');
  if (status === 'dead' && place === 'first') session.tally.left(type, 'blocking');
  if (place === 'first') promoteNext(session, event);
  recordAudit(session, { by, action: 'event.cancel', subject: id, detail: reason });
  return done(session, sequence);
}
