import type { Timers } from '../kernel/timers.js';

/**
 * Milliseconds of reading at a time. A context is read in one go: the worst accepted ones take tens of milliseconds.
 */
const TURN_MS = 5;

/**
 * Reads contexts one after the other, from both channels. After each turn everything else gets as much time as the turn
 * took: somebody who sends many expensive bodies slows down receipts, not acceptance.
 */
export class ReadingTurns {
  private readonly waiting: (() => void)[] = [];
  private isTurnDue = false;

  constructor(
    private readonly timers: Timers,
    private readonly elapsed: () => number = () => performance.now(),
  ) {}

  /** Resolves with what `read` returns, when its turn has come. */
  run<T>(read: () => T): Promise<T> {
    return new Promise((resolve, reject) => {
      this.waiting.push(() => {
        try {
          resolve(read());
        } catch (error) {
          reject(error);
        }
      });
      if (!this.isTurnDue) this.wait(0);
    });
  }

  private wait(ms: number): void {
    this.isTurnDue = true;
    // A timer would wait at least a millisecond: longer than most contexts take.
    if (ms < TURN_MS) setImmediate(() => this.turn());
    else this.timers.after(ms, () => this.turn());
  }

  private turn(): void {
    const beganAt = this.elapsed();
    const spent = () => this.elapsed() - beganAt;
    while (this.waiting.length > 0 && spent() < TURN_MS) this.waiting.shift()?.();
    const ms = spent();
    this.isTurnDue = false;
    // Also if nothing waits: the next body may come as soon as this one is answered.
    if (this.waiting.length > 0 || ms >= TURN_MS) this.wait(ms);
  }
}
