import type { EpochMs } from '../kernel/clock.js';

/** How many events one call of an application user may carry at most, for the time being. */
export interface BatchSize {
  readonly limit: number;
  readonly changedAt: EpochMs;
}

/** A batch that takes longer than this is too large: leases are renewed every ten seconds, and timeouts are not far. */
const SLOW_MS = 10_000;
/** So long without a reason to shrink, and there is room for one more. */
const GROW_AFTER_MS = 10_000;

export function fullBatch(most: number, now: EpochMs): BatchSize {
  return { limit: most, changedAt: now };
}

export function isSlow(durationMs: number): boolean {
  return durationMs >= SLOW_MS;
}

/** Half as large, but for calls that began before it was last changed: they say the same thing again. */
export function shrink(size: BatchSize, callBeganAt: EpochMs, now: EpochMs): BatchSize {
  if (callBeganAt < size.changedAt) return size;
  return { limit: Math.max(1, Math.floor(size.limit / 2)), changedAt: now };
}

/** A call as large as may be came back in time. */
export function grow(size: BatchSize, carried: number, { most, now }: { most: number; now: EpochMs }): BatchSize {
  if (size.limit >= most || carried < size.limit || now - size.changedAt < GROW_AFTER_MS) return size;
  return { limit: size.limit + 1, changedAt: now };
}
