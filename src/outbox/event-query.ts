import type { EpochMs } from '../kernel/clock.js';
import type { EventRecord, EventStatus } from './event-record.js';

/** Which events are meant: those that fit every given member. An empty filter means every event. */
export interface EventFilter {
  readonly client?: string;
  readonly type?: string;
  readonly status?: EventStatus;
  readonly key?: string;
  readonly orderingKey?: string;
  readonly source?: string;
  /** Accepted at this instant or later. */
  readonly from?: EpochMs;
  /** Accepted before this instant. */
  readonly to?: EpochMs;
  /** Only dead events that hold back those behind them in their ordering key. */
  readonly blocking?: true;
  /** Only delivered events that are overdue: a receipt was expected and did not come in time. */
  readonly overdue?: true;
}

/** An event without its content, as lists show it. */
export type ListedEvent = Omit<EventRecord, 'data'>;

export interface EventPageRequest {
  readonly filter: EventFilter;
  /** From where to go on: the `next` of the page before, or null for the first page. */
  readonly cursor: number | null;
  readonly limit: number;
}

/**
 * Events in the order of their acceptance, the newest first. A search that no index answers stops after a bounded time,
 * so a page may be short, or even empty, while others follow. Searching by time is exact as long as no clock was set
 * back by more than a minute.
 */
export interface EventPage {
  readonly events: readonly ListedEvent[];
  /** The cursor of the next page, or null when this is the last. */
  readonly next: number | null;
}
