import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { Client } from 'pg';
import type { EventRecord } from '../../../src/outbox/event-record.js';
import type { Store, StoreHint } from '../../../src/outbox/store.js';
import { until } from '../../support/until.js';
import { accept, claim, DELIVERED, newEvent, settlementOf } from '../support/events.js';
import { gateOf } from '../support/gates.js';
import { openReplicas, type Replicas } from '../support/replicas.js';

const REPLICAS = 3;

describe('several gateways on one PostgreSQL', () => {
  let replicas: Replicas;
  let stores: readonly Store[];
  let client: Client;
  beforeEach(async () => {
    replicas = await openReplicas(REPLICAS);
    stores = replicas.stores;
    client = new Client({ connectionString: replicas.databaseUrl });
    await client.connect();
  });
  afterEach(async () => {
    await client.end();
    await replicas.close();
  });

  it('hand out every event once, while all of them claim', async () => {
    const ids = await accept(store(0), ...Array.from({ length: 300 }, () => ({})));
    const claimed: string[] = [];
    await Promise.all(
      stores.map(async (each, n) => {
        for (let misses = 0; misses < 5; ) {
          const events = await claim(each, { owner: `owner-${n}`, applicationUser: `user-${n}`, limit: 7 });
          claimed.push(...events.map(({ id }) => id));
          misses = events.length === 0 ? misses + 1 : 0;
        }
      }),
    );
    expect(claimed.toSorted()).toEqual([...ids].sort());
  });

  it('keep the order of a key, however many of them accept and deliver it at once', async () => {
    const lines = new Lines();
    let isAccepting = true;
    const appending = stores.map((each, n) => appendTo(each, `till-${n}`, lines));
    const delivering = stores.map(async (each, n) => {
      while (isAccepting) await deliverSome(each, `owner-${n}`, lines);
      while ((await deliverSome(each, `owner-${n}`, lines)) > 0);
    });
    await Promise.all(appending);
    isAccepting = false;
    await Promise.all(delivering);
    while ((await deliverSome(store(0), 'owner-0', lines)) > 0);
    expect(lines.delivered).toEqual(lines.sent);
    expect(lines.collisions).toEqual([]);
    expect(await headless()).toEqual([]);
  });

  it('accept one of many events that bring the same key to all of them at once', async () => {
    const calls = Array.from({ length: 60 }, (_, n) => store(n).outbox.append([newEvent({ key: 'contested' })]));
    const results = (await Promise.all(calls)).flat();
    expect(results.filter(({ kind }) => kind === 'accepted')).toHaveLength(1);
    expect(new Set(results.map(({ id }) => id)).size).toBe(1);
  });

  it('stand batches with the same keys in opposite order', async () => {
    const keys = Array.from({ length: 40 }, (_, n) => `key-${n}`);
    const batches = Array.from({ length: 12 }, (_, n) => (n % 2 === 0 ? keys : keys.toReversed()));
    const calls = batches.map((batch, n) => store(n).outbox.append(batch.map((key) => newEvent({ key }))));
    const results = (await Promise.all(calls)).flat();
    expect(results.filter(({ kind }) => kind === 'accepted')).toHaveLength(keys.length);
    expect(results).toHaveLength(keys.length * batches.length);
  });

  it('count the same events, whoever counts', async () => {
    await Promise.all(stores.map((each) => accept(each, ...Array.from({ length: 20 }, () => ({})))));
    const claims = await Promise.all(stores.map((each, n) => claim(each, { owner: `owner-${n}`, limit: 10 })));
    await Promise.all(
      claims.map((events, n) => store(n + 1).outbox.settle(events.map((event) => settlementOf(event, DELIVERED)))),
    );
    const expected = [
      { type: 'CustomerPurchase', status: 'delivered', count: 30 },
      { type: 'CustomerPurchase', status: 'pending', count: 30 },
    ];
    for (const each of stores) expect((await each.outbox.measure()).counts).toEqual(expected);
  });

  it('let one of them change a gate from a revision', async () => {
    const saves = stores.map((each, n) => each.gates.save(gateOf('user:user-1', { detail: `${n}` }), null));
    expect((await Promise.all(saves)).filter((isSaved) => isSaved)).toHaveLength(1);
  });

  describe('at a gate', () => {
    const HOUR_MS = 3_600_000;
    const closed = () => gateOf('type:CustomerPurchase', { closedUntil: Date.now() + HOUR_MS });

    it('close it only after the claims under way have committed', async () => {
      await client.query('BEGIN; SELECT pg_advisory_xact_lock_shared(1111836465, 1)');
      let isSaved = false;
      const saving = store(0)
        .gates.save(closed(), null)
        .then(() => {
          isSaved = true;
        });
      await untilSomebodyWaits();
      expect(isSaved).toBe(false);
      await client.query('COMMIT');
      await saving;
    });

    it('claim nothing through one whose closing was under way when they began', async () => {
      await accept(store(0), {});
      await client.query('BEGIN; SELECT pg_advisory_xact_lock(1111836465, 1)');
      const claiming = claim(store(1));
      await untilSomebodyWaits();
      await client.query(
        `INSERT INTO gateway.gate (name, pause_by, pause_reason, pause_since, closings, changed_at, revision)
         VALUES ('type:CustomerPurchase', 'operator', 'test', 0, 0, 0, 1)`,
      );
      await client.query('COMMIT');
      expect(await claiming).toEqual([]);
    });

    it('claim nothing any more once its closing was told, whoever closed it', async () => {
      await accept(store(0), ...Array.from({ length: 20 }, () => ({})));
      let isClosed = false;
      const late: number[] = [];
      const claiming = stores.map(async (each, n) => {
        const claimOne = () => claim(each, { owner: `owner-${n}`, limit: 1 });
        // As many come as are claimed, however late the gate is stored: there is always something to claim.
        while (!isClosed) {
          await accept(each, {});
          await claimOne();
        }
        for (let round = 0; round < 10; round += 1) late.push((await claimOne()).length);
      });
      await until(async () => (await store(0).outbox.measure()).counts.length > 1);
      await store(2).gates.save(closed(), null);
      isClosed = true;
      await Promise.all(claiming);
      expect(late).toHaveLength(10 * REPLICAS);
      expect(late.filter((count) => count > 0)).toEqual([]);
      const { counts } = await store(0).outbox.measure();
      expect(counts.find(({ status }) => status === 'pending')?.count).toBeGreaterThan(0);
    });
  });

  describe('hint each other', () => {
    it.each([
      ['events', (each: Store) => accept(each, {})],
      ['gates', (each: Store) => each.gates.save(gateOf('user:user-1'), null)],
      ['users', (each: Store) => each.userLeases.release('somebody')],
    ] as const)('at %s, and not themselves', async (hint, change) => {
      const heard: [number, StoreHint][] = [];
      for (const [n, each] of stores.entries()) each.subscribe((what) => heard.push([n, what]));
      await change(store(1));
      await until(() => heard.length >= REPLICAS - 1);
      expect(heard.toSorted()).toEqual([
        [0, hint],
        [2, hint],
      ]);
    });

    it('of the last event of a burst, too', async () => {
      let hints = 0;
      store(0).subscribe(() => {
        hints += 1;
      });
      for (let n = 0; n < 10; n += 1) await accept(store(1), {});
      await until(() => hints >= 2);
      expect(hints).toBeLessThan(10);
    });
  });

  it('agree on the time, whatever the clocks of their machines say', () => {
    const times = stores.map(({ clock }) => clock.now());
    expect(Math.max(...times) - Math.min(...times)).toBeLessThan(500);
    expect(Math.abs((times[0] ?? 0) - Date.now())).toBeLessThan(1000);
  });

  function store(n: number): Store {
    const found = stores[n % REPLICAS];
    if (found === undefined) throw new Error('there is such a replica');
    return found;
  }

  /** Resolves once a session of this database waits for an advisory lock. */
  async function untilSomebodyWaits(): Promise<void> {
    const select = `SELECT 1 FROM pg_locks WHERE locktype = 'advisory' AND NOT granted
      AND database = (SELECT oid FROM pg_database WHERE datname = current_database())`;
    await until(async () => (await client.query(select)).rows.length > 0);
  }

  /** Lines in which somebody waits and nobody is first. */
  async function headless(): Promise<readonly unknown[]> {
    const { rows } = await client.query(
      `SELECT client, type, ordering_key FROM gateway.event WHERE place IS NOT NULL
       GROUP BY 1, 2, 3 HAVING count(*) FILTER (WHERE place = 'first') <> 1`,
    );
    return rows;
  }
});

