import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { type Command, commands } from './outbox-commands.js';
import { OutboxWalk } from './outbox-walk.js';
import type { StoreFixture } from './store-fixture.js';

/** What must have happened over all walks: one that never got anywhere would agree with any model. */
const GROUND = [
  'accepted',
  'repeated',
  'conflicting',
  'claimed',
  'claimed again',
  'claimed alone',
  'settled',
  'stale',
  'proved',
  'confirmed',
  'lost',
  'replay done',
  'replay illegal',
  'force done',
  'cancel done',
  'cancel illegal',
  'erase done',
  'receipt confirmed',
  'receipt accompanying',
  'receipt duplicate',
  'receipt repeated',
  'receipt outdated',
  'receipt unknown',
  'overdue',
  'replayed by filter',
  'removeEnded',
  'clearData',
];

/** Holds an engine to the model, over so many random walks of some fifty steps. */
export function modelSuite(engine: string, open: () => Promise<StoreFixture>, walks: number): void {
  describe(engine, () => {
    it('does what the model does, whatever is asked of it in whatever order', async () => {
      const seen = new Map<string, number>();
      await fc.assert(
        fc.asyncProperty(commands, (steps) => walkAlong(steps, seen)),
        // A counterexample is made smaller for a while, but not for ever.
        { numRuns: walks, interruptAfterTimeLimit: 90_000, markInterruptAsFailure: true },
      );
      expect(GROUND.filter((result) => !seen.has(result))).toEqual([]);
    }, 120_000);
  });

  async function walkAlong(steps: readonly Command[], seen: Map<string, number>): Promise<void> {
    const fixture = await open();
    try {
      const walk = new OutboxWalk(fixture, (result) => seen.set(result, (seen.get(result) ?? 0) + 1));
      for (const step of steps) await walk.take(step);
      await walk.compareAll();
    } finally {
      await fixture.close();
    }
  }
}
