import type { EpochMs } from '../kernel/clock.js';

/**
 * How many calls of one application user may be under way at once, among those that began after `since`. It grows by
 * what calls report and never faster than they come back.
 */
export interface Pace {
  readonly limit: number;
  readonly since: EpochMs;
  /** Up to here it doubles with every round; from here on it gains one at a time. */
  readonly threshold: number;
  /** When it last gained or lost. */
  readonly changedAt: EpochMs;
  /** The most that was ever found to be too many, less one, or null before; beyond it growth takes patience. */
  readonly ceiling: number | null;
  /** How long it stays at the ceiling before it tries one more. */
  readonly patienceMs: number;
  /** Whether the target has said, or shown, how much it takes. */
  readonly informed: boolean;
}

/** Where the target gives no hint: enough to fill a fast target, few enough to be refused together. */
const UNINFORMED = 8;
/** Between one more and the next: before too many were ever met, and after. */
const GAINS_AFTER = { unlimitedMs: 200, limitedMs: 1_000 };
const PATIENCE = { firstMs: 60_000, longestMs: 16 * 60_000 };

export function firstPace(concurrency: number, now: EpochMs): Pace {
  const limit = Math.min(UNINFORMED, concurrency);
  const { firstMs: patienceMs } = PATIENCE;
  return { limit, since: 0, threshold: limit, changedAt: now, ceiling: null, patienceMs, informed: false };
}

/** The first hint is where the pace starts; what was learnt by then outweighs it. */
export function hinted(pace: Pace, parallelism: number, concurrency: number): Pace {
  if (pace.informed) return pace;
  const start = Math.min(concurrency, Math.max(1, parallelism));
  return { ...pace, limit: pace.since === 0 ? start : pace.limit, threshold: start, informed: true };
}

/** Its gate closed: begin again with one, and double up to where it was. */
export function slowStart(pace: Pace, now: EpochMs): Pace {
  return { ...pace, limit: 1, since: now, threshold: Math.max(pace.limit, pace.threshold), changedAt: now };
}

/** Too many at once, `underWay` of them: half as many from now on. Calls that began earlier say the same thing again. */
export function halve(pace: Pace, underWay: number, now: EpochMs): Pace {
  const half = Math.max(1, Math.floor(Math.max(pace.limit, pace.threshold) / 2));
  const again = pace.ceiling !== null && underWay > pace.ceiling;
  return {
    limit: half,
    since: now,
    threshold: half,
    changedAt: now,
    ceiling: Math.max(1, underWay - 1),
    patienceMs: again ? Math.min(PATIENCE.longestMs, pace.patienceMs * 2) : PATIENCE.firstMs,
    informed: true,
  };
}

/** A delivered call. `used`: as many were under way as may be, so that there is reason for one more. */
export function quicken(pace: Pace, call: { readonly used: boolean }, at: { now: EpochMs; concurrency: number }): Pace {
  const { now, concurrency } = at;
  if (pace.limit >= concurrency) return pace;
  if (pace.limit < pace.threshold) return { ...pace, limit: pace.limit + 1, changedAt: now };
  const dueAt = pace.changedAt + gainsAfterMs(pace);
  return call.used && now >= dueAt ? { ...pace, limit: pace.limit + 1, changedAt: now } : pace;
}

function gainsAfterMs({ ceiling, limit, patienceMs }: Pace): number {
  if (ceiling === null) return GAINS_AFTER.unlimitedMs;
  return limit < ceiling ? GAINS_AFTER.limitedMs : patienceMs;
}
