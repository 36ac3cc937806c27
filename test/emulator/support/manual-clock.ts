import { Clock, type EpochMs } from '../../../src/kernel/clock.js';

/** A clock that stands still until told. */
export class ManualClock extends Clock {
  #now: EpochMs = Date.UTC(2026, 10, 22, 10);

  override now(): EpochMs {
    return this.#now;
  }

  pass(ms: number): void {
    this.#now += ms;
  }
}
