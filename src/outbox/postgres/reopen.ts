import type { ActionSubject } from '../rows/action-subject.js';
import { lineOf } from './line-of.js';
import { promoteNext } from './promote-next.js';
import type { Session } from './session.js';

const SELECT_OVERDUE = 'SELECT type FROM event WHERE sequence = ANY($1) AND overdue = 1';

/** All counts begin anew. `replays` makes every earlier lease token invalid, so that a late 2xx proves nothing. */
const REOPEN = `
UPDATE event SET status = 'pending', reason = NULL, place = reopened.place, background = reopened.background,
  available_at = $4, age_starts_at = $4, delivered_at = NULL, confirmed_at = NULL, ended_at = NULL,
  confirm_by = NULL, overdue = 0,
  replays = replays + 1, attempts = 0, uncertain = 0, conflicted = 0, lost_leases = 0, gate_closings = 0
FROM unnest($1::bigint[], $2::text[], $3::int[]) AS reopened (sequence, place, background)
WHERE event.sequence = reopened.sequence`;

/**
 * Makes dead or delivered events pending again. One that blocks its ordering key keeps its place and goes with the live
 * events, for live events wait behind it. Any other neither waits nor blocks, and goes after the live events. The
 * events and their lines are locked.
 */
export async function reopen(session: Session, events: readonly ActionSubject[], force: boolean): Promise<void> {
  if (events.length === 0) return;
  await forgetOverdue(session, events);
  const keepsPlace = ({ place }: ActionSubject) => place === 'first' && !force;
  await session.change(
    REOPEN,
    events.map(({ sequence }) => sequence),
    events.map((event) => (keepsPlace(event) ? event.place : null)),
    events.map((event) => (keepsPlace(event) ? 0 : 1)),
    session.now,
  );
  for (const { type, status, place } of events) {
    session.tally.moved(type, status, 'pending');
    if (place === 'first') session.tally.left(type, 'blocking');
  }
  await promoteNext(session, events.filter((event) => event.place === 'first' && !keepsPlace(event)).flatMap(lineOf));
}

async function forgetOverdue(session: Session, events: readonly ActionSubject[]): Promise<void> {
  const delivered = events.filter(({ status }) => status === 'delivered').map(({ sequence }) => sequence);
  if (delivered.length === 0) return;
  const overdue = await session.rows<{ readonly type: string }>(SELECT_OVERDUE, delivered);
  for (const { type } of overdue) session.tally.left(type, 'overdue');
}
