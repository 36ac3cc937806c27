import { Clock, type EpochMs } from '../../kernel/clock.js';

/** One look at the server's clock: what it said, and this process's monotonic time before and after. */
export interface ClockReading {
  readonly serverMs: EpochMs;
  readonly askedAtMs: number;
  readonly answeredAtMs: number;
}

/** A reading whose round trip took this much longer than that of the best one says less than what is known. */
const WORSE_MS = 20;

/** A reading is forgotten after this time: clocks drift apart, by some 0.1 ms a second at the very worst. */
const STALE_MS = 60_000;

/**
 * The database server's time as this process knows it between two looks: its own monotonic time plus an offset, taken at
 * the middle of a round trip. Replicas whose own clocks differ agree on instants within half a round trip.
 */
export class ServerClock extends Clock {
  private best: { readonly offsetMs: number; readonly roundTripMs: number; readonly atMs: number } | null = null;

  constructor(private readonly monotonicMs: () => number = () => performance.now()) {
    super();
  }

  override now(): EpochMs {
    if (this.best === null) throw new Error("the server's clock was never read");
    return Math.round(this.monotonicMs() + this.best.offsetMs);
  }

  /** Takes a reading into account, unless it says less than the last good one. */
  learn({ serverMs, askedAtMs, answeredAtMs }: ClockReading): void {
    const roundTripMs = answeredAtMs - askedAtMs;
    const known = this.best;
    const isWorse = known !== null && roundTripMs > known.roundTripMs + WORSE_MS;
    if (isWorse && answeredAtMs - known.atMs < STALE_MS) return;
    // The server cuts off what is below a millisecond: half of one is its mean.
    const offsetMs = serverMs + 0.5 - (askedAtMs + answeredAtMs) / 2;
    this.best = { offsetMs, roundTripMs, atMs: answeredAtMs };
  }
}
