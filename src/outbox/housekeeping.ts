import type { EpochMs } from '../kernel/clock.js';

/** One small step, so that nothing waits behind it. */
export interface SweepStep {
  /** Everything delivered or cancelled before this instant. */
  readonly endedBefore: EpochMs;
  readonly limit: number;
}

/** Retention. Pending, delivering and dead events are never touched. Idempotent; two processes may run it at once. */
export abstract class Housekeeping {
  /**
   * Removes delivered and cancelled events with their timelines and receipts, the oldest first; tells how many. Less
   * than `limit`: done.
   */
  abstract removeEnded(step: SweepStep): Promise<number>;

  /** Clears the content of delivered and cancelled events, and keeps id, key and fingerprint; tells how many. */
  abstract clearData(step: SweepStep): Promise<number>;
}
