import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { until } from '../support/until.js';
import { runCli } from './support/run-cli.js';
import { type ScriptedAnswer, type ScriptedGateway, startScriptedGateway } from './support/scripted-gateway.js';

const ACCEPTED: ScriptedAnswer = { status: 202, body: {} };

let folder: string;
let keyFile: string;
let gateway: ScriptedGateway;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'gateway-send-'));
  keyFile = join(folder, 'key');
  await writeFile(keyFile, 'beg_a_key');
});
afterAll(() => rm(folder, { recursive: true }));
afterEach(() => gateway.close());

async function send(script: readonly ScriptedAnswer[], args: readonly string[] = [], interruption?: AbortSignal) {
  gateway = await startScriptedGateway(script);
  const line = ['send', 'CustomerPurchase', '--url', gateway.url, '--key-file', keyFile, '--json', ...args];
  const run = await runCli(line, interruption === undefined ? {} : { interruption });
  return { ...run, summary: JSON.parse(run.stdout) as Record<string, unknown> };
}

describe('an event without an answer that counts', () => {
  it.each<[string, ScriptedAnswer]>([
    ['a cut connection', 'drop'],
    ['500', { status: 500 }],
    ['503', { status: 503, headers: { 'Retry-After': '0' } }],
    ['408', { status: 408 }],
    ['429', { status: 429, headers: { 'Retry-After': '0' } }],
  ])('is sent again after %s, with the same key', async (_what, failure) => {
    const { exitCode, summary } = await send([failure, ACCEPTED]);

    expect(exitCode).toBe(0);
    expect(summary).toMatchObject({ sent: 1, accepted: 1, unanswered: 0 });
    expect(gateway.bodies).toHaveLength(2);
    expect(gateway.bodies[1]).toBe(gateway.bodies[0]);
    expect(gateway.headers.every((headers) => headers['idempotency-key'] === undefined)).toBe(true);
  });

  it('waits as long as Retry-After says', async () => {
    const { summary } = await send([{ status: 503, headers: { 'Retry-After': '1' } }, ACCEPTED]);

    expect(summary.durationMs).toBeGreaterThanOrEqual(990);
  });

  it('is given up after six tries: exit code 1, and the advice to send it again', async () => {
    const { exitCode, stderr, summary } = await send([{ status: 503, headers: { 'Retry-After': '0' } }]);

    expect(exitCode).toBe(1);
    expect(summary).toMatchObject({ accepted: 0, unanswered: 1, lastFailure: 'status 503', p50Ms: null });
    expect(stderr).toContain('send the same file again');
    expect(gateway.bodies).toHaveLength(6);
  });
});

describe('a gateway that has no room', () => {
  const FULL: ScriptedAnswer = {
    status: 503,
    headers: { 'Retry-After': '2' },
    body: { type: '/problems/storage-full', title: 'There is no room for new events', status: 503 },
  };

  it('is told of while it is waited for', async () => {
    const { exitCode, stderr } = await send([FULL, ACCEPTED]);

    expect({ exitCode, stderr }).toEqual({
      exitCode: 0,
      stderr: 'The gateway: 503 storage-full: There is no room for new events. Trying again in 2 s.\n',
    });
  });

  it('is told of in the end, in its own words', async () => {
    const { exitCode, stderr, summary } = await send([{ ...FULL, headers: { 'Retry-After': '0' } }]);

    expect({ exitCode, stderr }).toEqual({
      exitCode: 1,
      stderr: expect.stringContaining(
        'not known to be stored (last: 503 storage-full: There is no room for new events); send the same file again',
      ),
    });
    expect(summary).toMatchObject({ lastFailure: '503 storage-full: There is no room for new events' });
  });
});

describe('an event with an answer', () => {
  it.each([400, 401, 403, 404, 413, 422])('is not sent again after %i', async (status) => {
    const { exitCode, summary } = await send([
      { status, body: { title: 'No', detail: 'because', errors: [] } },
      ACCEPTED,
    ]);

    expect(exitCode).toBe(3);
    expect(summary).toMatchObject({ refused: 1, refusals: [{ status, title: 'No', detail: 'because', count: 1 }] });
    expect(gateway.bodies).toHaveLength(1);
  });

  it('is known for a repeat by the header that says so', async () => {
    const { summary } = await send([{ status: 202, headers: { 'Idempotency-Replayed': 'true' } }]);

    expect(summary).toMatchObject({ accepted: 0, repeated: 1 });
  });

  it('may come from something that is no gateway', async () => {
    const { exitCode, summary } = await send([{ status: 404, body: 'a page' }]);

    expect(exitCode).toBe(3);
    expect(summary).toMatchObject({ refusals: [{ status: 404, title: 'an answer that is not from a gateway' }] });
  });

  it('is not followed elsewhere, key and all', async () => {
    const { exitCode, summary } = await send([{ status: 307, headers: { Location: 'http://127.0.0.1:1/' } }]);

    expect(exitCode).toBe(3);
    expect(summary).toMatchObject({ refusals: [{ status: 307 }] });
    expect(gateway.bodies).toHaveLength(1);
  });
});

describe('an interruption', () => {
  it('ends at once what would take long, and says what was not sent', async () => {
    const interruption = new AbortController();
    const before = gateway;
    const running = send([ACCEPTED], ['--count', '1000', '--rate', '5'], interruption.signal);
    await until(() => gateway !== before && gateway.bodies.length > 0);

    interruption.abort();
    const { exitCode, stderr, summary } = await running;

    expect(exitCode).toBe(1);
    expect(summary.sent).toBeLessThan(200);
    expect(stderr).toContain('events were not sent');
  });
});
