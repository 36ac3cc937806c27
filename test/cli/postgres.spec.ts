import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { SystemClock } from '../../src/kernel/clock.js';
import type { ApiKeyRecord } from '../../src/outbox/client-store.js';
import { openStore } from '../../src/outbox/open-store.js';
import type { Store } from '../../src/outbox/store.js';
import { eventIn, eventsIn } from '../operations/admin/support/ended-events.js';
import { type PostgresServer, sharedPostgres } from '../support/postgres-server.js';
import { type CliRun, runCli } from './support/run-cli.js';

const TYPE = 'type:CustomerPurchase';

let server: PostgresServer;
let databaseUrl: string;
let folder: string;

beforeEach(async () => {
  server = await sharedPostgres();
  databaseUrl = await server.createDatabase();
  folder = await mkdtemp(join(tmpdir(), 'gateway-cli-'));
});
afterEach(async () => {
  await server.dropDatabase(databaseUrl);
  await rm(folder, { recursive: true });
});

async function inStore<T>(url: string, work: (store: Store) => Promise<T>): Promise<T> {
  const store = await openStore({ databaseUrl: url, role: 'owner', clock: new SystemClock() });
  return work(store).finally(() => store.close());
}

function run(...args: readonly string[]): Promise<CliRun> {
  return runCli(args, { environment: { DATABASE_URL: databaseUrl } });
}

describe('commands on PostgreSQL', () => {
  it('list, replay and cancel events, beside a gateway', () =>
    inStore(databaseUrl, async (store) => {
      const [first = '', second = ''] = await eventsIn(store, 'dead', [{ key: 'a' }, { key: 'b' }]);
      const { stdout } = await run('events', 'list', '--status', 'dead', '--json');
      expect((JSON.parse(stdout) as { events: { id: string }[] }).events.map(({ id }) => id)).toEqual([second, first]);

      expect(await run('events', 'cancel', first)).toMatchObject({ exitCode: 0 });
      expect(await run('events', 'replay', '--status', 'dead', '--yes')).toMatchObject({
        exitCode: 0,
        stdout: '1 event was replayed.\n',
      });

      expect([await store.outbox.find(first), await store.outbox.find(second)]).toMatchObject([
        { status: 'cancelled' },
        { status: 'pending' },
      ]);
    }));

  it('pause and resume gates beside a gateway', () =>
    inStore(databaseUrl, async (store) => {
      expect(await run('gates', 'pause', TYPE, '--reason', 'upgrade')).toMatchObject({ exitCode: 0 });
      expect(await store.gates.list()).toMatchObject([{ name: TYPE, pause: { reason: 'upgrade' } }]);
      expect(await run('gates', 'resume', TYPE)).toMatchObject({ exitCode: 0 });
      const actions = (await store.audit.list({ before: null, limit: 2 })).map(({ action }) => action);
      expect(actions).toEqual(['gate.resume', 'gate.pause']);
    }));

  it.each([-600_000, 600_000])('end keys by the clock of the server, where their own is %i ms off', (offMs) =>
    inStore(databaseUrl, async (store) => {
      await run('clients', 'create', 'till', '--publish', '*');
      await withClockOff(offMs, () => run('clients', 'rotate', 'till', '--keep-hours', '1'));
      const [first, second] = await keysOf(store);
      expect(second?.createdAt).toBeGreaterThan(first?.createdAt ?? 0);
      const keptMs = (first?.expiresAt ?? 0) - store.clock.now();
      expect([keptMs > 3_500_000, keptMs <= 3_600_000]).toEqual([true, true]);
      expect(second?.expiresAt).toBeNull();

      await withClockOff(offMs, () => run('clients', 'revoke', 'till'));
      const ends = (await keysOf(store)).map(({ expiresAt }) => expiresAt ?? Number.POSITIVE_INFINITY);
      expect(ends.filter((end) => end > store.clock.now() + 1_000)).toEqual([]);
    }),
  );

  it('make no backup: the server has its own tools', async () => {
    await inStore(databaseUrl, (store) => eventIn(store, 'pending'));
    expect(await run('backup', join(folder, 'copy.db'))).toMatchObject({
      exitCode: 3,
      stderr: expect.stringContaining('pg_dump'),
    });
  });

  it('say that the server is away, without its password', async () => {
    const away = 'postgres://gateway:s3cret@127.0.0.1:1/none';
    const { exitCode, stdout, stderr } = await runCli(['events', 'list'], { environment: { DATABASE_URL: away } });
    expect({ exitCode, stdout }).toEqual({ exitCode: 1, stdout: '' });
    expect(stderr).not.toContain('s3cret');
  });
});

