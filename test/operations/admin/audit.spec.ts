import { mkdtemp, rm } from 'node:fs/promises';
import { hostname, tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { SystemClock } from '../../../src/kernel/clock.js';
import { openStore } from '../../../src/outbox/open-store.js';
import type { Store } from '../../../src/outbox/store.js';
import { runCli } from '../../cli/support/run-cli.js';
import { type Caller, expectProblem } from '../../ingest/support/caller.js';
import { type AdminApp, startAdminApp } from './support/admin-app.js';
import { eventIn } from './support/ended-events.js';

const TYPE = 'type:CustomerPurchase';
const JSON_TYPE = { 'Content-Type': 'application/json' };

describe('the audit over HTTP', () => {
  let app: AdminApp;
  let chief: Caller;
  beforeAll(async () => {
    app = await startAdminApp();
    chief = await app.client('chief', { operator: true });
  });
  afterAll(() => app.close());

  const DEEDS: readonly (readonly [string, () => Promise<{ subject: string }>, string | null])[] = [
    ['event.replay', () => post('dead', 'replay', { reason: 'why' }), 'why'],
    ['event.replay', () => post('delivered', 'replay', { force: true }), 'forced'],
    ['event.cancel', () => post('pending', 'cancel', {}), null],
    ['gate.pause', () => change({ paused: true, reason: 'why' }), 'why'],
    ['gate.resume', () => change({ paused: false }), null],
  ];

  async function post(status: 'dead' | 'delivered' | 'pending', deed: string, body: object) {
    const subject = await eventIn(app.store, status);
    expect((await chief.post(`/v1/events/${subject}/${deed}`, body)).status).toBe(200);
    return { subject };
  }

  async function change(body: object) {
    const answer = await chief.call('PUT', `/v1/gates/${encodeURIComponent(TYPE)}`, JSON_TYPE, JSON.stringify(body));
    expect(answer.status).toBe(200);
    return { subject: TYPE };
  }

  it.each(DEEDS)('has a line for every deed: %s', async (action, act, detail) => {
    const { subject } = await act();
    const { body } = await chief.get('/v1/audit?limit=1');
    expect(body.entries).toEqual([
      { sequence: expect.any(Number), at: expect.stringMatching(/Z$/), by: 'chief', action, subject, detail },
    ]);
  });

  it('is read page by page, the newest first, each line once', async () => {
    for (let n = 0; n < 7; n++)
      await app.store.audit.record({ by: 'x', action: 'store.backup', subject: `${n}`, detail: null });
    const pages = [(await chief.get('/v1/audit?limit=3')).body];
    for (let next = pages[0]?.next; typeof next === 'string'; next = pages.at(-1)?.next) {
      pages.push((await chief.get(`/v1/audit?limit=3&cursor=${next}`)).body);
    }
    const sequences = pages.flatMap(({ entries }) =>
      (entries as { sequence: number }[]).map(({ sequence }) => sequence),
    );
    expect(sequences).toEqual(sequences.toSorted((a, b) => b - a));
    expect(new Set(sequences).size).toBe((await app.store.audit.list({ before: null, limit: 200 })).length);
  });

  it.each([['limit=0'], ['cursor=x'], ['before=3'], ['by=chief']])('refuses %s', async (query) => {
    expectProblem(await chief.get(`/v1/audit?${query}`), 'invalid-parameter');
  });
});

describe('the audit of commands', () => {
  const by = `cli:${userInfo().username}@${hostname()}`;
  let folder: string;
  let databaseUrl: string;
  let store: Store;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'gateway-audit-'));
    databaseUrl = `sqlite:${join(folder, 'gateway.db')}`;
    store = await openStore({ databaseUrl, role: 'owner', clock: new SystemClock() });
  });
  afterEach(async () => {
    await store.close();
    await rm(folder, { recursive: true });
  });

  async function run(...args: readonly string[]): Promise<void> {
    const { exitCode, stderr } = await runCli(args, { environment: { DATABASE_URL: databaseUrl } });
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
  }

  /** Each deed, and the lines it leaves as "action subject detail", the newest first. */
  const DEEDS: readonly (readonly [string, () => Promise<readonly string[]>])[] = [
    [
      'events replay',
      async () => {
        const id = await eventIn(store, 'dead');
        await run('events', 'replay', id, '--reason', 'why');
        return [`event.replay ${id} why`];
      },
    ],
    [
      'events cancel',
      async () => {
        const id = await eventIn(store, 'pending');
        await run('events', 'cancel', id);
        return [`event.cancel ${id} null`];
      },
    ],
    [
      'events erase',
      async () => {
        const id = await eventIn(store, 'delivered');
        await run('events', 'erase', id, '--reason', 'request 17');
        return [`event.erase ${id} request 17`];
      },
    ],
    [
      'gates pause and resume',
      async () => {
        await run('gates', 'pause', TYPE, '--reason', 'upgrade');
        await run('gates', 'resume', TYPE, '--reason', 'done');
        return [`gate.resume ${TYPE} done`, `gate.pause ${TYPE} upgrade`];
      },
    ],
    [
      'clients create, rotate and revoke',
      async () => {
        await run('clients', 'create', 'till', '--publish', '*');
        await run('clients', 'rotate', 'till', '--keep-hours', '0');
        await run('clients', 'revoke', 'till');
        return ['client.revoke till', 'client.rotate till', 'client.create till'];
      },
    ],
    [
      'backup',
      async () => {
        await run('backup', join(folder, 'copy.db'));
        return [`store.backup ${join(folder, 'copy.db')}`];
      },
    ],
  ];

  it.each(DEEDS)('has a line for every deed: %s', async (_deed, act) => {
    const expected = await act();
    const entries = await store.audit.list({ before: null, limit: expected.length });
    expect(entries.map(({ by: who }) => who)).toEqual(expected.map(() => by));
    const lines = entries.map(({ action, subject, detail }) => `${action} ${subject} ${detail}`);
    for (const [index, line] of lines.entries()) expect(line.startsWith(expected[index] ?? '?')).toBe(true);
  });
});
