import { Clock, type EpochMs } from '../../src/kernel/clock.js';
import { Timers } from '../../src/kernel/timers.js';

/** A clock that stands still until it is set. */
export class ManualClock extends Clock {
  constructor(private instant: EpochMs = Date.UTC(2026, 0, 5, 8)) {
    super();
  }

  override now(): EpochMs {
    return this.instant;
  }

  set(instant: EpochMs): void {
    this.instant = instant;
  }
}

interface Timer {
  readonly at: EpochMs;
  readonly ring: () => void;
}

/** Timers over a manual clock: hours pass in milliseconds, and every timer rings at its very instant. */
export class ManualTimers extends Timers {
  private readonly timers = new Set<Timer>();

  /** `settle` resolves when everything that can happen without time passing has happened. */
  constructor(
    private readonly clock: ManualClock,
    private readonly settle: () => Promise<void> = turn,
  ) {
    super();
  }

  /** Timers that have neither rung nor been called off. */
  get pending(): number {
    return this.timers.size;
  }

  override after(ms: number, ring: () => void): () => void {
    const timer = { at: this.clock.now() + Math.max(0, ms), ring };
    this.timers.add(timer);
    return () => this.timers.delete(timer);
  }

  /** Lets time pass, timer by timer, and everything settle in between and at the end. */
  async advance(ms: number): Promise<void> {
    const until = this.clock.now() + ms;
    await this.settle();
    for (let timer = this.next(until); timer !== undefined; timer = this.next(until)) {
      this.timers.delete(timer);
      this.clock.set(Math.max(timer.at, this.clock.now()));
      timer.ring();
      await this.settle();
    }
    this.clock.set(until);
    await this.settle();
  }

  private next(until: EpochMs): Timer | undefined {
    let next: Timer | undefined;
    for (const timer of this.timers) {
      if (timer.at <= until && (next === undefined || timer.at < next.at)) next = timer;
    }
    return next;
  }
}

/** One turn of the event loop: every promise that can settle by itself has. */
function turn(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
