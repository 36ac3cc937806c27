import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { Client } from 'pg';
import { applySettings } from '../../../src/outbox/postgres/connection-settings.js';
import { migrate } from '../../../src/outbox/postgres/migrate.js';
import { MIGRATIONS } from '../../../src/outbox/postgres/migrations.js';
import { type PostgresServer, sharedPostgres } from '../../support/postgres-server.js';
import { until } from '../../support/until.js';

const WAITING = `SELECT 1 FROM pg_locks WHERE mode = 'AccessExclusiveLock' AND NOT granted
  AND relation = 'gateway.client'::regclass`;

const OWNER = { role: 'owner' } as const;

/** What a gateway of the version before asks with every key. */
const FIND_KEY = `SELECT prefix, name FROM api_key JOIN client ON client.name = api_key.client WHERE prefix = 'aaaa'`;

describe('a migration of a table that somebody reads', () => {
  let server: PostgresServer;
  let databaseUrl: string;
  let connections: Client[];
  let migrating: Client;
  let reader: Client;
  beforeEach(async () => {
    server = await sharedPostgres();
    databaseUrl = await server.createDatabase();
    connections = [];
    migrating = await connect();
    await migrate(migrating, MIGRATIONS.slice(0, 2), OWNER);
    reader = await connect();
    // As pg_dump does.
    await reader.query('BEGIN; LOCK TABLE gateway.client IN ACCESS SHARE MODE');
  });
  afterEach(async () => {
    await Promise.all(connections.map((client) => client.end()));
    await server.dropDatabase(databaseUrl);
  });

  it('holds up no gateway at work, and is done once the reader has ended', async () => {
    const [gateway, observer] = [await connect(), await connect()];
    await applySettings(gateway);
    const migrated = migrate(migrating, MIGRATIONS, OWNER);
    await until(async () => (await observer.query(WAITING)).rowCount === 1);
    // Behind the migration, within the lock timeout of a gateway.
    await gateway.query(FIND_KEY);
    await reader.query('COMMIT');
    await migrated;
    expect(await versionIn(observer)).toBe(MIGRATIONS.length);
  });

  it('gives up where the reader goes on, leaves everything as it was and says what to do', async () => {
    await expect(migrate(migrating, MIGRATIONS, { ...OWNER, tries: 1 })).rejects.toMatchObject({
      code: 'store-unusable',
      message: /somebody holds its tables.*start again/,
    });
    expect(await versionIn(migrating)).toBe(2);
    await reader.query('COMMIT');
    await migrate(migrating, MIGRATIONS, { ...OWNER, tries: 1 });
    expect(await versionIn(migrating)).toBe(MIGRATIONS.length);
  });

  async function versionIn(client: Client): Promise<number | undefined> {
    const { rows } = await client.query<{ version: number }>('SELECT version FROM gateway.schema_version');
    return rows[0]?.version;
  }

  async function connect(): Promise<Client> {
    const client = new Client({ connectionString: databaseUrl });
    connections.push(client);
    await client.connect();
    return client;
  }
});
