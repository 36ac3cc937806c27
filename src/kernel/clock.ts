/** An instant as milliseconds since 1970-01-01T00:00:00Z: how instants travel inside the gateway. */
export type EpochMs = number;

/** The time of day, injected wherever a decision depends on it, so that tests can hold it still. */
export abstract class Clock {
  abstract now(): EpochMs;
}

/**
 * The system's time, except that within a process it neither goes back nor stands still. If the system's clock is set
 * back, this one goes on at the pace of the monotonic clock, so that what was due need not wait for its time again.
 * If the system's clock is set forward, or the machine slept, this one follows at once.
 */
export class SystemClock extends Clock {
  /** How far this clock is ahead of the monotonic one; it only ever grows. */
  private aheadMs = Number.NEGATIVE_INFINITY;

  constructor(
    private readonly systemMs: () => EpochMs = () => Date.now(),
    private readonly monotonicMs: () => number = () => performance.now(),
  ) {
    super();
  }

  override now(): EpochMs {
    // The order matters: a pause between the two readings makes the difference too small, and a smaller one is ignored.
    const systemMs = this.systemMs();
    const monotonicMs = this.monotonicMs();
    this.aheadMs = Math.max(this.aheadMs, systemMs - monotonicMs);
    return Math.floor(monotonicMs + this.aheadMs);
  }
}

/** RFC 3339 in UTC with milliseconds: the only form in which instants leave the gateway. */
export function toRfc3339(instant: EpochMs): string {
  return new Date(instant).toISOString();
}
