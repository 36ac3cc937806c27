import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { Client } from 'pg';
import { openStore } from '../../../src/outbox/open-store.js';
import { migrate } from '../../../src/outbox/postgres/migrate.js';
import { MIGRATIONS } from '../../../src/outbox/postgres/migrations.js';
import type { Store } from '../../../src/outbox/store.js';
import { ManualClock } from '../../support/manual-clock.js';
import { type PostgresServer, sharedPostgres } from '../../support/postgres-server.js';

const DEED = { by: 'cli:test', action: 'client.limit', subject: 'pos', detail: null } as const;

describe('a PostgreSQL database of the version before', () => {
  let server: PostgresServer;
  let databaseUrl: string;
  let store: Store;
  beforeEach(async () => {
    server = await sharedPostgres();
    databaseUrl = await server.createDatabase();
    const client = new Client(databaseUrl);
    await client.connect();
    await migrate(client, MIGRATIONS.slice(0, 2));
    await client.query(`INSERT INTO gateway.client VALUES ('pos', '["*"]', 0, 1);
      INSERT INTO gateway.api_key VALUES ('aaaa', 'pos', 'h', 1, NULL)`);
    await client.end();
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
