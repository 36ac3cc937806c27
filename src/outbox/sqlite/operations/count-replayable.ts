import type { EventFilter } from '../../event-query.js';
import type { ActionSubject } from '../../rows/action-subject.js';
import { replayWalk } from '../../rows/replay-walk.js';
import type { Session } from '../session.js';
import { walkEvents } from '../walk-events.js';

/** How many at a time, so that a count over a long history delays nobody. */
const COUNTED_AT_ONCE = 2000;

/** How many events of the next stretch may be replayed, and where to go on. */
export function countReplayable(
  session: Session,
  request: { readonly filter: EventFilter; readonly force: boolean; readonly after: number },
): { readonly count: number; readonly next: number | null } {
  const { rows, next } = walkEvents<ActionSubject>(session, replayWalk({ ...request, limit: COUNTED_AT_ONCE }));
  return { count: rows.length, next };
}
