import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { SystemClock } from '../../src/kernel/clock.js';
import { openStore } from '../../src/outbox/open-store.js';
import type { Store } from '../../src/outbox/store.js';
import { awaited } from '../outbox/support/receipts.js';
import { GatewayProcess } from '../support/gateway-process.js';
import { sharedPostgres } from '../support/postgres-server.js';
import { contextOf } from './support/contexts.js';
import { RIGHT } from './support/receiver-app.js';

const EVENTS = 60;
/** So many are answered before the process is killed, with the others under way. */
const ANSWERED_FIRST = 20;

/** Nobody answers there: nothing is delivered, and nothing needs to be. */
const AWAY = {
  DATAVERSE_URL: 'https://127.0.0.1:9',
  AZURE_AUTHORITY_HOST: 'https://127.0.0.1:9',
  AZURE_TENANT_ID: '11111111-2222-4333-8444-555555555555',
  AZURE_CLIENT_ID: 'aaaaaaaa-0000-4000-8000-000000000001',
  AZURE_CLIENT_SECRET: 'unused',
};

let folder: string;
let settings: Readonly<Record<string, string>>;
let gateway: GatewayProcess | null = null;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'gateway-'));
  const file = join(folder, 'hook-auth.json');
  await writeFile(file, JSON.stringify({ kind: 'http-header', headers: RIGHT }), { mode: 0o600 });
  settings = { ...AWAY, HOOK_AUTH_FILE: file };
});
afterEach(async () => {
  await gateway?.kill();
  await rm(folder, { recursive: true });
});

async function inStore<T>(databaseUrl: string, work: (store: Store) => Promise<T>): Promise<T> {
  const store = await openStore({ databaseUrl, role: 'guest', clock: new SystemClock() });
  return work(store).finally(() => store.close());
}

async function deliveredEvents(databaseUrl: string): Promise<readonly string[]> {
  return inStore(databaseUrl, async (store) => {
    const ids: string[] = [];
    for (let n = 0; n < EVENTS; n++) ids.push(await awaited(store));
    return ids;
  });
}

async function isConfirmed(store: Store, id: string): Promise<boolean> {
  return (await store.outbox.find(id))?.confirmedAt !== null;
}

/** Posts a context of each event at once, kills the process as soon as some are answered; tells which ones were. */
async function killWhileConfirming(process: GatewayProcess, ids: readonly string[]): Promise<readonly string[]> {
  const answered: string[] = [];
  const posts = ids.map(async (id) => {
    const body = JSON.stringify(contextOf(id));
    const { status } = await fetch(`${process.url}/hooks/dataverse`, { method: 'POST', headers: RIGHT, body });
    if (status !== 204) return;
    answered.push(id);
    if (answered.length === ANSWERED_FIRST) await process.kill();
  });
  await Promise.allSettled(posts);
  return answered;
}

async function expectKept(databaseUrl: string): Promise<void> {
  const ids = await deliveredEvents(databaseUrl);
  gateway = await GatewayProcess.start({ ...settings, DATABASE_URL: databaseUrl });

  const answered = await killWhileConfirming(gateway, ids);

  expect(answered.length).toBeGreaterThanOrEqual(ANSWERED_FIRST);
  expect((await gateway.exited).signal).toBe('SIGKILL');
  await inStore(databaseUrl, async (store) => {
    for (const id of answered) expect(await isConfirmed(store, id)).toBe(true);
  });
}

describe('a gateway that is killed right after it answered 204', () => {
  it('has confirmed on SQLite whatever it said so of', () => expectKept(`sqlite:${join(folder, 'gateway.db')}`));

  it('has confirmed on PostgreSQL whatever it said so of', async () => {
    const server = await sharedPostgres();
    const databaseUrl = await server.createDatabase();
    await expectKept(databaseUrl).finally(() => server.dropDatabase(databaseUrl));
  });

  it('goes on with the repeat that Dataverse sends to the next one', async () => {
    const databaseUrl = `sqlite:${join(folder, 'gateway.db')}`;
    const ids = await deliveredEvents(databaseUrl);
    gateway = await GatewayProcess.start({ ...settings, DATABASE_URL: databaseUrl });
    await killWhileConfirming(gateway, ids);
    gateway = await GatewayProcess.start({ ...settings, DATABASE_URL: databaseUrl });

    expect(await killWhileConfirming(gateway, ids.slice(0, ANSWERED_FIRST - 1))).toHaveLength(ANSWERED_FIRST - 1);

    expect(await gateway.stop()).toBe(0);
    await inStore(databaseUrl, async (store) => {
      for (const id of ids.slice(0, ANSWERED_FIRST - 1)) expect(await isConfirmed(store, id)).toBe(true);
    });
  });
});
