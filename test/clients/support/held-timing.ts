import type { Timing } from '../../../clients/typescript/src/repeat.js';

/** Time that passes only by waiting, and no chance: pauses are noted, and over at once. */
export class HeldTiming implements Timing {
  readonly pauses: number[] = [];
  private passed = 0;

  constructor(private readonly chance = 0) {}

  now(): number {
    return this.passed;
  }

  random(): number {
    return this.chance;
  }

  async wait(ms: number, signal: AbortSignal | undefined): Promise<void> {
    signal?.throwIfAborted();
    this.pauses.push(ms);
    this.passed += ms;
  }
}
