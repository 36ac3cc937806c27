import { Client } from 'pg';
import type { Store, StoreRole } from '../store.js';
import { checkServer } from './check-server.js';
import { applySettings, clientConfig } from './connection-settings.js';
import { Database } from './database.js';
import { Hints } from './hints.js';
import { migrate } from './migrate.js';
import { MIGRATIONS } from './migrations.js';
import { PostgresArchive } from './postgres-archive.js';
import { PostgresAuditStore } from './postgres-audit-store.js';
import { PostgresClientStore } from './postgres-client-store.js';
import { PostgresGateStore } from './postgres-gate-store.js';
import { PostgresHousekeeping } from './postgres-housekeeping.js';
import { PostgresOperatorActions } from './postgres-operator-actions.js';
import { PostgresOutbox } from './postgres-outbox.js';
import { PostgresReceiptStore } from './postgres-receipt-store.js';
import { PostgresUserLeases } from './postgres-user-leases.js';
import { readServerClock } from './read-server-clock.js';
import { takeWork } from './take-work.js';
import { whyUnusable } from './why-unusable.js';

/** Where the database is, who opens it, and whether a server that may lose what it committed is accepted. */
export interface PostgresOptions {
  readonly databaseUrl: string;
  readonly role: StoreRole;
  /** Whether no gateway may work on it meanwhile. */
  readonly alone: boolean;
  readonly allowFsyncOff: boolean;
}

/**
 * Opens a database on a server, creating or migrating the schema `gateway` where that is needed; a guest migrates only
 * while no gateway works on it. Rejects with `StoreUnusableError`. Any number of processes may have it open; the server's clock is the store's.
 */
export async function openPostgresStore(options: PostgresOptions): Promise<Store> {
  const { databaseUrl, role, alone } = options;
  try {
    const first = await prepare(options);
    try {
      const database = new Database(databaseUrl, role);
      const clock = await readServerClock(database);
      const store = assemble({ database, clock, hints: await startHints(options, database) });
      if (alone) return { ...store, close: () => store.close().finally(() => first.end()) };
      // A gateway already has the right to work, on its listening connection.
      await first.end();
      return store;
    } catch (error) {
      await first.end();
      throw error;
    }
  } catch (error) {
    throw whyUnusable(databaseUrl, error);
  }
}

/**
 * Over a connection of its own, before there is a pool: checks that the server can be used, that the schema exists, and
 * that no other work excludes ours. The returned connection holds the right to work.
 */
async function prepare({ databaseUrl, role, alone, allowFsyncOff }: PostgresOptions): Promise<Client> {
  const client = new Client({ ...clientConfig(databaseUrl, role), query_timeout: 0 });
  // A broken connection is reported by the query that was under way.
  client.on('error', () => {});
  try {
    await client.connect();
    await applySettings(client);
    await checkServer(client, allowFsyncOff);
    if (role === 'owner') await takeWork(client, alone);
    await migrate(client, MIGRATIONS, { role });
    return client;
  } catch (error) {
    await client.end();
    throw error;
  }
}

/** A command does not listen. */
async function startHints({ databaseUrl, role, alone }: PostgresOptions, database: Database): Promise<Hints> {
  const hints = new Hints({
    connect: role === 'owner' && !alone ? () => new Client(clientConfig(databaseUrl, role)) : null,
    tell: (channel, payload) => database.notify(channel, payload),
  });
  await hints.listen();
  return hints;
}

interface Parts {
  readonly database: Database;
  readonly clock: Awaited<ReturnType<typeof readServerClock>>;
  readonly hints: Hints;
}

function assemble({ database, clock, hints }: Parts): Store {
  return {
    outbox: new PostgresOutbox(database, hints),
    actions: new PostgresOperatorActions(database, hints),
    housekeeping: new PostgresHousekeeping(database),
    gates: new PostgresGateStore(database, hints),
    clients: new PostgresClientStore(database),
    audit: new PostgresAuditStore(database),
    userLeases: new PostgresUserLeases(database, hints),
    receipts: new PostgresReceiptStore(database, hints),
    archive: new PostgresArchive(database),
    clock,
    failed: database.failed,
    subscribe: (listener) => hints.subscribe(listener),
    freeBytes: async () => null,
    close: () =>
      keepingAlive(async () => {
        clock.stop();
        await hints.close();
        await database.close();
      }),
  };
}

/** Idle connections keep no process alive, but a process that closes them waits for their end. */
async function keepingAlive(work: () => Promise<void>): Promise<void> {
  const timer = setInterval(() => {}, 60_000);
  try {
    await work();
  } finally {
    clearInterval(timer);
  }
}
