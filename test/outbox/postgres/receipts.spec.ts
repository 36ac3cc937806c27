import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { Client } from 'pg';
import { lockLines } from '../../../src/outbox/postgres/advisory-locks.js';
import type { Store } from '../../../src/outbox/store.js';
import { until } from '../../support/until.js';
import { accept, claim, DELIVERED, retryIn, settlementOf } from '../support/events.js';
import { FORCED } from '../support/lives.js';
import { confirm, DELIVERED_AWAITED, receiptOf } from '../support/receipts.js';
import { openReplicas, type Replicas } from '../support/replicas.js';

const REPLICAS = 3;

describe('receipts that come to several gateways on one PostgreSQL', () => {
  let replicas: Replicas;
  let client: Client;
  beforeEach(async () => {
    replicas = await openReplicas(REPLICAS);
    client = new Client({ connectionString: replicas.databaseUrl });
    await client.connect();
  });
  afterEach(async () => {
    await client.end();
    await replicas.close();
  });

  it('have one first proof of an event, and one receipt of an operation, whoever was told', async () => {
    const ids = await deliver(60);
    const told = Array.from({ length: REPLICAS * 4 }, (_, n) => {
      const receipts = ids.map((id) => receiptOf(id, { operation: `job-${n % 4}` }));
      // In opposite orders, so that they would wait for each other if they locked in theirs.
      return store(n).receipts.confirm(n % 2 === 0 ? receipts : receipts.toReversed());
    });
    const results = (await Promise.all(told)).flat();
    for (const [, of] of Map.groupBy(results, ({ eventId }) => eventId)) {
      expect(of.map(({ result }) => result).sort()).toEqual([
        'confirmed',
        ...Array(3).fill('duplicate'),
        ...Array(REPLICAS * 4 - 4).fill('repeated'),
      ]);
    }
    for (const id of ids) expect(await store(1).receipts.listReceipts(id)).toHaveLength(4);
  });

  it('are marked overdue once, while all of them sweep and some are confirmed', async () => {
    const ids = await deliver(300, 0);
    const marked: number[] = [];
    const late = ids.slice(0, 60).map((id, n) => confirm(store(n), id));
    await Promise.all(
      Array.from({ length: REPLICAS }, async (_, n) => {
        for (let misses = 0; misses < 3; ) {
          const counts = await store(n).receipts.markOverdue(25);
          marked.push(...counts.map(({ count }) => count));
          misses = counts.length === 0 ? misses + 1 : 0;
        }
      }),
    );
    await Promise.all(late);
    const overdue = (await store(0).outbox.measure()).overdue;
    expect(overdue).toEqual([{ type: 'CustomerPurchase', count: 240 }]);
    const sum = marked.reduce((all, count) => all + count, 0);
    expect(sum).toBeGreaterThanOrEqual(240);
    expect(sum).toBeLessThanOrEqual(300);
    await expectRightTallies();
  });

  it('wait for whoever changes the line of an event, but not once that has left it', async () => {
    const line = { client: 'pos', type: 'CustomerPurchase', orderingKey: 'V-1' };
    await accept(store(0), line, line);
    const [event] = await claim(store(0));
    if (event === undefined) throw new Error('one is due');
    await client.query(`BEGIN; ${lockLines([line])}`);
    let isConfirmed = false;
    const confirming = confirm(store(1), event.id).then(() => {
      isConfirmed = true;
    });
    await untilSomebodyWaits();
    expect(isConfirmed).toBe(false);
    await client.query('COMMIT');
    await confirming;
    await store(0).outbox.settle([settlementOf(event, DELIVERED)]);
    await client.query(`BEGIN; ${lockLines([line])}`);
    expect(await confirm(store(1), event.id)).toMatchObject({ result: 'duplicate' });
    await client.query('COMMIT');
  });

  it('spare an event that is being replayed for want of one', async () => {
    const [held = '', other = ''] = await deliver(2, 0);
    await store(0).receipts.markOverdue(9);
    await client.query('BEGIN');
    await client.query('SELECT 1 FROM gateway.event WHERE id = $1 FOR UPDATE', [held]);
    const confirming = confirm(store(1), held);
    await until(async () => (await waiting('transactionid')) === 1);
    const replaying = store(2).actions.replayStep({ ...FORCED, filter: { overdue: true }, after: 0, limit: 9 });
    await until(async () => (await waiting('transactionid', 'tuple')) === 2);
    await client.query('COMMIT');
    expect(await confirming).toMatchObject({ result: 'confirmed' });
    expect(await replaying).toMatchObject({ replayed: 1 });
    expect(await store(0).outbox.find(held)).toMatchObject({ status: 'delivered', confirmedAt: expect.any(Number) });
    expect(await store(0).outbox.find(other)).toMatchObject({ status: 'pending' });
    await expectRightTallies();
  });

  it('tell the others of an event that ended by one, for what waited behind it is due now', async () => {
    const [id = ''] = await accept(store(0), { orderingKey: 'V-1' }, { orderingKey: 'V-1' });
    const events = await claim(store(0));
    await store(0).outbox.settle(events.map((event) => settlementOf(event, retryIn(9000, { attempts: 1 }))));
    const heard: string[] = [];
    // Nobody hears what they told themselves: of these, only the receipt.
    const forget = store(0).subscribe((hint) => void heard.push(hint));
    expect(await confirm(store(2), id)).toMatchObject({ ended: true });
    await until(() => heard.includes('events'));
    forget();
  });

  it('go together with claims, settlements, replays and retention of the same events, and no order breaks', async () => {
    const lines = ['V-1', 'V-2', null, null];
    await accept(store(0), ...Array.from({ length: 200 }, (_, n) => ({ orderingKey: lines[n % 4] ?? null })));
    const { events } = await store(0).outbox.list({ filter: {}, cursor: null, limit: 200 });
    const ids = events.map(({ id }) => id);
    const rounds = Array.from({ length: 40 }, (_, n) => n);
    await Promise.all([
      ...[0, 1].map(async (n) => {
        for (const round of rounds) await deliverSome(store(n), `owner-${n}`, round);
      }),
      ...[1, 2].map(async (n) => {
        for (const round of rounds) {
          const some = ids.filter((_, index) => (index + round) % 7 === 0).map((id) => receiptOf(id));
          await store(n).receipts.confirm(n === 1 ? some : some.toReversed());
        }
      }),
      (async () => {
        for (const round of rounds) await store(2).actions.replay(ids[round * 3] ?? '', FORCED);
      })(),
      (async () => {
        for (const _ of rounds) await store(0).housekeeping.removeEnded({ endedBefore: Date.now() - 400, limit: 3 });
      })(),
    ]);
    await expectRightTallies();
    const headless = `SELECT client, type, ordering_key FROM gateway.event WHERE place IS NOT NULL
      GROUP BY 1, 2, 3 HAVING count(*) FILTER (WHERE place = 'first') <> 1`;
    expect((await client.query(headless)).rows).toEqual([]);
  });

  function store(n: number): Store {
    const found = replicas.stores[n % REPLICAS];
    if (found === undefined) throw new Error('there is such a replica');
    return found;
  }

  /** Resolves once a session of this database waits for an advisory lock. */
  function untilSomebodyWaits(): Promise<void> {
    return until(async () => (await waiting('advisory')) > 0);
  }

  /** How many sessions of this database wait for a lock of these kinds. */
  async function waiting(...kinds: readonly string[]): Promise<number> {
    const select = `SELECT DISTINCT pid FROM pg_locks JOIN pg_stat_activity AS session USING (pid)
      WHERE locktype = ANY($1) AND NOT granted AND session.datname = current_database()`;
    return (await client.query(select, [kinds])).rows.length;
  }

  async function deliver(count: number, confirmWithinMs = 900_000): Promise<readonly string[]> {
    const ids = await accept(store(0), ...Array.from({ length: count }, () => ({})));
    const events = await claim(store(0));
    await store(0).outbox.settle(events.map((event) => settlementOf(event, { ...DELIVERED_AWAITED, confirmWithinMs })));
    return ids;
  }

  async function deliverSome(each: Store, owner: string, round: number): Promise<void> {
    const claimed = await claim(each, { owner, limit: 6 });
    await each.outbox.renewLeases(owner, 30_000);
    const ends = claimed.map((event, n) => settlementOf(event, (n + round) % 3 === 0 ? retryIn(0) : DELIVERED));
    await each.outbox.settle(ends);
    await each.receipts.markOverdue(5);
  }

  /** Those of the rows. */
  async function expectRightTallies(): Promise<void> {
    const counted = `SELECT type, status, count(*)::int AS count FROM gateway.event GROUP BY 1, 2
      UNION ALL SELECT type, 'overdue', count(*)::int FROM gateway.event WHERE overdue = 1 GROUP BY 1 ORDER BY 1, 2`;
    const tallied = `SELECT type, status, sum(count)::int AS count FROM gateway.tally WHERE status <> 'removed'
      GROUP BY 1, 2 HAVING sum(count) <> 0 ORDER BY 1, 2`;
    expect((await client.query(tallied)).rows).toEqual((await client.query(counted)).rows);
  }
});
