import type { EpochMs } from '../kernel/clock.js';

/** How many calls of one application user may be under way at once, among those that began after `since`. */
export interface Pace {
  readonly limit: number;
  readonly since: EpochMs;
}

/** No other limit than the one set. */
export function fullPace(concurrency: number): Pace {
  return { limit: concurrency, since: 0 };
}

/** Where a user begins again after its gate was closed. */
export function slowStart(now: EpochMs): Pace {
  return { limit: 1, since: now };
}

/** One more per delivered event doubles the pace with every round: 1, 2, 4, and so on up to `concurrency`. */
export function quicken(pace: Pace, callBeganAt: EpochMs, concurrency: number): Pace {
  if (pace.limit >= concurrency || callBeganAt < pace.since) return pace;
  return { ...pace, limit: pace.limit + 1 };
}
