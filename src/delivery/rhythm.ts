import type { Clock, EpochMs } from '../kernel/clock.js';
import type { Timers } from '../kernel/timers.js';
import { Alarm } from './alarm.js';

export interface RhythmParts {
  /** One turn; never rejects. */
  readonly turn: () => Promise<void>;
  /** By when the next turn comes if nothing asks for it. */
  readonly nextAt: (now: EpochMs) => EpochMs;
  /** Called when a turn comes because its time has come, not because something asked for it. */
  readonly rang: () => void;
  readonly clock: Clock;
  readonly timers: Timers;
}

/** Decides when the dispatcher's turns come: one at a time, at once when something asks for one, otherwise by time. */
export class Rhythm {
  private readonly alarm: Alarm;
  private running = false;
  private called = false;
  private turning = false;
  /** The earliest instant that was asked for. */
  private askedFor: EpochMs | null = null;

  constructor(private readonly parts: RhythmParts) {
    this.alarm = new Alarm(parts.clock, parts.timers, () => this.ring());
  }

  /** From `start` to `stop`. */
  get isRunning(): boolean {
    return this.running;
  }

  start(): void {
    this.running = true;
  }

  stop(): void {
    this.running = false;
    this.alarm.cancel();
  }

  /** Asks for a turn now, or for one more after the one under way. */
  call(): void {
    this.called = true;
    if (this.running && !this.turning) void this.run();
  }

  /** Asks for a turn at an instant to come. */
  callAt(instant: EpochMs): void {
    if (!this.running) return;
    this.askedFor = Math.min(instant, this.askedFor ?? instant);
    this.alarm.by(instant);
  }

  private async run(): Promise<void> {
    this.turning = true;
    while (this.called && this.running) {
      this.called = false;
      await this.parts.turn();
    }
    this.turning = false;
    if (!this.running) return;
    const next = this.parts.nextAt(this.parts.clock.now());
    this.alarm.by(Math.min(next, this.askedFor ?? next));
  }

  private ring(): void {
    if (this.askedFor !== null && this.askedFor <= this.parts.clock.now()) this.askedFor = null;
    this.parts.rang();
  }
}
