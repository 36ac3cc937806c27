import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { Client } from 'pg';
import { openStore } from '../../../src/outbox/open-store.js';
import { migrate } from '../../../src/outbox/postgres/migrate.js';
import { MIGRATIONS } from '../../../src/outbox/postgres/migrations.js';
import type { Store, StoreRole } from '../../../src/outbox/store.js';
import { ManualClock } from '../../support/manual-clock.js';
import { type PostgresServer, sharedPostgres } from '../../support/postgres-server.js';
import { retryIn, settlementOf } from '../support/events.js';
import { factsOf, TOLD, TOLD_COLUMNS, TOLD_GATE } from '../support/gates.js';
import { OLDER, type OlderGateway, startOlderGateway } from '../support/older-gateway.js';
import { confirm } from '../support/receipts.js';

const DEED = { by: 'cli:test', action: 'client.limit', subject: 'pos', detail: null } as const;

describe('a PostgreSQL database of the version before', () => {
  let server: PostgresServer;
  let databaseUrl: string;
  let store: Store;
  beforeEach(async () => {
    server = await sharedPostgres();
    databaseUrl = await createOlder(
      server,
      2,
      `INSERT INTO gateway.client VALUES ('pos', '["*"]', 0, 1);
      INSERT INTO gateway.api_key VALUES ('aaaa', 'pos', 'h', 1, NULL)`,
    );
    store = await openStore({ databaseUrl, role: 'owner', clock: new ManualClock() });
  });
  afterEach(async () => {
    await store.close();
    await server.dropDatabase(databaseUrl);
  });

  it('keeps its clients, without a rate, and can give them one', async () => {
    const client = { name: 'pos', publish: ['*'], operator: false, rate: null, createdAt: 1 };
    const key = { prefix: 'aaaa', client: 'pos', hash: 'h', createdAt: 1, expiresAt: null };
    expect(await store.clients.findKeys(['aaaa'])).toEqual([{ client, key }]);
    expect(await store.clients.limit('pos', 5, DEED)).toBe(true);
    expect((await store.clients.list())[0]?.client.rate).toBe(5);
  });
});

/** With an event that was delivered and one under a lease, and a gate that tells of itself in words alone. */
const EVENTS = `
INSERT INTO gateway.event (id, type, version, client, source, key_kind, key, fingerprint, data, accepted_at, available_at,
  age_starts_at, status, delivered_at, ended_at, lease_owner, lease_token, lease_until) VALUES
  ('delivered', 'CustomerPurchase', 1, 'pos', 's', 'business', 'a', 'f', '{}', 1, 1, 1, 'delivered', 7, 7, NULL, NULL, NULL),
  ('delivering', 'CustomerPurchase', 1, 'pos', 's', 'business', 'b', 'f', '{}', 1, 1, 1, 'delivering', NULL, NULL, 'dead', '2.0.t', 9);
INSERT INTO gateway.tally VALUES ('CustomerPurchase', 'delivered', 0, 1), ('CustomerPurchase', 'delivering', 0, 1);
INSERT INTO gateway.gate (${TOLD_COLUMNS}) VALUES (${TOLD})`;

