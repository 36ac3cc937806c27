import type { EpochMs } from '../kernel/clock.js';

/** How much may be taken at once, and how fast it comes back. */
export interface BucketSize {
  readonly capacity: number;
  readonly perSecond: number;
}

/**
 * A stock that is taken from and fills up by itself, up to its capacity. It may be overdrawn: what is taken in one piece
 * can be more than fits in, and is then paid back before anything else is let through.
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
    // A clock that was set back gives nothing, and takes nothing.
    const elapsedMs = Math.max(0, now - this.filledAt);
    this.stock = Math.min(capacity, this.stock + (elapsedMs * perSecond) / 1000);
    this.filledAt = now;
    return this.stock;
  }

  take(count: number): void {
    this.stock -= count;
  }
}
