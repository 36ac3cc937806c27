import type { EventFilter } from '../event-query.js';
import { type ActionSubject, subjectColumns } from './action-subject.js';
import type { Session } from './session.js';
import { type WalkedPage, walkEvents } from './walk-events.js';

/** Which events, and from where on. */
interface ReplayWalk {
  readonly filter: EventFilter;
  readonly force: boolean;
  readonly after: number;
  readonly limit: number;
}

/** A page of the events that fit a filter and may be replayed, in the order of their acceptance. */
export function walkReplayable(
  session: Session,
  { filter, force, after, limit }: ReplayWalk,
): Promise<WalkedPage<ActionSubject>> {
  const also = `data IS NOT NULL AND status IN ('dead'${force ? ", 'delivered'" : ''})`;
  const walked: EventFilter = force || filter.status !== undefined ? filter : { ...filter, status: 'dead' };
  return walkEvents<ActionSubject>(session, {
    filter: walked,
    direction: 'ASC',
    from: after,
    limit,
    columns: subjectColumns,
    also,
  });
}
