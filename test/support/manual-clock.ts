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
    for (let at = this.nextAt(until); at !== null; at = this.nextAt(until)) {
      this.clock.set(at);
      this.ring(at);
      await this.settle();
    }
    this.clock.set(until);
    await this.settle();
  }

  private nextAt(until: EpochMs): EpochMs | null {
    const next = Math.min(...[...this.timers].map(({ at }) => at));
    return next <= until ? Math.max(next, this.clock.now()) : null;
  }

  /** What is due at the same instant rings together, as it does in an event loop. */
  private ring(instant: EpochMs): void {
    for (const timer of [...this.timers]) {
      if (timer.at <= instant && this.timers.delete(timer)) timer.ring();
    }
  }
}

/** One turn of the event loop: every promise that can settle by itself has. */
function turn(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
