import { rm } from 'node:fs/promises';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { openStore } from '../../src/outbox/open-store.js';
import { migrate } from '../../src/outbox/sqlite/migrate.js';
import { MIGRATIONS } from '../../src/outbox/sqlite/migrations.js';
import type { Store } from '../../src/outbox/store.js';
import { ManualClock } from '../support/manual-clock.js';
import { accept, claim, DELIVERED, retryIn, settlementOf } from './support/events.js';
import { factsOf, TOLD, TOLD_COLUMNS, TOLD_GATE } from './support/gates.js';
import { REPLAY } from './support/lives.js';
import { confirm } from './support/receipts.js';
import { temporaryFolder } from './support/temporary-folder.js';

const COLUMNS = 'id, type, version, client, source, key_kind, key, fingerprint, ordering_key, data';
const TIMES = 'accepted_at, available_at, age_starts_at';

/** A database as the first schema left it, with an event in every state. */
function fillFirstSchema(file: string): void {
  const database = new DatabaseSync(file);
  database.exec('PRAGMA journal_mode = WAL');
  migrate(database, 0, MIGRATIONS.slice(0, 1));
  const row = (id: string, line: string) =>
    `'${id}', 'CustomerPurchase', 1, 'pos', 's', 'business', '${id}', 'f', ${line}`;
  database.exec(`
    INSERT INTO event (${COLUMNS}, ${TIMES}, status, delivered_at) VALUES (${row('delivered', "NULL, '{}'")}, 1, 1, 1, 'delivered', 7);
    INSERT INTO event (${COLUMNS}, ${TIMES}, status, reason, place) VALUES (${row('blocking', "'V-1', '{}'")}, 2, 2, 2, 'dead', 'rejected', 'first');
    INSERT INTO event (${COLUMNS}, ${TIMES}, status, place) VALUES (${row('behind', "'V-1', '{}'")}, 3, 3, 3, 'pending', 'behind');
    INSERT INTO event (${COLUMNS}, ${TIMES}, status) VALUES (${row('pending', "NULL, '{}'")}, 4, 4, 4, 'pending');
    INSERT INTO event (${COLUMNS}, ${TIMES}, status, lease_owner, lease_token, lease_until)
      VALUES (${row('delivering', "NULL, '{}'")}, 5, 5, 5, 'delivering', 'dead', '5.0.t', 9);
    INSERT INTO tally VALUES ('CustomerPurchase', 'delivered', 1), ('CustomerPurchase', 'dead', 1),
      ('CustomerPurchase', 'pending', 2), ('CustomerPurchase', 'delivering', 1);
    INSERT INTO gate (name, cause, closings, changed_at, revision) VALUES ('user:a', 'throttled', 1, 1, 3);
    INSERT INTO gate (${TOLD_COLUMNS}) VALUES (${TOLD});
    INSERT INTO client VALUES ('pos', '["*"]', 0, 1);
    INSERT INTO api_key VALUES ('aaaa', 'pos', 'h', 1, NULL);
    INSERT INTO attempt (event_sequence, number, outcome, counted, started_at, duration_ms, application_user)
      VALUES (1, 1, 'delivered', 1, 6, 1, 'a')`);
  database.close();
}

describe('a database of the version before', () => {
  let folder: string;
  let store: Store;
  beforeEach(async () => {
    folder = await temporaryFolder();
    fillFirstSchema(`${folder}/gateway.db`);
    store = await openStore({ databaseUrl: `sqlite:${folder}/gateway.db`, role: 'owner', clock: new ManualClock() });
  });
  afterEach(async () => {
    await store.close();
    await rm(folder, { recursive: true });
  });

  it('keeps its events, timelines and gates', async () => {
    const { events } = await store.outbox.list({ filter: {}, cursor: null, limit: 9 });
    expect(events.map(({ id, status }) => [id, status])).toEqual([
      ['delivering', 'delivering'],
      ['pending', 'pending'],
      ['behind', 'pending'],
      ['blocking', 'dead'],
      ['delivered', 'delivered'],
    ]);
    expect(await store.outbox.listAttempts('delivered')).toHaveLength(1);
    expect(await store.gates.list()).toMatchObject([TOLD_GATE, { name: 'user:a', revision: 3, probe: null }]);
    expect((await store.outbox.measure()).blocking).toEqual([{ type: 'CustomerPurchase', count: 1 }]);
  });

  it('takes nothing out of what was told of its gates in words, and can tell more from now on', async () => {
    expect((await store.gates.list())[0]).toStrictEqual(TOLD_GATE);
    const told = { ...factsOf(TOLD_GATE.name), revision: TOLD_GATE.revision + 1 };
    expect(await store.gates.save(told, null)).toBe(true);
    expect((await store.gates.list())[0]).toStrictEqual(told);
  });

  it('keeps its clients, without a rate', async () => {
    const client = { name: 'pos', publish: ['*'], operator: false, rate: null, createdAt: 1 };
    const key = { prefix: 'aaaa', client: 'pos', hash: 'h', createdAt: 1, expiresAt: null };
    expect(await store.clients.findKeys(['aaaa'])).toEqual([{ client, key }]);
  });

  it('goes on where it was: recovers, delivers, releases', async () => {
    expect((await store.outbox.findLostLeases('new', 9)).map(({ id }) => id)).toEqual(['delivering']);
    await store.actions.replay('blocking', REPLAY);
    const claimed = await claim(store);
    expect(claimed.map(({ id }) => id)).toEqual(['pending', 'blocking']);
    await store.outbox.settle(claimed.map((event) => settlementOf(event, DELIVERED)));
    expect((await claim(store)).map(({ id }) => id)).toEqual(['behind']);
    await accept(store, {});
    expect((await store.outbox.measure()).blocking).toEqual([]);
  });

  it('takes a receipt of an event that was delivered before there were any, and awaits none', async () => {
    expect(await store.receipts.markOverdue(9)).toEqual([]);
    expect((await store.outbox.list({ filter: { overdue: true }, cursor: null, limit: 9 })).events).toEqual([]);
    expect(await confirm(store, 'delivered')).toMatchObject({ result: 'confirmed' });
    expect(await confirm(store, 'delivering')).toMatchObject({ result: 'confirmed' });
    expect(await store.receipts.listReceipts('delivered')).toHaveLength(1);
    const [lost] = await store.outbox.findLostLeases('new', 9);
    if (lost === undefined) throw new Error('a lease was lost');
    await store.outbox.settle([settlementOf(lost, retryIn(0))]);
    expect((await store.outbox.find('delivering'))?.status).toBe('delivered');
  });

  it('counts retention from when its events were delivered', async () => {
    expect(await store.housekeeping.removeEnded({ endedBefore: 7, limit: 9 })).toBe(0);
    expect(await store.housekeeping.removeEnded({ endedBefore: 8, limit: 9 })).toBe(1);
    expect(await store.outbox.find('delivered')).toBeNull();
  });
});