/** What was sent and what was delivered, by ordering key and sender, and which keys were in flight twice. */
class Lines {
  readonly keys = ['V-1', 'V-2', 'V-3'];
  readonly sent = new Map<string, string[]>();
  readonly delivered = new Map<string, string[]>();
  readonly collisions: string[] = [];
  private readonly inFlight = new Set<string>();

  begin({ id, orderingKey, source }: EventRecord): void {
    const key = String(orderingKey);
    if (this.inFlight.has(key)) this.collisions.push(id);
    this.inFlight.add(key);
    note(this.delivered, `${key} ${source}`, id);
  }

  end({ orderingKey }: EventRecord): void {
    this.inFlight.delete(String(orderingKey));
  }
}

async function appendTo(store: Store, source: string, { keys, sent }: Lines): Promise<void> {
  for (let round = 0; round < 25; round += 1) {
    const events = keys.map((orderingKey) => newEvent({ orderingKey, source }));
    await store.outbox.append(events);
    for (const { id, orderingKey } of events) note(sent, `${orderingKey} ${source}`, id);
  }
}

/** Under way for as long as a question takes; off the list before it is settled: from then on somebody else may have the next one. */
async function deliverSome(store: Store, owner: string, lines: Lines): Promise<number> {
  const claimed = await claim(store, { owner, limit: 5 });
  const events = (await Promise.all(claimed.map(({ id }) => store.outbox.find(id)))).filter((event) => event !== null);
  for (const event of events) lines.begin(event);
  await Promise.all(claimed.map(({ id }) => store.outbox.listAttempts(id)));
  for (const event of events) lines.end(event);
  await store.outbox.settle(claimed.map((event) => settlementOf(event, DELIVERED)));
  return claimed.length;
}

function note(lists: Map<string, string[]>, name: string, id: string): void {
  lists.set(name, [...(lists.get(name) ?? []), id]);
}
