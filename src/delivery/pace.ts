import type { EpochMs } from '../kernel/clock.js';

/**
 * How many calls of one application user may be under way at once, among those that began after `since`. It grows with
 * the calls that are answered, and never faster than they are answered.
 */
export interface Pace {
  readonly limit: number;
  readonly since: EpochMs;
  /** Below this it doubles with every round; above, it grows by one at a time. */
  readonly threshold: number;
  /** When it last grew or shrank. */
  readonly changedAt: EpochMs;
  /** The most calls at once that were ever too many, less one, or null before; beyond it, growing takes patience. */
  readonly ceiling: number | null;
  /** How long it stays at the ceiling before it tries one more. */
  readonly patienceMs: number;
  /** Whether the target has said or shown how much it takes. */
  readonly informed: boolean;
}

/** Where the target gives no hint: enough to use a fast target fully, few enough to be refused together. */
const UNINFORMED = 8;
/** The time between two steps of growth: before there ever were too many, and after. */
const GAINS_AFTER = { unlimitedMs: 200, limitedMs: 1_000 };
const PATIENCE = { firstMs: 60_000, longestMs: 16 * 60_000 };

export function firstPace(concurrency: number, now: EpochMs): Pace {
  const limit = Math.min(UNINFORMED, concurrency);
  const { firstMs: patienceMs } = PATIENCE;
  return { limit, since: 0, threshold: limit, changedAt: now, ceiling: null, patienceMs, informed: false };
}

/** The pace starts at the first hint; what was learnt before outweighs the hint. */
export function hinted(pace: Pace, parallelism: number, concurrency: number): Pace {
  if (pace.informed) return pace;
  const start = Math.min(concurrency, Math.max(1, parallelism));
  return { ...pace, limit: pace.since === 0 ? start : pace.limit, threshold: start, informed: true };
}

/** Its gate closed: begin again with one, and double up to the former number. */
export function slowStart(pace: Pace, now: EpochMs): Pace {
  return { ...pace, limit: 1, since: now, threshold: Math.max(pace.limit, pace.threshold), changedAt: now };
}

/**
 * There were too many at once, `underWay` of them: half as many from now on. Calls that began earlier report the same
 * trouble again.
 */
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

/** A call was delivered. `used`: the allowed number was under way, so that one more is worth trying. */
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
