import type { EpochMs } from '../../kernel/clock.js';
import type { EventStatus } from '../event-record.js';
import type { OutboxGauges, StatusCount } from '../outbox.js';

/**
 * What is counted: events by status; dead events that block their ordering key and delivered ones that are overdue, a
 * second time; and removed events.
 */
export type Tallied = EventStatus | 'blocking' | 'overdue' | 'removed';

/** How many events of a type are counted so. */
export interface TallyRow {
  readonly type: string;
  readonly status: Tallied;
  readonly count: number;
}

/** Pure: the tallies in the shape of the port; rows keep their order. */
export function gaugesOf(tallies: readonly TallyRow[], oldestPendingAt: EpochMs | null): OutboxGauges {
  const ofType = (tallied: Tallied) =>
    tallies.filter(({ status }) => status === tallied).map(({ type, count }) => ({ type, count }));
  return {
    counts: tallies.filter(isOfStatus),
    oldestPendingAt,
    blocking: ofType('blocking'),
    overdue: ofType('overdue'),
    removed: ofType('removed'),
  };
}

function isOfStatus(row: TallyRow): row is StatusCount {
  return row.status !== 'blocking' && row.status !== 'overdue' && row.status !== 'removed';
}
