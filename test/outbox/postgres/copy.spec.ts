import { describe, expect, it } from '@jest/globals';
import { ARCHIVE_TABLES } from '../../../src/outbox/archive.js';
import { copyStore } from '../../../src/outbox/copy-store.js';
import { openStore } from '../../../src/outbox/open-store.js';
import type { Store } from '../../../src/outbox/store.js';
import { ManualClock } from '../../support/manual-clock.js';
import { accept, attemptOf, claim, DELIVERED, deadFor, retryIn, settlementOf } from '../support/events.js';
import { factsOf } from '../support/gates.js';
import { postgresFixture } from '../support/postgres-fixture.js';

describe('copying a store from one engine to another', () => {
  it('keeps every row as it is, there and back again, and goes on behind it', async () => {
    const clock = new ManualClock();
    const from = await openStore({ databaseUrl: 'sqlite::memory:', role: 'owner', clock });
    const back = await openStore({ databaseUrl: 'sqlite::memory:', role: 'owner', clock });
    const middle = await postgresFixture();
    try {
      await fill(from);
      await copyStore({ from, to: middle.store });
      await copyStore({ from: middle.store, to: back });
      for (const table of ARCHIVE_TABLES) expect(await rowsOf(back, table)).toEqual(await rowsOf(from, table));
      expect(await middle.store.gates.list()).toEqual([factsOf('type:CustomerPurchase')]);
      expect(await middle.store.outbox.measure()).toEqual(await from.outbox.measure());
      const before = await rowsOf(middle.store, 'event');
      await accept(middle.store, { orderingKey: 'V-1' });
      const after = await rowsOf(middle.store, 'event');
      expect(Number(after.at(-1)?.sequence)).toBeGreaterThan(Number(before.at(-1)?.sequence));
    } finally {
      await Promise.all([from.close(), middle.close(), back.close()]);
    }
  });

  /** Something of everything: every status but cancelled, a line, a timeline, a gate. */
  async function fill(store: Store): Promise<void> {
    await accept(store, {}, {}, {}, {}, { orderingKey: 'V-1' }, { orderingKey: 'V-1' }, { data: '{"a":"Grüße 🧾"}' });
    const [delivered, dead, retried] = await claim(store, { limit: 4 });
    if (delivered === undefined || dead === undefined || retried === undefined) throw new Error('seven were accepted');
    await store.outbox.settle([
      settlementOf(delivered, DELIVERED, attemptOf()),
      settlementOf(dead, deadFor('rejected', false), attemptOf({ outcome: 'rejected', detail: 'no' })),
      settlementOf(retried, retryIn(1000)),
    ]);
    const audit = { by: 'ann', action: 'gate.pause', subject: 'type:CustomerPurchase', detail: null } as const;
    await store.gates.save(factsOf('type:CustomerPurchase'), audit);
  }

  async function rowsOf(store: Store, table: (typeof ARCHIVE_TABLES)[number]) {
    return (await store.archive.read(table, null, 1000)).rows;
  }
});
