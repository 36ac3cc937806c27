import type { Clock, EpochMs } from '../kernel/clock.js';
import type { Timers } from '../kernel/timers.js';

/** One timer that rings at the earliest of the instants it was given. */
export class Alarm {
  private dueAt: EpochMs | null = null;
  private cancelTimer = () => {};

  constructor(
    private readonly clock: Clock,
    private readonly timers: Timers,
    private readonly ring: () => void,
  ) {}

  /** Rings at `instant`, or earlier if an earlier instant was given. Later instants are forgotten. */
  by(instant: EpochMs): void {
    if (this.dueAt !== null && this.dueAt <= instant) return;
    this.cancelTimer();
    this.dueAt = instant;
    this.cancelTimer = this.timers.after(Math.max(0, instant - this.clock.now()), () => {
      this.dueAt = null;
      this.ring();
    });
  }

  cancel(): void {
    this.cancelTimer();
    this.dueAt = null;
  }
}