describe('store copy', () => {
  it('moves a store to PostgreSQL and back, whole', async () => {
    const [source, back] = [`sqlite:${join(folder, 'source.db')}`, `sqlite:${join(folder, 'back.db')}`];
    const ids = await inStore(source, async (store) => {
      await eventsIn(store, 'delivered', [{ key: 'a' }, { key: 'b', data: '{"a":"\\u00e4 \ud83d\ude80"}' }]);
      await eventIn(store, 'dead', { type: 'VendorPaymentPosted', orderingKey: 'V-1', key: 'c' });
      await eventIn(store, 'pending', { type: 'VendorPaymentPosted', orderingKey: 'V-1', key: 'd' });
      return readAll(store);
    });
    await writeFile(join(folder, 'address'), databaseUrl);

    const there = await run('store', 'copy', source, `@${join(folder, 'address')}`, '--json');
    expect({ exitCode: there.exitCode, stderr: there.stderr }).toEqual({ exitCode: 0, stderr: '' });
    expect(await inStore(databaseUrl, readAll)).toEqual(ids);

    const again = await run('store', 'copy', `@${join(folder, 'address')}`, back);
    expect(again).toMatchObject({ exitCode: 0, stderr: '' });
    expect(await inStore(back, readAll)).toEqual(ids);
    expect(again.stdout).toMatch(/^4 events, /);
    const shown = await inStore(back, ({ audit }) => audit.list({ before: null, limit: 1 }));
    expect(shown[0]?.subject).toMatch(/^postgres:\/\/127\.0\.0\.1:\d+\/test_\w+$/);
  });
});

describe('store copy beside gateways on PostgreSQL', () => {
  it('is refused from and to a store that one of them works on, and changes nothing', () =>
    inStore(databaseUrl, async (store) => {
      await eventIn(store, 'pending');
      const [file, second] = [`sqlite:${join(folder, 'file.db')}`, await server.createDatabase()];
      await writeFile(join(folder, 'address'), databaseUrl);
      await writeFile(join(folder, 'second'), second);
      const refused = { exitCode: 3, stdout: '', stderr: expect.stringContaining('gateways work on it') };
      expect(await run('store', 'copy', `@${join(folder, 'address')}`, file)).toMatchObject(refused);
      await inStore(second, () =>
        expect(
          run('store', 'copy', `@${join(folder, 'second')}`, `@${join(folder, 'address')}`),
        ).resolves.toMatchObject(refused),
      );
      await inStore(file, async () => {});
      expect(await run('store', 'copy', file, `@${join(folder, 'address')}`)).toMatchObject(refused);
      await server.dropDatabase(second);
    }));

  it('keeps a gateway from starting until it has ended', async () => {
    const options = { databaseUrl, role: 'owner', clock: new SystemClock() } as const;
    const copying = await openStore({ ...options, alone: true });
    await expect(openStore(options)).rejects.toMatchObject({ code: 'store-in-use' });
    await expect(openStore({ ...options, alone: true })).rejects.toMatchObject({ code: 'store-in-use' });
    const command = await openStore({ ...options, role: 'guest' });
    await command.close();
    await copying.close();
    await inStore(databaseUrl, async () => {});
  });
});

async function keysOf({ clients }: Store): Promise<readonly ApiKeyRecord[]> {
  return (await clients.list()).flatMap(({ keys }) => keys);
}

/** The time of day of this process alone; the server's stays as it is. */
async function withClockOff(ms: number, work: () => Promise<CliRun>): Promise<void> {
  const { now } = Date;
  Date.now = () => now() + ms;
  try {
    expect(await work()).toMatchObject({ exitCode: 0 });
  } finally {
    Date.now = now;
  }
}

async function readAll({ outbox }: Store): Promise<readonly unknown[]> {
  const { events } = await outbox.list({ filter: {}, cursor: null, limit: 100 });
  return Promise.all(events.map(({ id }) => outbox.find(id)));
}
