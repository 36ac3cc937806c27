import type { EventFilter } from '../event-query.js';
import { subjectColumns } from './action-subject.js';
import type { EventWalk } from './event-walk.js';

/** Which events, and where to begin. */
interface ReplayWalk {
  readonly filter: EventFilter;
  readonly force: boolean;
  readonly after: number;
  readonly limit: number;
}

/** Pure: how to find the events that fit a filter and may be replayed, as `ActionSubject`, in the order of their acceptance. */
export function replayWalk({ filter, force, after, limit }: ReplayWalk): EventWalk {
  const also = `data IS NOT NULL AND status IN ('dead'${force ? ", 'delivered'" : ''})`;
  // An index leads to the events because there is only one status.
  const walked: EventFilter = force || filter.status !== undefined ? filter : { ...filter, status: 'dead' };
  return { filter: walked, direction: 'ASC', from: after, limit, columns: subjectColumns, also };
}
