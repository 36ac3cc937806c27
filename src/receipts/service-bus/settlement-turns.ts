import type { SettlementWord } from './listener-journal.js';

interface Waiting {
  readonly word: SettlementWord;
  readonly settle: () => void;
}

/**
 * Lets settlements out so that two different kinds never leave in one turn of the event loop. rhea 3.0.5, the AMQP
 * library below the SDK, writes the settlements of one turn as ranges of deliveries, and does not compare the second of
 * a range with the first: an abandoned message next to a completed one would be reported as completed, and be lost.
 */
export class SettlementTurns {
  private readonly waiting: Waiting[] = [];
  private isTurnDue = false;

  /** Runs `settle` in a turn that fits; settles with its result. */
  run(word: SettlementWord, settle: () => Promise<void>): Promise<void> {
    const { promise, resolve, reject } = Promise.withResolvers<void>();
    this.waiting.push({ word, settle: () => void settle().then(resolve, reject) });
    this.next();
    return promise;
  }

  private next(): void {
    if (this.isTurnDue || this.waiting.length === 0) return;
    this.isTurnDue = true;
    setImmediate(() => {
      this.isTurnDue = false;
      for (const { settle } of this.waiting.splice(0, this.turnLength())) settle();
      this.next();
    });
  }

  /** Completions go together, in ranges of one frame each; any other kind goes alone. */
  private turnLength(): number {
    const end = this.waiting.findIndex(({ word }) => word !== 'complete');
    if (end === -1) return this.waiting.length;
    return Math.max(end, 1);
  }
}
