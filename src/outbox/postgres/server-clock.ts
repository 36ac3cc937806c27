import { Clock, type EpochMs } from '../../kernel/clock.js';

/** One reading of the server's clock: its answer, and this process's monotonic time before and after. */
export interface ClockReading {
  readonly serverMs: EpochMs;
  readonly askedAtMs: number;
  readonly answeredAtMs: number;
}

/** A reading is ignored if its round trip took this much longer than the best one's: more is known already. */
const WORSE_MS = 20;

/** A reading is forgotten after this time: clocks drift apart, by some 0.1 ms a second at the very worst. */
const STALE_MS = 60_000;

/**
 * The database server's time as this process knows it between two readings: its own monotonic time plus an offset,
 * taken at the middle of a round trip. Replicas whose own clocks differ agree on instants within half a round trip.
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

  /** Uses a reading, unless it is less exact than the last good one. */
  learn({ serverMs, askedAtMs, answeredAtMs }: ClockReading): void {
    const roundTripMs = answeredAtMs - askedAtMs;
    const known = this.best;
    const isWorse = known !== null && roundTripMs > known.roundTripMs + WORSE_MS;
    if (isWorse && answeredAtMs - known.atMs < STALE_MS) return;
    // The server cuts off fractions of a millisecond: half of one is their mean.
    const offsetMs = serverMs + 0.5 - (askedAtMs + answeredAtMs) / 2;
    this.best = { offsetMs, roundTripMs, atMs: answeredAtMs };
  }
}
