/** An instant as milliseconds since 1970-01-01T00:00:00Z: how instants travel inside the gateway. */
export type EpochMs = number;

/** The time of day, injected wherever a decision depends on it, so that tests can hold it still. */
export abstract class Clock {
  abstract now(): EpochMs;
}

/**
 * The system's time, except that it never goes back within a process, and never stands still: set back, it goes on by the
 * monotonic clock from where it was, so that nothing that was due at an instant waits for it again. Set forward, or
 * after the machine slept, it follows at once.
 */
export class SystemClock extends Clock {
  /** How far this clock is ahead of the monotonic one; only ever grows. */
  private aheadMs = Number.NEGATIVE_INFINITY;

  constructor(
    private readonly systemMs: () => EpochMs = () => Date.now(),
    private readonly monotonicMs: () => number = () => performance.now(),
  ) {
    super();
  }

  override now(): EpochMs {
    // In this order: a pause between the two readings makes the first say less, and less is not believed.
    const systemMs = this.systemMs();
    const monotonicMs = this.monotonicMs();
    this.aheadMs = Math.max(this.aheadMs, systemMs - monotonicMs);
    return Math.floor(monotonicMs + this.aheadMs);
  }
}

/** RFC 3339 in UTC with milliseconds: the one way instants leave the gateway. */
export function toRfc3339(instant: EpochMs): string {
  return new Date(instant).toISOString();
}
