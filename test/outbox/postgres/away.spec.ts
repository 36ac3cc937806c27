import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { Client } from 'pg';
import { SystemClock } from '../../../src/kernel/clock.js';
import type { NewEvent } from '../../../src/outbox/event-record.js';
import { openStore } from '../../../src/outbox/open-store.js';
import type { Store } from '../../../src/outbox/store.js';
import { type OwnPostgresServer, startPostgres } from '../../support/postgres-server.js';
import { until } from '../../support/until.js';
import { accept, newEvent } from '../support/events.js';

describe('a PostgreSQL server that goes away', () => {
  let server: OwnPostgresServer;
  let databaseUrl: string;
  let store: Store;
  beforeAll(async () => {
    server = await startPostgres();
  });
  afterAll(() => server.leave());
  beforeEach(async () => {
    databaseUrl = await server.createDatabase();
    store = await openStore({ databaseUrl, role: 'owner', clock: new SystemClock() });
  });
  afterEach(() => store.close());

  it.each([
    ['is restarted', () => server.restart()],
    ['is killed', () => server.kill().then(() => server.start())],
    ['cuts every connection', cutConnections],
  ])('loses nothing it vouched for and doubles nothing, when it %s in the middle of appends', async (_, disturb) => {
    const load = new Load(store);
    const loading = load.run();
    await until(() => load.accepted.size > 200);
    await disturb();
    const before = load.accepted.size;
    await until(() => load.accepted.size > before + 200);
    load.stop();
    await loading;
    expect(load.refusals.filter((code) => !['storage-not-stored', 'storage-unknown'].includes(code))).toEqual([]);
    const stored = await storedIds();
    expect([...load.accepted].filter((id) => !stored.includes(id))).toEqual([]);
    expect(stored.filter((id) => !load.accepted.has(id))).toEqual([]);
    const { counts } = await store.outbox.measure();
    expect(counts).toEqual([{ type: 'CustomerPurchase', status: 'pending', count: stored.length }]);
  });

  it('says not stored while it is away, at once, and works again when it is back', async () => {
    await accept(store, {});
    await server.stop();
    const began = performance.now();
    for (let n = 0; n < 20; n += 1) {
      await expect(store.outbox.append([newEvent()])).rejects.toMatchObject({ code: 'storage-not-stored' });
    }
    // Twenty attempts to connect that time out would take minutes.
    expect(performance.now() - began).toBeLessThan(10_000);
    await expect(store.outbox.measure()).rejects.toMatchObject({ code: 'storage-not-stored' });
    await server.start();
    await until(() => isWorking());
  });

  it('is heard again after it came back', async () => {
    const other = await openStore({ databaseUrl, role: 'owner', clock: new SystemClock() });
    let hints = 0;
    await server.restart();
    await until(() => isWorking());
    store.subscribe(() => {
      hints += 1;
    });
    await until(async () => {
      await accept(other, {}).catch(() => []);
      return hints > 0;
    });
    await other.close();
  });

  it('never makes the process stop', async () => {
    let hasFailed = false;
    void store.failed.then(() => {
      hasFailed = true;
    });
    await server.kill();
    await expect(store.outbox.append([newEvent()])).rejects.toMatchObject({ name: 'StorageError' });
    await server.start();
    await until(() => isWorking());
    expect(hasFailed).toBe(false);
  });

  it('makes the process stop where another schema came back', async () => {
    await accept(store, {});
    await query('UPDATE gateway.schema_version SET version = 99');
    await cutConnections();
    let hasFailed = false;
    void store.failed.then(() => {
      hasFailed = true;
    });
    await until(() =>
      store.outbox.measure().then(
        () => false,
        () => hasFailed,
      ),
    );
    expect((await store.failed).message).toContain('schema version 99');
  });

  async function isWorking(): Promise<boolean> {
    return (await accept(store, {}).catch(() => [])).length === 1;
  }

  async function storedIds(): Promise<readonly string[]> {
    return (await query('SELECT id FROM gateway.event')).map(({ id }) => id);
  }

  function cutConnections(): Promise<unknown> {
    return query(CUT);
  }

  async function query(sql: string): Promise<readonly { readonly id: string }[]> {
    const client = new Client({ connectionString: databaseUrl });
    await client.connect();
    try {
      return (await client.query<{ id: string }>(sql)).rows;
    } finally {
      await client.end();
    }
  }
});

const CUT = `SELECT pg_terminate_backend(pid) FROM pg_stat_activity
  WHERE datname = current_database() AND pid <> pg_backend_pid()`;

/** Senders that repeat on any error with the same key until they hear that it was accepted. */
class Load {
  readonly accepted = new Set<string>();
  readonly refusals: string[] = [];
  private isStopped = false;

  constructor(private readonly store: Store) {}

  stop(): void {
    this.isStopped = true;
  }

  async run(): Promise<void> {
    await Promise.all(Array.from({ length: 8 }, () => this.send()));
  }

  private async send(): Promise<void> {
    while (!this.isStopped) {
      const event = newEvent();
      while (!(await this.isAccepted(event)));
    }
  }

  private async isAccepted(event: NewEvent): Promise<boolean> {
    try {
      const [result] = await this.store.outbox.append([event]);
      if (result !== undefined) this.accepted.add(result.id);
      return true;
    } catch (error) {
      this.refusals.push(error instanceof Error && 'code' in error ? String(error.code) : String(error));
      return new Promise((resolve) => setImmediate(() => resolve(false)));
    }
  }
}
