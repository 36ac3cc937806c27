import type { ActionSubject } from '../rows/action-subject.js';
import { promoteNext } from './promote-next.js';
import type { Session } from './session.js';

const SELECT_OVERDUE = 'SELECT overdue FROM event WHERE sequence = ?';

/** All counts begin anew. `replays` makes every earlier lease token invalid, so that a late 2xx proves nothing. */
const REOPEN = `
UPDATE event SET status = 'pending', reason = NULL, place = :place, background = :background,
  available_at = :now, age_starts_at = :now, delivered_at = NULL, confirmed_at = NULL, ended_at = NULL,
  confirm_by = NULL, overdue = 0,
  replays = replays + 1, attempts = 0, uncertain = 0, conflicted = 0, lost_leases = 0, gate_closings = 0
WHERE sequence = :sequence`;

/**
 * Makes a dead or delivered event pending again. If it blocks its ordering key, it keeps its place and goes with the
 * live events, for live events wait behind it. Any other neither waits nor blocks, and goes after the live events.
 */
export function reopen(session: Session, event: ActionSubject, force: boolean): void {
  if (event.status === 'delivered') forgetOverdue(session, event);
  const keepsPlace = event.place === 'first' && !force;
  const place = keepsPlace ? event.place : null;
  const background = keepsPlace ? 0 : 1;
  session.change(REOPEN, { place, background, now: session.now, sequence: event.sequence });
  session.tally.moved(event.type, event.status, 'pending');
  if (event.place === 'first') session.tally.left(event.type, 'blocking');
  if (event.place === 'first' && !keepsPlace) promoteNext(session, event);
}

/** Not one of an `ActionSubject`'s columns: it stands behind the content, and many subjects are read. */
function forgetOverdue(session: Session, { sequence, type }: ActionSubject): void {
  const row = session.row<{ readonly overdue: 0 | 1 }>(SELECT_OVERDUE, sequence);
  if (row?.overdue === 1) session.tally.left(type, 'overdue');
}
