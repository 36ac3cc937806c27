import { jest } from '@jest/globals';
import type { EpochMs } from '../../../src/kernel/clock.js';
import { until } from '../../support/until.js';
import { ShiftedClock } from './gateway-side.js';
import type { Answering } from './hostile-cloud.js';

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

/** A clock that knows when the head of an answer has been read: an HttpClient looks at the time then. */
export class HeadClock extends ShiftedClock {
  private looks = 0;
  private looksBefore = Number.POSITIVE_INFINITY;

  override now(): EpochMs {
    this.looks += 1;
    return super.now();
  }

  /** Answers in this way; `headRead` is about that answer. */
  answering(answering: Answering): Answering {
    return (response, request) => {
      this.looksBefore = this.looks;
      answering(response, request);
    };
  }

  headRead(): Promise<void> {
    return until(() => this.looks > this.looksBefore);
  }
}
