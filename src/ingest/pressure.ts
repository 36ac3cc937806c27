import type { ProblemSlug } from '../http/problem-types.js';

/**
 * Why new events are not let in, the gravest first. `shutting-down` and `overloaded` turn every request away before it
 * is read; while `storage-full` and `backlog-full`, repeats of events that are known are still answered.
 */
export type Closing = Extract<ProblemSlug, 'shutting-down' | 'overloaded' | 'storage-full' | 'backlog-full'>;

/** What was measured. */
export interface PressureReading {
  /** Room on the store's disk, or null where that is not for this process to know. */
  readonly freeBytes: number | null;
  /** How late the event loop was at this look. */
  readonly loopLagMs: number;
}

/** What the readings so far amount to. */
export interface Pressure {
  readonly isStorageFull: boolean;
  readonly isLoopLate: boolean;
  /** The lag, smoothed, so that a single pause does not count as overload: it is over when it is noticed. */
  readonly loopLagMs: number;
}

export const NO_PRESSURE: Pressure = { isStorageFull: false, isLoopLate: false, loopLagMs: 0 };

const MIB = 1024 * 1024;

/** Below it no new event is let in, so that settlements keep room; and from where on the disk counts as roomy again. */
export const STORAGE_BYTES = { full: 256 * MIB, roomy: 288 * MIB };

/**
 * A smoothed lag that stands for overload, and the one that ends it. As measured, 64 connections at full speed make 15 ms,
 * 2,000 make 180 ms and 8,000 make 300 ms, all of them answered with 202; so many connecting at once, 600 ms.
 */
export const LOOP_LAG_MS = { late: 1_000, punctual: 500 };

/** The newest look counts for so much of the smoothed lag: with ten looks a second it follows within half a second. */
const NEWEST_SHARE = 0.3;

/** Each limit has two thresholds: what swings around one value would otherwise open and close with every look. */
export function pressureAfter(before: Pressure, { freeBytes, loopLagMs }: PressureReading): Pressure {
  const lag = before.loopLagMs * (1 - NEWEST_SHARE) + loopLagMs * NEWEST_SHARE;
  return {
    isStorageFull: freeBytes !== null && freeBytes < (before.isStorageFull ? STORAGE_BYTES.roomy : STORAGE_BYTES.full),
    isLoopLate: lag > (before.isLoopLate ? LOOP_LAG_MS.punctual : LOOP_LAG_MS.late),
    loopLagMs: lag,
  };
}
