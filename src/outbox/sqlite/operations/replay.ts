import type { EventStatus } from '../../event-record.js';
import type { ActionResult, ReplayOptions } from '../../operator-actions.js';
import { done } from '../done.js';
import { findSubject } from '../find-subject.js';
import { recordAudit } from '../record-audit.js';
import { reopen } from '../reopen.js';
import type { Session } from '../session.js';

/** Sends a dead event once more; with `force` a delivered one too. */
export function replay(
  session: Session,
  { id, by, reason, force }: ReplayOptions & { readonly id: string },
): ActionResult {
  const event = findSubject(session, id);
  if (event === null) return { kind: 'not-found' };
  if (!isReplayable(event.status, force)) return { kind: 'illegal', status: event.status };
  if (event.hasData === 0) return { kind: 'no-data', status: event.status };
  reopen(session, event, force);
  const detail = force ? ['forced', reason].filter((words) => words !== null).join(': ') : reason;
  recordAudit(session, { by, action: 'event.replay', subject: id, detail });
  return done(session, event.sequence);
}

function isReplayable(status: EventStatus, force: boolean): boolean {
  return status === 'dead' || (force && status === 'delivered');
}
