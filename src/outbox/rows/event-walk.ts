import type { EventFilter } from '../event-query.js';

/** So many events are looked at before a page ends short: a few milliseconds, during which SQLite's writer does nothing else. */
export const LOOKED_AT = 2000;

/**
 * Clocks that were set back, and transactions that were under way at once, disturb the order of acceptance by no more
 * than this: so much further a search by time looks, and they hide no event from it.
 */
export const CLOCK_SLACK_MS = 60_000;

/** Which events, of which columns, and from where on. */
export interface EventWalk {
  readonly filter: EventFilter;
  readonly direction: 'ASC' | 'DESC';
  /** The sequence of the last event before this page, or null for the first page. */
  readonly from: number | null;
  readonly limit: number;
  readonly columns: string;
  /** Told of every event beside the filter, over the table's own columns. */
  readonly also?: string;
}

export interface WalkedPage<Row> {
  readonly rows: readonly Row[];
  /** Where to go on, or null when nothing is left. A page may be short, or empty, and others follow all the same. */
  readonly next: number | null;
}

/**
 * Pure: what else every event must be. Of `overdue` it is asked only where that is wanted: it stands behind the content,
 * through which SQLite would have to walk.
 */
export function restOf({ filter, also = 'true' }: EventWalk): string {
  return filter.overdue ? `overdue = 1 AND ${also}` : also;
}
