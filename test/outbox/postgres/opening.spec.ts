import { afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { Client } from 'pg';
import { SystemClock } from '../../../src/kernel/clock.js';
import { openStore } from '../../../src/outbox/open-store.js';
import type { Store, StoreRole } from '../../../src/outbox/store.js';
import { type PostgresServer, sharedPostgres, startPostgres } from '../../support/postgres-server.js';
import { accept } from '../support/events.js';

describe('opening a database on PostgreSQL', () => {
  let server: PostgresServer;
  let databaseUrl: string;
  const stores: Store[] = [];
  beforeAll(async () => {
    server = await sharedPostgres();
  });
  beforeEach(async () => {
    databaseUrl = await server.createDatabase();
  });
  afterEach(async () => {
    await Promise.all(stores.splice(0).map((store) => store.close()));
    await server.dropDatabase(databaseUrl);
  });

  it('lets any number of gateways and commands make the schema at once', async () => {
    const roles = Array.from({ length: 8 }, (_, n): StoreRole => (n % 2 === 0 ? 'owner' : 'guest'));
    const opened = await Promise.all(roles.map((role) => open(databaseUrl, role)));
    await Promise.all(opened.map((store) => accept(store, {})));
    expect((await opened[0]?.outbox.measure())?.counts).toMatchObject([{ status: 'pending', count: 8 }]);
  });

  it('finds what was stored before', async () => {
    const [id = ''] = await accept(await open(databaseUrl), {});
    expect(await (await open(databaseUrl)).outbox.find(id)).toMatchObject({ id });
  });

  it('has every connection commit on disk and wait for nothing for ever, whatever the role’s own settings', async () => {
    await run('ALTER ROLE CURRENT_USER SET synchronous_commit = off');
    try {
      const store = await open(databaseUrl);
      await run(`CREATE FUNCTION gateway.told() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
        RAISE EXCEPTION '% % % %', current_setting('synchronous_commit'), current_setting('statement_timeout'),
          current_setting('lock_timeout'), current_setting('idle_in_transaction_session_timeout'); END $$;
        CREATE TRIGGER told BEFORE INSERT ON gateway.event EXECUTE FUNCTION gateway.told()`);
      await expect(accept(store, {})).rejects.toMatchObject({ message: 'on 15s 5s 10s' });
    } finally {
      await run('ALTER ROLE CURRENT_USER RESET synchronous_commit');
    }
  });

  it('waits for a lock no longer than it said, stores nothing and goes on', async () => {
    const store = await open(databaseUrl);
    await run('ALTER TABLE gateway.event ADD COLUMN later int');
    const client = await connect();
    await client.query('BEGIN; LOCK TABLE gateway.event IN ACCESS EXCLUSIVE MODE');
    await expect(accept(store, {})).rejects.toMatchObject({
      code: 'storage-not-stored',
      message: expect.stringMatching(/lock timeout/),
    });
    await client.query('ROLLBACK');
    await client.end();
    expect(await accept(store, {})).toHaveLength(1);
  });

  describe('is refused, with what to do and without the password,', () => {
    it.each([
      ['where nothing listens', 'postgres://gateway:s3cret@127.0.0.1:1/gateway', /nothing listens there/],
      ['where the host has no address', 'postgres://gateway:s3cret@no-such-host.invalid/gateway', /host/],
    ])('%s', async (_, url, message) => {
      await expectRefusal(url, message);
    });

    it('where the password is wrong', async () => {
      await expectRefusal(databaseUrl.replace('test-password', 's3cret'), /password is wrong/);
    });

    it('where there is no such database', async () => {
      await expectRefusal(databaseUrl.replace(/[^/]*$/, 'nowhere'), /no such database: create it/);
    });

    it('where a newer gateway made the schema', async () => {
      await open(databaseUrl);
      await run('UPDATE gateway.schema_version SET version = 99');
      await expectRefusal(databaseUrl, /version 99, this program knows versions up to/);
    });

    it('where the schema is another program’s', async () => {
      await run('CREATE SCHEMA gateway; CREATE TABLE gateway.event (a int)');
      await expectRefusal(databaseUrl, /belongs to another program/);
    });

    it('where the database is read-only', async () => {
      await run(`ALTER DATABASE ${new URL(databaseUrl).pathname.slice(1)} SET default_transaction_read_only = on`);
      await expectRefusal(databaseUrl, /read-only/);
    });

    it('where the role may make no schema', async () => {
      await run(`DO $$ BEGIN CREATE ROLE till LOGIN PASSWORD 's3cret'; EXCEPTION WHEN duplicate_object THEN END $$`);
      await expectRefusal(databaseUrl.replace('gateway:test-password', 'till:s3cret'), /GRANT CREATE ON DATABASE/);
    });

    it('where the server does not speak TLS and the URL asks for it', async () => {
      await expectRefusal(`${databaseUrl}?sslmode=verify-full`, /SSL/);
    });

    it('where the server may lose what it committed, unless that is allowed', async () => {
      const lossy = await startPostgres(['fsync=off']);
      try {
        const url = await lossy.createDatabase();
        await expectRefusal(url, /fsync=off.*DATABASE_ALLOW_FSYNC_OFF/);
        const options = { databaseUrl: url, role: 'owner', clock: new SystemClock(), allowFsyncOff: true } as const;
        await (await openStore(options)).close();
      } finally {
        await lossy.leave();
      }
    });
  });

  async function open(url: string, role: StoreRole = 'owner'): Promise<Store> {
    const store = await openStore({ databaseUrl: url, role, clock: new SystemClock() });
    stores.push(store);
    return store;
  }

  async function expectRefusal(url: string, message: RegExp): Promise<void> {
    const refusal = await open(url).catch((error: unknown) => error);
    expect(refusal).toMatchObject({ name: 'StoreUnusableError', code: 'store-unusable', message });
    expect(String(refusal)).not.toMatch(/s3cret|test-password/);
  }

  async function connect(): Promise<Client> {
    const client = new Client({ connectionString: databaseUrl });
    await client.connect();
    return client;
  }

  async function run(sql: string): Promise<void> {
    const client = await connect();
    try {
      await client.query(sql);
    } finally {
      await client.end();
    }
  }
});
