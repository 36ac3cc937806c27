import type { EventFilter, ListedEvent } from './event-query.js';
import type { EventStatus } from './event-record.js';

/** The result of an operator's action on one event. Only `done` changed anything. */
export type ActionResult =
  | { readonly kind: 'done'; readonly event: ListedEvent }
  | { readonly kind: 'not-found' }
  /** This status has no such transition. */
  | { readonly kind: 'illegal'; readonly status: EventStatus }
  /** Its content was cleared or erased: there is nothing to send again. */
  | { readonly kind: 'no-data'; readonly status: EventStatus };

/** Who acts, and why; both go into the audit. */
export interface ActionBy {
  readonly by: string;
  readonly reason: string | null;
}

export interface ReplayOptions extends ActionBy {
  /** Delivered events too: a deliberate duplicate. */
  readonly force: boolean;
}

/** One step of a replay by filter. */
export interface ReplayStep extends ReplayOptions {
  readonly filter: EventFilter;
  /** The `next` of the step before; 0 for the first. An event that died again meanwhile is not found twice. */
  readonly after: number;
  /** At most so many events in this step's transaction. */
  readonly limit: number;
}

export interface ReplayStepResult {
  readonly replayed: number;
  /** Where the next step goes on, or null when nothing is left. */
  readonly next: number | null;
}

/**
 * What only people do to events; each deed and its line in the audit are one transaction.
 *
 * Replay: `dead` to `pending`, with `force` also `delivered` to `pending`. The id stays, all counts and the age begin
 * anew, the event is unconfirmed, and due at once but after live traffic. A dead event that blocks its ordering key
 * keeps its place and goes with the live events, for live events wait behind it. Any other event, and every event
 * replayed with `force`, neither waits nor blocks. Cancel: `pending` or `dead` to `cancelled`; events that it blocked
 * are released. Erase: removes the content of a delivered, dead or cancelled event for good; id, key and fingerprint
 * stay.
 */
export abstract class OperatorActions {
  abstract replay(id: string, options: ReplayOptions): Promise<ActionResult>;

  abstract cancel(id: string, by: ActionBy): Promise<ActionResult>;

  abstract erase(id: string, by: ActionBy): Promise<ActionResult>;

  /** Replays the events that fit the filter and may be replayed, in the order of acceptance, a step at a time. */
  abstract replayStep(step: ReplayStep): Promise<ReplayStepResult>;

  /** How many events a replay by this filter would replay now, if it began behind `after` (0: at the beginning). */
  abstract countReplayable(filter: EventFilter, force: boolean, after: number): Promise<number>;
}
