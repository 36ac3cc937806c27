import type { ProblemSlug } from '../http/problem-types.js';

/**
 * Why new events are not let in, the gravest reason first. `shutting-down` and `overloaded` refuse every request before
 * it is read. While `storage-full` or `backlog-full`, repeats of known events are still answered.
 */
export type Closing = Extract<ProblemSlug, 'shutting-down' | 'overloaded' | 'storage-full' | 'backlog-full'>;

/** What was measured. */
export interface PressureReading {
  /** Room on the store's disk, or null where this process cannot know. */
  readonly freeBytes: number | null;
  /** How late the event loop was at this measurement. */
  readonly loopLagMs: number;
}

/** What the readings so far amount to. */
export interface Pressure {
  readonly isStorageFull: boolean;
  readonly isLoopLate: boolean;
  /** The lag, smoothed, so that no single pause counts as overload: by the time it is noticed it is over. */
  readonly loopLagMs: number;
}

export const NO_PRESSURE: Pressure = { isStorageFull: false, isLoopLate: false, loopLagMs: 0 };

const MIB = 1024 * 1024;

/**
 * Below `full`, no new event is let in, so that settlements keep room; from `roomy` on, the disk counts as roomy again.
 */
export const STORAGE_BYTES = { full: 256 * MIB, roomy: 288 * MIB };

/**
 * The smoothed lag that counts as overload, and the one that ends it. Measured: 64 connections at full speed cause 15
 * ms, 2,000 cause 180 ms and 8,000 cause 300 ms, and all of them are answered with 202; 8,000 that connect at the same
 * moment cause 600 ms.
 */
export const LOOP_LAG_MS = { late: 1_000, punctual: 500 };

/** The weight of the newest measurement in the smoothed lag: with ten a second, it follows within half a second. */
const NEWEST_SHARE = 0.3;

/** The most that one measurement counts: its share alone stays below `late`, however long the process stood still. */
const LONGEST_LAG_MS = 3_000;

/**
 * Each limit has two thresholds: a value that swings around a single one would open and close acceptance all the time.
 */
export function pressureAfter(before: Pressure, { freeBytes, loopLagMs }: PressureReading): Pressure {
  const newest = Math.min(loopLagMs, LONGEST_LAG_MS);
  const lag = before.loopLagMs * (1 - NEWEST_SHARE) + newest * NEWEST_SHARE;
  return {
    isStorageFull: freeBytes !== null && freeBytes < (before.isStorageFull ? STORAGE_BYTES.roomy : STORAGE_BYTES.full),
    isLoopLate: lag > (before.isLoopLate ? LOOP_LAG_MS.punctual : LOOP_LAG_MS.late),
    loopLagMs: lag,
  };
}
