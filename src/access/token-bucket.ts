import type { EpochMs } from '../kernel/clock.js';

/** How much may be taken at once, and how fast it comes back. */
export interface BucketSize {
  readonly capacity: number;
  readonly perSecond: number;
}

/**
 * A stock that fills up by itself, up to its capacity. It may be overdrawn: an amount taken at once can exceed the
 * capacity, and is then paid back before anything else is let through.
 */
export class TokenBucket {
  private stock: number;

  constructor(
    capacity: number,
    private filledAt: EpochMs,
  ) {
    this.stock = capacity;
  }

  /** What is there now; negative while it is overdrawn. The size may differ from call to call. */
  level({ capacity, perSecond }: BucketSize, now: EpochMs): number {
    // While the clock was set back, nothing is added and nothing is lost.
    const elapsedMs = Math.max(0, now - this.filledAt);
    this.stock = Math.min(capacity, this.stock + (elapsedMs * perSecond) / 1000);
    this.filledAt = now;
    return this.stock;
  }

  take(count: number): void {
    this.stock -= count;
  }
}
