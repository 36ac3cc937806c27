import { jest } from '@jest/globals';

/** Longer than any other timer here, so that those of the limit are known by it. */
const LIMIT_MS = 2_000_000_000;

/** A limit of time that is up when a test says so. What runs into it does so at that very moment, however slow a machine is. */
export class HeldLimit {
  /** What goes into the options as a time. */
  readonly ms = LIMIT_MS;
  private readonly running = new Map<unknown, () => void>();
  private readonly spies: readonly { mockRestore(): void }[];

  constructor() {
    const { setTimeout: start, clearTimeout: stop } = globalThis;
    const starting = (ring: () => void, ms?: number) => {
      const timer = start(ring, ms);
      if (ms === LIMIT_MS) this.running.set(timer, ring);
      return timer;
    };
    const stopping = (timer?: Parameters<typeof clearTimeout>[0]) => {
      this.running.delete(timer);
      stop(timer);
    };
    this.spies = [
      jest.spyOn(globalThis, 'setTimeout').mockImplementation(starting as typeof setTimeout),
      jest.spyOn(globalThis, 'clearTimeout').mockImplementation(stopping),
    ];
  }

  /** Time is up for all that runs under the limit now. */
  readonly end = (): void => {
    for (const [timer, ring] of [...this.running]) {
      clearTimeout(timer as NodeJS.Timeout);
      ring();
    }
  };

  /** Gives the timers back. */
  release(): void {
    for (const spy of this.spies) spy.mockRestore();
    for (const timer of this.running.keys()) clearTimeout(timer as NodeJS.Timeout);
  }
}