describe('a PostgreSQL database from before there were receipts', () => {
  let server: PostgresServer;
  let databaseUrl: string;
  let store: Store;
  beforeEach(async () => {
    server = await sharedPostgres();
    databaseUrl = await createOlder(server, 3, EVENTS);
    store = await openStore({ databaseUrl, role: 'owner', clock: new ManualClock() });
  });
  afterEach(async () => {
    await store.close();
    await server.dropDatabase(databaseUrl);
  });

  it('keeps its events and awaits no receipts of them', async () => {
    const { events } = await store.outbox.list({ filter: {}, cursor: null, limit: 9 });
    expect(events.map(({ id, status }) => [id, status])).toEqual([
      ['delivering', 'delivering'],
      ['delivered', 'delivered'],
    ]);
    expect(await store.receipts.markOverdue(9)).toEqual([]);
    expect((await store.outbox.list({ filter: { overdue: true }, cursor: null, limit: 9 })).events).toEqual([]);
  });

  it('takes nothing out of what was told of its gates in words, and can tell more from now on', async () => {
    expect(await store.gates.list()).toStrictEqual([TOLD_GATE]);
    const told = { ...factsOf(TOLD_GATE.name), revision: TOLD_GATE.revision + 1 };
    expect(await store.gates.save(told, null)).toBe(true);
    expect(await store.gates.list()).toStrictEqual([told]);
  });

  it('keeps of a gate that a gateway of the version before changes what a recreation tells, and its pause', async () => {
    const told = factsOf('type:Sale');
    await store.gates.save(told, null);
    const older = new Client(databaseUrl);
    await older.connect();
    await older.query(`UPDATE gateway.gate SET detail = 'gone', revision = revision + 1 WHERE name = 'type:Sale'`);
    const looked = { ...told, detail: 'gone', unread: null, revision: 2 };
    const listed = async () => (await store.gates.list()).filter(({ name }) => name === 'type:Sale');
    expect(await listed()).toStrictEqual([looked]);
    await older.query(`UPDATE gateway.gate SET pause_by = 'ann', revision = revision + 1 WHERE name = 'type:Sale'`);
    await older.end();
    const pause = { by: 'ann', reason: 'recreated', since: 8 };
    expect(await listed()).toStrictEqual([{ ...looked, pause, revision: 3 }]);
  });

  it('takes receipts of them', async () => {
    expect(await confirm(store, 'delivered')).toMatchObject({ result: 'confirmed' });
    expect(await confirm(store, 'delivering')).toMatchObject({ result: 'confirmed' });
    const [lost] = await store.outbox.findLostLeases('new', 9);
    if (lost === undefined) throw new Error('a lease was lost');
    await store.outbox.settle([settlementOf(lost, retryIn(0))]);
    expect((await store.outbox.measure()).counts).toEqual([
      { type: 'CustomerPurchase', status: 'delivered', count: 2 },
    ]);
  });
});

describe('a PostgreSQL database on which a gateway of the version before works', () => {
  let server: PostgresServer;
  let databaseUrl: string;
  let older: OlderGateway;
  beforeEach(async () => {
    server = await sharedPostgres();
    databaseUrl = await server.createDatabase();
    older = await startOlderGateway(databaseUrl);
  });
  afterEach(async () => {
    await older.stop();
    await server.dropDatabase(databaseUrl);
  });

  async function openAndClose(role: StoreRole, url = databaseUrl): Promise<void> {
    await (await openStore({ databaseUrl: url, role, clock: new ManualClock() })).close();
  }

  it('is left as it is by a command, which says what to do', async () => {
    await expect(openAndClose('guest')).rejects.toMatchObject({
      name: 'StoreUnusableError',
      message: expect.stringMatching(
        /schema has version \d+.*older version works on it: use the command of that version/,
      ),
    });
    expect(await older.version()).toBe(OLDER);
  });

  it('is migrated by the first gateway that starts, and commands follow', async () => {
    await openAndClose('owner');
    expect(await older.version()).toBe(MIGRATIONS.length);
    await openAndClose('guest');
  });

  it('keeps no command from migrating another database of that server', async () => {
    const idle = await createOlder(server, OLDER, 'SELECT 1');
    await openAndClose('guest', idle);
    await server.dropDatabase(idle);
    expect(await older.version()).toBe(OLDER);
  });
});

/** A database of an earlier schema version, with rows; its address. */
async function createOlder(server: PostgresServer, version: number, rows: string): Promise<string> {
  const databaseUrl = await server.createDatabase();
  const client = new Client(databaseUrl);
  await client.connect();
  await migrate(client, MIGRATIONS.slice(0, version), { role: 'owner' });
  await client.query(rows);
  await client.end();
  return databaseUrl;
}
