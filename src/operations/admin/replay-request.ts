import { readCursor } from '../../http/cursor.js';
import { EVENT_FILTER_READERS } from '../../ingest/event-filter-readers.js';
import { type JsonReader, objectOf, oneOf, reader } from '../../kernel/json-reader.js';
import type { EventFilter } from '../../outbox/event-query.js';
import { readFlag } from './flag.js';
import { readReason } from './reason.js';

/** A replay by filter, as an operator asks for it. */
export interface ReplayRequest {
  readonly filter: EventFilter;
  readonly force: boolean;
  readonly dryRun: boolean;
  readonly reason: string | null;
  /** Where to go on, 0 for the beginning. */
  readonly after: number;
}

const onlyTrue = reader((value): value is true => value === true, 'must be true, or left out');

const readMembers = objectOf(
  {
    filter: objectOf({
      ...EVENT_FILTER_READERS,
      status: oneOf('dead', 'delivered'),
      blocking: onlyTrue,
      overdue: onlyTrue,
    }),
    force: readFlag,
    dryRun: readFlag,
    reason: readReason,
    after: readCursor,
  },
  ['filter'],
);

/** Reads a replay by filter. An empty filter is refused, for it would mean every event. */
export const readReplayRequest: JsonReader<ReplayRequest> = (value, pointer) => {
  const reading = readMembers(value, pointer);
  if (reading.kind === 'refused') return reading;
  const { filter, force = false, dryRun = false, reason = null, after = 0 } = reading.value;
  const faults = faultsOfFilter(filter, force).map((fault) => ({ ...fault, pointer: `${pointer}${fault.pointer}` }));
  return faults.length > 0
    ? { kind: 'refused', faults }
    : { kind: 'read', value: { filter, force, dryRun, reason, after } };
};

interface FilterFault {
  readonly pointer: string;
  readonly detail: string;
}

/** The faults of a filter as a whole, with pointers relative to the request. */
export function faultsOfFilter(filter: EventFilter, force: boolean): readonly FilterFault[] {
  if (Object.keys(filter).length === 0) return [{ pointer: '/filter', detail: 'must name at least one thing' }];
  const { status, overdue } = filter;
  if (overdue && !force) {
    return [{ pointer: '/filter/overdue', detail: 'needs force: what it means is delivered' }];
  }
  if (overdue && status !== undefined && status !== 'delivered') {
    return [{ pointer: '/filter/status', detail: 'must be delivered, or left out, beside overdue: no event is both' }];
  }
  if (status === undefined || status === 'dead' || (status === 'delivered' && force)) return [];
  const detail = status === 'delivered' ? 'may be delivered only where force is true' : 'must be dead or delivered';
  return [{ pointer: '/filter/status', detail }];
}
