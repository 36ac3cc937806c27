import type { EpochMs } from '../kernel/clock.js';

/** The outcome of one attempt; docs/outcomes.md explains the words and their effects. */
export type OutcomeWord =
  | 'delivered'
  | 'throttled'
  | 'unauthorized'
  | 'forbidden'
  | 'misconfigured'
  | 'unavailable'
  | 'uncertain'
  | 'transient'
  | 'conflicted'
  | 'rejected';

/**
 * How often which outcome befell an event, since acceptance or its last replay. Decided by `decide`, stored as it is.
 */
export interface AttemptCounts {
  /** Attempts that count: the backoff grows with them. */
  readonly attempts: number;
  readonly uncertain: number;
  readonly conflicted: number;
  /** Leases lost in a row, with no answer between them. */
  readonly lostLeases: number;
  /** How often this event closed its type's gate. */
  readonly gateClosings: number;
}

/**
 * From this many `lostLeases` on, an event is suspected of killing the process that sends it. The drivers' indexes
 * contain it too.
 */
export const SUSPECT_LOST_LEASES = 2;

/** The end of a lease: what the event becomes. Delays count from the store's clock at the time of settling. */
export type Settlement =
  /** `confirmWithinMs`: how long a receipt may take before the event is overdue; absent where none is expected. */
  | { readonly kind: 'delivered'; readonly counts: AttemptCounts; readonly confirmWithinMs?: number }
  /** Pending again, `delayMs` from now. */
  | { readonly kind: 'retry'; readonly delayMs: number; readonly counts: AttemptCounts }
  /** Dead; with `blocksKey` it holds back those behind it in its ordering key until a person releases them. */
  | { readonly kind: 'dead'; readonly reason: string; readonly blocksKey: boolean; readonly counts: AttemptCounts };

/** One line of an event's timeline. */
export interface NewAttempt {
  readonly outcome: OutcomeWord;
  /** False where the attempt was given back. */
  readonly counted: boolean;
  readonly startedAt: EpochMs;
  readonly durationMs: number;
  readonly applicationUser: string;
  readonly httpStatus: number | null;
  /** Dataverse's `error.code`, or the transport's code such as ECONNRESET. */
  readonly errorCode: string | null;
  /** What happened in words; without payload and without secrets. */
  readonly detail: string | null;
  /** Dataverse's `x-ms-service-request-id`, for its support. */
  readonly serviceRequestId: string | null;
}

export interface AttemptRecord extends NewAttempt {
  /** 1 for an event's first attempt; given-back attempts are numbered too. */
  readonly number: number;
  /** When the next attempt may begin, or null where the event ended with this one. */
  readonly nextAttemptAt: EpochMs | null;
}
