import type { EpochMs } from '../kernel/clock.js';

/**
 * How many events were accepted, and their status now: `accepted` is the sum of the statuses below; `confirmed` counts
 * again.
 */
export interface EventCounts {
  readonly accepted: number;
  /** Waiting for delivery, or being delivered. */
  readonly pending: number;
  readonly delivered: number;
  /** Of those delivered: confirmed by a receipt. */
  readonly confirmed: number;
  readonly dead: number;
  readonly cancelled: number;
}

/** The events of one source, as one client sent them. */
export interface SourceCounts extends EventCounts {
  readonly client: string;
  readonly source: string;
  readonly type: string;
}

/** Which events are counted; `from` and `to` as in an `EventFilter`. */
export interface SummaryFilter {
  readonly client?: string;
  readonly source?: string;
  readonly type?: string;
  readonly from: EpochMs;
  readonly to: EpochMs;
}

/**
 * Where a count goes on: a range of the order of acceptance, without its two ends. The first step makes it, so that
 * later steps need not search, and events accepted meanwhile are not counted.
 */
export interface SummaryPlace {
  readonly after: number;
  readonly before: number;
}

/** One small step of a count, so that nothing waits behind it. */
export interface SummaryStep {
  readonly filter: SummaryFilter;
  /** The `next` of the step before, or null for the first. */
  readonly place: SummaryPlace | null;
}

export interface SummaryStepResult {
  /** A line for each client, source and type found in this step; the next step may find them again. */
  readonly counts: readonly SourceCounts[];
  /** Where the next step goes on, or null when all were counted. A step may count nothing while others follow. */
  readonly next: SummaryPlace | null;
}

/** How many events a step looks at: those that fit, and those it passes over. */
export const SUMMARY_STEP_EVENTS = 2_000;
