import type { EpochMs } from '../kernel/clock.js';

/**
 * How much an application user may spend per second, learnt from what it could spend between two throttles. Calls are
 * spread evenly: a sliding window that was filled in bursts empties in bursts, and each burst ends in a throttle.
 */
export interface Rate {
  /** As learnt at the last throttle; infinite before the first. */
  readonly perSecond: number;
  /**
   * How much time the calls since then would take at this rate; less than has passed where something else held them
   * back.
   */
  readonly heldMs: number;
  /** The rate would double in this time; it grows little at the start. */
  readonly patienceMs: number;
  /** What may be spent at once, as of `at`; negative after a call that cost more than was available. */
  readonly allowance: number;
  readonly at: EpochMs;
  /** What was spent and answered in the time that ended at the last throttle (`tookMs`), and since then (`from`). */
  readonly spent: number;
  readonly tookMs: number;
  readonly from: EpochMs;
  /** How long the time between the last two throttles was, until it has been learnt from; then null. */
  readonly sinceMs: number | null;
  /** The longest recent Retry-After: windows last at least that long, and what is learnt must outlast them. */
  readonly horizonMs: number;
  /** Until then a window may still be full of calls from before the first throttle: further throttles teach nothing. */
  readonly settlesAt: EpochMs;
}

/** Less than this says nothing about a limit. */
const TELLING = 10;
/** Timers ring late: unspent allowance is kept for this long. */
const KEPT_MS = 50;
/** Retry-After is rounded up to whole seconds: by half a second on average. */
const ROUNDING_MS = 500;
/** The least and the most by which a throttle lowers the rate. */
const STEP = { least: 0.99, most: 0.5 };
/** A measurement is a little too low: there were pauses, and the rate began low. */
const MARGIN = 1.02;
const LOWEST = 0.1;
/** Windows last minutes: what happened long before a throttle did not cause it. */
const LONGEST_WINDOW_MS = 600_000;
const PATIENCE = { horizons: 4, shortestMs: 20_000, longestHorizons: 8, longestMs: 240_000, right: 0.05 };
/** How many horizons back a measurement reaches, and how much of a horizon is kept from one throttle to the next. */
const MEMORY = { horizons: 2, kept: 0.9 };

export function unknownRate(now: EpochMs): Rate {
  const { shortestMs: patienceMs } = PATIENCE;
  const nothing = { heldMs: 0, allowance: 0, spent: 0, tookMs: 0, sinceMs: null, horizonMs: 0, settlesAt: 0 };
  return { perSecond: Number.POSITIVE_INFINITY, patienceMs, at: now, from: now, ...nothing };
}

/** What may be spent per second now: what was learnt, and gradually more. */
export function currentRate(rate: Rate): number {
  return rateAfter(rate, rate.heldMs);
}

function rateAfter({ perSecond, patienceMs }: Rate, heldMs: number): number {
  return perSecond * (1 + (heldMs / patienceMs) ** 4);
}

/** What may be spent now; one call needs 1. */
export function allowed(rate: Rate, now: EpochMs): number {
  if (rate.perSecond === Number.POSITIVE_INFINITY) return Number.POSITIVE_INFINITY;
  // After a clock was set back, calls must not wait until it has caught up.
  if (now < rate.at) return depth(rate);
  return Math.min(depth(rate), rate.allowance + (currentRate(rate) * (now - rate.at)) / 1000);
}

/** In how many ms a call may begin. */
export function waitMs(rate: Rate, now: EpochMs): number {
  const missing = 1 - allowed(rate, now);
  return missing <= 0 ? 0 : Math.ceil((missing / currentRate(rate)) * 1000);
}

/** A call begins. `pressed`: more work waits; spending without such pressure does not show what would be possible. */
export function spend(before: Rate, cost: number, { now, pressed }: { now: EpochMs; pressed: boolean }): Rate {
  const learnt = before.sinceMs === null ? before : relearnt(before);
  const rate = pressed && now >= learnt.from ? learnt : { ...learnt, spent: 0, tookMs: 0, from: now };
  if (rate.perSecond === Number.POSITIVE_INFINITY) return rate;
  const heldMs = pressed ? rate.heldMs + (cost * 1000) / currentRate(rate) : rate.heldMs;
  return { ...rate, heldMs, allowance: allowed(rate, now) - cost, at: now };
}

/** A call was answered, but not by a throttle. */
export function answered(rate: Rate, cost: number): Rate {
  return { ...rate, spent: rate.spent + cost };
}

/**
 * A throttle. Calls that were under way with the first refused one report the same trouble again, until its Retry-After
 * is over; their results still count.
 */
export function throttled(rate: Rate, retryAfterMs: number, now: EpochMs): Rate {
  if (now < rate.from) return rate;
  const isFirst = rate.perSecond === Number.POSITIVE_INFINITY;
  const sinceMs = now - rate.from + retryAfterMs;
  const tookMs = rate.tookMs + sinceMs;
  const from = now + retryAfterMs;
  const horizonMs = Math.max(
    retryAfterMs,
    isFirst ? Math.min(tookMs, LONGEST_WINDOW_MS) : rate.horizonMs * MEMORY.kept,
  );
  if (now < rate.settlesAt) return { ...rate, tookMs, from };
  return { ...rate, sinceMs, horizonMs, tookMs, from, settlesAt: isFirst ? now + horizonMs : 0 };
}

/** What was spent in the time before a throttle, waiting included, is what the target allows. */
function relearnt(rate: Rate): Rate {
  const { spent, sinceMs, tookMs, horizonMs } = rate;
  const begun = { ...rate, sinceMs: null, heldMs: 0 };
  if (sinceMs === null || spent < TELLING) return begun;
  const measured = (spent * 1000) / Math.max(ROUNDING_MS, tookMs - ROUNDING_MS);
  const kept = Math.min(1, (MEMORY.horizons * horizonMs) / tookMs);
  const perSecond = lowered(rate, measured);
  return {
    ...begun,
    spent: spent * kept,
    tookMs: tookMs * kept,
    perSecond,
    patienceMs: patienceAfter(rate, perSecond),
  };
}

/** While the rate grew, the mean since the last throttle is too low: the rate of half a window ago was about right. */
function lowered(rate: Rate, measured: number): number {
  const before = currentRate(rate);
  if (before === Number.POSITIVE_INFINITY) return measured;
  const grown = rate.heldMs > rate.horizonMs ? rateAfter(rate, rate.heldMs - rate.horizonMs / 2) : 0;
  return Math.max(LOWEST, before * STEP.most, Math.min(before * STEP.least, Math.max(grown, measured * MARGIN)));
}

/**
 * Twice as long each time the learnt rate proves right; otherwise it is learnt anew, quickly. Most quickly after the
 * first throttle: another program's calls may have filled the window.
 */
function patienceAfter(rate: Rate, perSecond: number): number {
  if (rate.perSecond === Number.POSITIVE_INFINITY) return Math.max(PATIENCE.shortestMs, rate.horizonMs);
  const shortest = Math.max(PATIENCE.shortestMs, rate.horizonMs * PATIENCE.horizons);
  const longest = Math.max(PATIENCE.longestMs, rate.horizonMs * PATIENCE.longestHorizons);
  const wasRight = Math.abs(perSecond / rate.perSecond - 1) < PATIENCE.right;
  return wasRight ? Math.min(longest, Math.max(shortest, rate.patienceMs * 2)) : shortest;
}

function depth(rate: Rate): number {
  return 1 + (currentRate(rate) * KEPT_MS) / 1000;
}
