import type { EpochMs } from '../kernel/clock.js';

/** How many events one call of an application user may carry at most, at present. */
export interface BatchSize {
  readonly limit: number;
  readonly changedAt: EpochMs;
  /** How long calls carry one event before two are tried: it grows with every batch that was refused as such. */
  readonly patienceMs: number;
}

/**
 * A batch that takes longer than this is too large: leases are renewed every ten seconds, and a timeout would come
 * soon.
 */
const SLOW_MS = 10_000;
/** After this long without a reason to shrink, a call may carry one more. */
const GROW_AFTER_MS = 10_000;
/** A refused batch closes the gate for half a minute: where batches are never accepted, that must become rare. */
const PATIENCE = { firstMs: 60_000, longestMs: 3_600_000 };

export function fullBatch(most: number, now: EpochMs): BatchSize {
  return { limit: most, changedAt: now, patienceMs: GROW_AFTER_MS };
}

export function isSlow(durationMs: number): boolean {
  return durationMs >= SLOW_MS;
}

/** Half as large. Calls that began before the last change are ignored: they report the same trouble again. */
export function shrink(size: BatchSize, callBeganAt: EpochMs, now: EpochMs): BatchSize {
  if (callBeganAt < size.changedAt) return size;
  return { ...size, limit: Math.max(1, Math.floor(size.limit / 2)), changedAt: now };
}

/**
 * A batch was refused as such: calls carry one event each, so that events pass. Batches under way report the same
 * trouble again.
 */
export function carryOne(size: BatchSize, now: EpochMs): BatchSize {
  if (size.limit === 1) return size;
  const patienceMs = Math.min(PATIENCE.longestMs, Math.max(PATIENCE.firstMs, size.patienceMs * 2));
  return { limit: 1, changedAt: now, patienceMs };
}

/** A call of the largest allowed size was answered in time. */
export function grow(size: BatchSize, carried: number, { most, now }: { most: number; now: EpochMs }): BatchSize {
  if (size.limit >= most) return carried < most ? size : patient(size);
  const afterMs = size.limit === 1 ? size.patienceMs : GROW_AFTER_MS;
  if (carried < size.limit || now - size.changedAt < afterMs) return size;
  return { ...size, limit: size.limit + 1, changedAt: now };
}

/** A batch of the largest size was accepted: earlier refusals are forgotten. */
function patient(size: BatchSize): BatchSize {
  return size.patienceMs === GROW_AFTER_MS ? size : { ...size, patienceMs: GROW_AFTER_MS };
}
