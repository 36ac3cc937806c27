import type { GateCause } from '../outbox/gate-store.js';

const SECOND_MS = 1_000;
const MINUTE_MS = 60_000;

/** A peer that cannot be reached may be back at once; every other cause takes a person or a quota to end. */
const UNAVAILABLE = { firstMs: 2 * SECOND_MS, longestMs: MINUTE_MS };
const OTHERS = { firstMs: 30 * SECOND_MS, longestMs: 10 * MINUTE_MS };

/** Dataverse gives whole seconds: 0 means less than one second, and must not become a busy loop. */
const RETRY_AFTER = { shortestMs: SECOND_MS, longestMs: 60 * MINUTE_MS };

/**
 * How long a gate closes, in ms: as long as the target asked for, up to an hour. If it did not ask, the first step of
 * its cause, doubled with each of the `closings` (from 1) that had no delivered event between.
 */
export function closingMs(cause: GateCause, closings: number, retryAfterMs: number | null): number {
  if (retryAfterMs !== null) return Math.min(RETRY_AFTER.longestMs, Math.max(RETRY_AFTER.shortestMs, retryAfterMs));
  const { firstMs, longestMs } = cause === 'unavailable' ? UNAVAILABLE : OTHERS;
  return Math.min(longestMs, firstMs * 2 ** (closings - 1));
}
