import type { EventFilter } from '../event-query.js';

/**
 * A page ends short after looking at this many events: a few milliseconds, during which SQLite's writer does nothing
 * else.
 */
export const LOOKED_AT = 2000;

/**
 * Clocks that were set back, and transactions that ran at the same time, can disturb the order of acceptance by this
 * much. A search by time looks this much further, so that it misses no event.
 */
export const CLOCK_SLACK_MS = 60_000;

/** Which events, which of their columns, and where to begin. */
export interface EventWalk {
  readonly filter: EventFilter;
  readonly direction: 'ASC' | 'DESC';
  /** The sequence of the last event before this page, or null for the first page. */
  readonly from: number | null;
  readonly limit: number;
  readonly columns: string;
  /** A condition on every event beside the filter, over the table's own columns. */
  readonly also?: string;
}

export interface WalkedPage<Row> {
  readonly rows: readonly Row[];
  /** Where to go on, or null when nothing is left. A page may be short, or empty, while others follow. */
  readonly next: number | null;
}

/** Pure: what else every event must be. */
export function restOf({ filter, also = 'true' }: EventWalk): string {
  return filter.overdue ? `overdue = 1 AND ${also}` : also;
}
