import type { SettlementWord } from './listener-journal.js';

interface Waiting {
  readonly word: SettlementWord;
  readonly settle: () => void;
}

/**
 * Lets settlements out so that no two of different kinds leave in one turn of the event loop. rhea 3.0.5, the AMQP
 * library below the SDK, writes what is settled in one turn as ranges of deliveries, and forgets to compare the second of
 * a range with the first: an abandoned message next to a completed one would be told as completed, and be lost.
 */
export class SettlementTurns {
  private readonly waiting: Waiting[] = [];
  private isTurnDue = false;

  /** Runs `settle` in a turn that fits; as it ends. */
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

  /** Completions go together, in ranges that cost one frame each; anything else goes alone. */
  private turnLength(): number {
    const end = this.waiting.findIndex(({ word }) => word !== 'complete');
    if (end === -1) return this.waiting.length;
    return Math.max(end, 1);
  }
}
