import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { SystemClock } from '../../src/kernel/clock.js';
import { newEventId } from '../../src/kernel/ids.js';
import { openStore } from '../../src/outbox/open-store.js';
import type { Store } from '../../src/outbox/store.js';
import { type CliRun, runCli } from './support/run-cli.js';

const TYPE = 'CustomerPurchase';
const CONTENT = 'marker-of-the-content';

let folder: string;
let databaseUrl: string;
/** Held open by a gateway, beside which the commands work. */
let store: Store;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'gateway-cli-'));
  databaseUrl = `sqlite:${join(folder, 'gateway.db')}`;
  store = await openStore({ databaseUrl, role: 'owner', clock: new SystemClock() });
});
afterEach(async () => {
  await store.close();
  await rm(folder, { recursive: true });
});

function run(...args: readonly string[]): Promise<CliRun> {
  return runCli(args, { environment: { DATABASE_URL: databaseUrl } });
}

async function failedEvent(key = 'P-1'): Promise<string> {
  const id = newEventId();
  const data = JSON.stringify({ email: CONTENT });
  const facts = {
    version: 1,
    client: 'till',
    source: 'store-017',
    keyKind: 'business',
    key,
    orderingKey: null,
  } as const;
  await store.outbox.append([{ ...facts, id, type: TYPE, fingerprint: 'f', data, traceparent: null }]);
  const wanted = [{ type: TYPE, limit: 1 }];
  const [claimed] = await store.outbox.claim({
    kind: 'ordinary',
    owner: 'o',
    applicationUser: 'a',
    leaseMs: 30_000,
    limit: 1,
    wanted,
  });
  if (claimed === undefined) throw new Error('nothing was claimed');
  const counts = { ...claimed.counts, attempts: 1 };
  const attempt = {
    outcome: 'transient',
    counted: true,
    startedAt: Date.parse('2026-11-22T10:00:00Z'),
    durationMs: 12,
    applicationUser: 'a',
    httpStatus: 503,
    errorCode: null,
    detail: null,
    serviceRequestId: 'request-1',
  } as const;
  const settlement = { kind: 'retry', delayMs: 60_000, counts } as const;
  await store.outbox.settle([{ id, leaseToken: claimed.leaseToken, settlement, attempt }]);
  return id;
}

describe('events show', () => {
  it('answers in JSON as the API does', async () => {
    const id = await failedEvent();

    const { exitCode, stdout, stderr } = await run('events', 'show', id, '--json');

    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
    expect(JSON.parse(stdout)).toMatchObject({
      id,
      type: TYPE,
      status: 'pending',
      key: 'P-1',
      client: 'till',
      attemptCount: 1,
      links: { self: `/v1/events/${id}` },
    });
    expect(JSON.parse(stdout)).not.toHaveProperty('attempts');
  });

  it('adds the timeline on request', async () => {
    const { stdout } = await run('events', 'show', await failedEvent(), '--attempts', '--json');

    expect((JSON.parse(stdout) as { attempts: unknown[] }).attempts).toEqual([
      expect.objectContaining({
        number: 1,
        outcome: 'transient',
        httpStatus: 503,
        startedAt: '2026-11-22T10:00:00.000Z',
      }),
    ]);
  });

  it('is readable for a person, and never shows the content', async () => {
    const { stdout } = await run('events', 'show', await failedEvent(), '--attempts');

    expect(stdout).toMatch(/^status +pending$/m);
    expect(stdout).toMatch(/^1 +2026-11-22T10:00:00\.000Z +transient +12 ms +503 +- +\S+Z +a +request-1 +-$/m);
    expect(stdout).not.toContain(CONTENT);
  });

  it('keeps control characters of a key from the terminal', async () => {
    const { stdout } = await run('events', 'show', await failedEvent('a\u001b[2Jb'));

    expect(stdout).toMatch(/^key +a\?\[2Jb$/m);
  });

  it.each([
    ['an id of no event', newEventId()],
    ['what is no id', "' or 1=1"],
  ])('ends with 4 for %s', async (_what, id) => {
    expect(await run('events', 'show', id, '--json')).toMatchObject({ exitCode: 4, stdout: '' });
  });
});

describe('clients list', () => {
  it('says of a new store how its first client is made', async () => {
    const stderr = 'There is no client: `clients create` makes one.\n';
    expect(await run('clients', 'list')).toMatchObject({ exitCode: 0, stderr });
  });
});

describe('gates list', () => {
  it('is an empty list before anything went wrong', async () => {
    expect(JSON.parse((await run('gates', 'list', '--json')).stdout)).toEqual({ gates: [] });
    expect(await run('gates', 'list')).toMatchObject({ exitCode: 0, stderr: 'No gate was ever closed or paused.\n' });
  });

  it('tells state, cause, end and pause of every gate', async () => {
    const closedUntil = Date.parse('2099-01-01T00:00:00Z');
    const none = { recreation: null, unread: null, probe: null };
    const facts = { detail: 'status 429', closings: 1, ...none, changedAt: 1, revision: 1 } as const;
    const pause = { by: 'ops', reason: 'release', since: 0 };
    await store.gates.save({ ...facts, name: 'user:a', cause: 'throttled', closedUntil, pause: null }, null);
    const who = { customApi: 'contoso_B', process: 1, host: 'gone', at: 0 };
    const recreation = { ...who, wishedBy: [], executePrivilege: null, pause };
    const paused = { ...facts, name: 'type:B', cause: null, detail: null, closedUntil: null, pause };
    await store.gates.save({ ...paused, recreation }, null);

    const { gates } = JSON.parse((await run('gates', 'list', '--json')).stdout) as { gates: unknown[] };

    expect(gates).toHaveLength(2);
    expect(gates).toContainEqual(
      expect.objectContaining({
        name: 'user:a',
        state: 'closed',
        cause: 'throttled',
        closedUntil: '2099-01-01T00:00:00.000Z',
      }),
    );
    expect(gates).toContainEqual(
      expect.objectContaining({
        name: 'type:B',
        state: 'open',
        pause: { ...pause, since: '1970-01-01T00:00:00.000Z' },
      }),
    );
    const { stdout } = await run('gates', 'list');
    expect(stdout).toMatch(/^user:a +closed +throttled +2099-01-01T00:00:00\.000Z +- +status 429$/m);
    expect(stdout).toMatch(/^type:B +paused +- +- +by ops: release +-$/m);
  });
});
