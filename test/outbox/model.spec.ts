import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { openStore } from '../../src/outbox/open-store.js';
import { ManualClock } from '../support/manual-clock.js';
import { type Command, commands } from './support/outbox-commands.js';
import { OutboxWalk } from './support/outbox-walk.js';

describe('SQLite in memory', () => {
  it('does what the model does, whatever is asked of it in whatever order', async () => {
    const seen = new Map<string, number>();
    await fc.assert(
      fc.asyncProperty(commands, (walk) => walkAlong(walk, seen)),
      { numRuns: 100 },
    );
    // A walk that never got anywhere would agree with any model.
    const results = ['accepted', 'repeated', 'conflicting', 'settled', 'stale', 'proved', 'claimed', 'lost'];
    expect(results.filter((result) => (seen.get(result) ?? 0) < 50)).toEqual([]);
  });

  async function walkAlong(steps: readonly Command[], seen: Map<string, number>): Promise<void> {
    const clock = new ManualClock();
    const store = await openStore({ databaseUrl: 'sqlite::memory:', role: 'owner', clock });
    try {
      const walk = new OutboxWalk(store, clock, (result) => seen.set(result, (seen.get(result) ?? 0) + 1));
      for (const step of steps) await walk.take(step);
      await walk.compareAll();
    } finally {
      await store.close();
    }
  }
});
