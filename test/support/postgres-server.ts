import { once } from 'node:events';
import { createConnection } from 'node:net';
import { text } from 'node:stream/consumers';
import { Client } from 'pg';
import { startGuardian } from './postgres/start-guardian.mjs';

/** A real PostgreSQL server on the loopback interface, its superuser `gateway`, made for tests. */
export interface PostgresServer {
  readonly port: number;
  /** A new, empty database and its URL, password included. */
  createDatabase(): Promise<string>;
  /** Removes a database, cutting every connection to it. */
  dropDatabase(url: string): Promise<void>;
}

/** A server of a test's own, to be stopped, killed and started again on the same port with the same data. */
export interface OwnPostgresServer extends PostgresServer {
  start(): Promise<void>;
  /** As `pg_ctl stop -m fast` does: sessions are ended, what was committed is kept. */
  stop(): Promise<void>;
  /** SIGKILL to the postmaster: what was committed comes back by recovery at the next start. */
  kill(): Promise<void>;
  restart(): Promise<void>;
  /** Stops the server and removes its files. */
  leave(): Promise<void>;
}

/** Starts a server of one's own, in less than two seconds; `settings` such as `fsync=off` go into its configuration. */
export async function startPostgres(settings: readonly string[] = []): Promise<OwnPostgresServer> {
  const { command, leave } = startGuardian(settings);
  const port = await command('start').catch(async (error: unknown) => {
    await leave();
    throw error;
  });
  return {
    ...databasesOf(port),
    leave,
    start: async () => void (await command('start')),
    stop: async () => void (await command('stop')),
    kill: async () => void (await command('kill')),
    restart: async () => {
      await command('stop');
      await command('start');
    },
  };
}

/** The server that all tests of a run share; started for the first that asks. Not to be stopped. */
export async function sharedPostgres(): Promise<PostgresServer> {
  const door = createConnection(Number(process.env.SHARED_POSTGRES_PORT), '127.0.0.1');
  await once(door, 'connect');
  const { port, error } = JSON.parse(await text(door)) as { port?: number; error?: string };
  if (port === undefined) throw new Error(error);
  return databasesOf(port);
}

function databasesOf(port: number): PostgresServer {
  const urlOf = (database: string) => `postgres://gateway:test-password@127.0.0.1:${port}/${database}`;
  const run = async (sql: string) => {
    const client = new Client({ connectionString: urlOf('postgres') });
    await client.connect();
    try {
      await client.query(sql);
    } finally {
      await client.end();
    }
  };
  return {
    port,
    createDatabase: async () => {
      const name = `test_${crypto.randomUUID().replaceAll('-', '')}`;
      await run(`CREATE DATABASE ${name}`);
      return urlOf(name);
    },
    dropDatabase: (url) => run(`DROP DATABASE IF EXISTS ${new URL(url).pathname.slice(1)} WITH (FORCE)`),
  };
}
