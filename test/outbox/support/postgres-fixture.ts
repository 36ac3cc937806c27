import { Client } from 'pg';
import { openStore } from '../../../src/outbox/open-store.js';
import type { Store } from '../../../src/outbox/store.js';
import { ManualClock } from '../../support/manual-clock.js';
import { sharedPostgres } from '../../support/postgres-server.js';
import type { StoreFixture } from './store-fixture.js';

const HOLD_TIME_STILL = `
CREATE TABLE gateway.manual_time AS SELECT 0::bigint AS instant;
ALTER FUNCTION gateway.gateway_now() RENAME TO servers_now;
CREATE FUNCTION gateway.gateway_now() RETURNS bigint LANGUAGE sql VOLATILE
  AS 'SELECT instant FROM gateway.manual_time'`;

/** As a new database is: making the schema anew takes longer than most tests. */
const EMPTY = `
DROP FUNCTION gateway.gateway_now();
DROP TABLE gateway.manual_time;
ALTER FUNCTION gateway.servers_now() RENAME TO gateway_now;
SET session_replication_role = replica;
DO $$ DECLARE name text; BEGIN
  FOR name IN SELECT tablename FROM pg_tables WHERE schemaname = 'gateway' AND tablename <> 'schema_version' LOOP
    EXECUTE format('DELETE FROM gateway.%I', name);
  END LOOP;
  FOR name IN SELECT sequencename FROM pg_sequences WHERE schemaname = 'gateway' LOOP
    EXECUTE format('ALTER SEQUENCE gateway.%I RESTART', name);
  END LOOP;
END $$`;

/** A clock that moves the server's time: what was set is there before the next call of the store. */
class ServersManualClock extends ManualClock {
  private arrived: Promise<unknown> | null = null;

  constructor(private readonly client: Client) {
    super();
  }

  override set(instant: number): void {
    super.set(instant);
    this.arrived = null;
  }

  arrive(): Promise<unknown> {
    this.arrived ??= this.client.query('UPDATE gateway.manual_time SET instant = $1', [this.now()]);
    return this.arrived;
  }
}

/** Databases of tests that ended, empty again. */
const free: string[] = [];

/** An empty store on PostgreSQL, in a database of its own on the shared server, with a time that stands still. */
export async function postgresFixture(): Promise<StoreFixture & { readonly databaseUrl: string }> {
  const databaseUrl = free.pop() ?? (await (await sharedPostgres()).createDatabase());
  const store = await openStore({ databaseUrl, role: 'owner', clock: new ManualClock() });
  const client = new Client({ connectionString: databaseUrl });
  await client.connect();
  await client.query(HOLD_TIME_STILL);
  const clock = new ServersManualClock(client);
  const close = async () => {
    await store.close();
    await client.query(EMPTY);
    await client.end();
    free.push(databaseUrl);
  };
  return { databaseUrl, clock, store: { ...inTime(store, clock), clock }, soleOwner: false, close };
}

/** The store, each part of which waits for the clock to arrive before it does anything. */
function inTime(store: Store, clock: ServersManualClock): Store {
  const parts = Object.entries(store).map(([name, part]) => [name, isPort(part) ? waiting(part, clock) : part]);
  return { ...Object.fromEntries(parts), close: () => clock.arrive().then(() => store.close()) } as Store;
}

function isPort(part: unknown): part is object {
  return typeof part === 'object' && part !== null && !(part instanceof Promise);
}

function waiting<P extends object>(port: P, clock: ServersManualClock): P {
  return new Proxy(port, {
    get: (target, name) => {
      const member: unknown = Reflect.get(target, name);
      if (typeof member !== 'function') return member;
      return async (...values: unknown[]) => {
        await clock.arrive();
        return member.apply(target, values) as unknown;
      };
    },
  });
}
