import type { EpochMs } from '../kernel/clock.js';

/**
 * How much an application user may spend per second, learnt from what it could spend between two throttles. Spread
 * evenly, for a sliding window that was filled in bursts empties in bursts, and each of them ends in a throttle.
 */
export interface Rate {
  /** As learnt at the last throttle; infinite before the first. */
  readonly perSecond: number;
  /** For how long it has been what held calls back. */
  readonly heldMs: number;
  /** In so much time it would double; little of it near the start. */
  readonly patienceMs: number;
  /** What may be spent at once, as of `at`; a debt where one call cost more than was there. */
  readonly allowance: number;
  readonly at: EpochMs;
  /** What was spent and answered since `from`, without a pause for want of work. */
  readonly spent: number;
  readonly from: EpochMs;
}

/** So little says nothing about a limit. */
const TELLING = 10;
/** Timers ring late: for so long what could not be spent is kept. */
const KEPT_MS = 20;
const PATIENCE = { shortestMs: 20_000, longestMs: 600_000, times: 10 };
const STEP_DOWN = 0.99;
/** Retry-After is rounded up to whole seconds, so that what was measured is a little too small. */
const ROUNDING = 1.03;
const LOWEST = 0.1;

export function unknownRate(now: EpochMs): Rate {
  const { shortestMs: patienceMs } = PATIENCE;
  return { perSecond: Number.POSITIVE_INFINITY, heldMs: 0, patienceMs, allowance: 0, at: now, spent: 0, from: now };
}

/** What may be spent per second now: as learnt, and by and by more. */
export function currentRate({ perSecond, heldMs, patienceMs }: Rate): number {
  return perSecond * (1 + (heldMs / patienceMs) ** 3);
}

/** What may be spent now; one call needs 1. */
export function allowed(rate: Rate, now: EpochMs): number {
  if (rate.perSecond === Number.POSITIVE_INFINITY) return Number.POSITIVE_INFINITY;
  const earned = (currentRate(rate) * Math.max(0, now - rate.at)) / 1000;
  return Math.min(depth(rate), rate.allowance + earned);
}

/** In how many ms a call may begin. */
export function waitMs(rate: Rate, now: EpochMs): number {
  const missing = 1 - allowed(rate, now);
  return missing <= 0 ? 0 : Math.ceil((missing / currentRate(rate)) * 1000);
}

/** A call begins. `pressed`: more work waits than is sent. */
export function spend(rate: Rate, cost: number, { now, pressed }: { now: EpochMs; pressed: boolean }): Rate {
  if (rate.perSecond === Number.POSITIVE_INFINITY) return pressed ? rate : { ...rate, spent: 0, from: now };
  const allowance = allowed(rate, now);
  const held = allowance < depth(rate);
  return {
    ...rate,
    allowance: allowance - cost,
    at: now,
    heldMs: held ? rate.heldMs + Math.max(0, now - rate.at) : rate.heldMs,
    ...(held ? {} : { spent: 0, from: now }),
  };
}

/** A call was answered by something else than a throttle. */
export function answered(rate: Rate, cost: number): Rate {
  return { ...rate, spent: rate.spent + cost };
}

/** A throttle: what was spent since the last one, waiting included, is what the target gives. */
export function relearn(rate: Rate, retryAfterMs: number, now: EpochMs): Rate {
  const reopensAt = now + retryAfterMs;
  const tookMs = Math.max(1, reopensAt - rate.from);
  const begun = { heldMs: 0, allowance: 1, at: reopensAt, spent: 0, from: reopensAt };
  const patienceMs = Math.min(PATIENCE.longestMs, Math.max(PATIENCE.shortestMs, tookMs * PATIENCE.times));
  const measured = ((rate.spent * 1000) / tookMs) * ROUNDING;
  const before = currentRate(rate);
  if (before === Number.POSITIVE_INFINITY) {
    return rate.spent < TELLING ? { ...rate, ...begun } : { ...begun, perSecond: measured, patienceMs };
  }
  const bounded = Math.max(before / 2, Math.min(before * STEP_DOWN, measured));
  return { ...begun, perSecond: Math.max(LOWEST, bounded), patienceMs };
}

function depth(rate: Rate): number {
  return 1 + (currentRate(rate) * KEPT_MS) / 1000;
}
