import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Gateway } from '../../src/gateway.js';
import { createLogger } from '../../src/operations/log/logger.js';
import { readSettings } from '../../src/settings/read-settings.js';
import { createEnvironment, type Environment } from '../support/environment.js';
import { runCli } from './support/run-cli.js';

const PURCHASE = {
  purchaseId: 'P-1',
  occurredAt: '2026-11-22T10:00:00Z',
  storeId: 'store-017',
  totalAmount: '24.85',
  currencyCode: 'EUR',
};

interface JsonSummary {
  readonly event: string;
  readonly sent: number;
  readonly accepted: number;
  readonly repeated: number;
  readonly refused: number;
  readonly unanswered: number;
  readonly durationMs: number;
  readonly p50Ms: number;
  readonly p99Ms: number;
  readonly refusals: readonly { readonly status: number; readonly count: number; readonly errors: unknown }[];
}

let environment: Environment;
let gateway: Gateway;
let keyFile: string;

beforeAll(async () => {
  environment = await createEnvironment();
  const settings = readSettings({ ...environment.settings, PORT: '0', HOST: '127.0.0.1' });
  const logger = createLogger({ level: 'silent', to: 'stderr' });
  gateway = await Gateway.start({ settings, logger, ca: environment.emulator.caCertificate });
  keyFile = await file('key', `${await environment.createClient('till')}\n`);
});
afterAll(async () => {
  await gateway.stop(1000);
  await environment.remove();
});

async function file(name: string, content: string): Promise<string> {
  const path = join(environment.folder, name);
  await writeFile(path, content);
  return path;
}

async function send(...args: readonly string[]) {
  const { exitCode, stdout, stderr } = await runCli([
    'send',
    ...args,
    '--url',
    gateway.url,
    '--key-file',
    keyFile,
    '--json',
  ]);
  return { exitCode, stderr, summary: JSON.parse(stdout) as JsonSummary };
}

describe('send', () => {
  it.each(['CustomerPurchase', 'customer-purchase', 'VendorPaymentPosted'])(
    'sends the example of %s, each time with a fresh business key',
    async (event) => {
      const before = environment.emulator.receivedCount;

      const { exitCode, stderr, summary } = await send(event, '--count', '20');

      expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
      expect(summary).toMatchObject({ sent: 20, accepted: 20, repeated: 0, refused: 0, unanswered: 0, refusals: [] });
      expect(summary.p50Ms).toBeGreaterThan(0);
      expect(summary.p99Ms).toBeGreaterThanOrEqual(summary.p50Ms);
      await environment.emulator.whenReceived(before + 20);
    },
  );

  it('keeps to a rate', async () => {
    const { summary } = await send('CustomerPurchase', '--count', '6', '--rate', '20');

    expect(summary.accepted).toBe(6);
    expect(summary.durationMs).toBeGreaterThanOrEqual(245);
    expect(summary.durationMs).toBeLessThan(10_000);
  });

  it.each([
    ['one object', 'object', JSON.stringify({ ...PURCHASE, purchaseId: 'F-1' }, null, 2), 1],
    ['an array', 'array', JSON.stringify(['F-2', 'F-3'].map((purchaseId) => ({ ...PURCHASE, purchaseId }))), 2],
    [
      'JSON lines',
      'lines',
      ['F-4', 'F-5', 'F-6'].map((id) => JSON.stringify({ ...PURCHASE, purchaseId: id })).join('\n\n'),
      3,
    ],
  ])('sends %s from a file, and knows them when they are sent again', async (_form, name, content, count) => {
    const path = await file(name, content);

    expect((await send('CustomerPurchase', '--file', path)).summary).toMatchObject({ accepted: count, repeated: 0 });

    const again = await send('CustomerPurchase', '--file', path);
    expect(again).toMatchObject({ exitCode: 0, summary: { accepted: 0, repeated: count } });
  });

  it('ends with 3 when an event was refused, sends the others, and tells where the fault is', async () => {
    const events = [{ ...PURCHASE, purchaseId: 'M-1' }, { ...PURCHASE, purchaseId: 'M-2', totalAmount: 'much' }, {}];
    const path = await file('mixed.json', JSON.stringify(events));

    const { exitCode, stderr, summary } = await send('CustomerPurchase', '--file', path);

    expect(exitCode).toBe(3);
    expect(stderr).toBe('2 of 3 events were refused: not stored.\n');
    expect(summary).toMatchObject({ accepted: 1, refused: 2 });
    expect(summary.refusals).toContainEqual(
      expect.objectContaining({
        status: 400,
        count: 1,
        errors: [expect.objectContaining({ pointer: '/totalAmount' })],
      }),
    );
  });

  it('sums up for a person, with each kind of refusal once', async () => {
    const path = await file(
      'bad.json',
      JSON.stringify([
        { ...PURCHASE, totalAmount: 'x' },
        { ...PURCHASE, totalAmount: 'y' },
      ]),
    );

    const { exitCode, stdout } = await runCli([
      ...['send', 'CustomerPurchase', '--file', path],
      ...['--url', gateway.url, '--key-file', keyFile],
    ]);

    expect(exitCode).toBe(3);
    expect(stdout).toContain('accepted 0, repeated 0, refused 2, without an answer 0');
    expect(stdout.match(/refused 2 with 400/g)).toHaveLength(1);
    expect(stdout).toContain('/totalAmount ');
  });

  it('ends with 3 when the key is not valid, without showing it', async () => {
    const path = await file('wrong', 'beg_marker_of_a_wrong_key');

    const { exitCode, stdout, stderr } = await runCli([
      ...['send', 'CustomerPurchase', '--url', `${gateway.url}/`, '--key-file', path],
    ]);

    expect(exitCode).toBe(3);
    expect(stdout).toContain('refused 1 with 401');
    expect(stdout + stderr).not.toContain('beg_marker');
  });
});

describe('what send cannot use', () => {
  it.each([
    ['a file that is missing', 'none', null, 'cannot be read (ENOENT)'],
    ['text that is no JSON', 'text', 'marker of content', 'line 1 is not a JSON object'],
    ['a list of numbers', 'numbers', '[1]', 'item 0 is not a JSON object'],
    ['a broken line among good ones', 'broken', '{}\n{"a":\n', 'line 2 is not a JSON object'],
  ])('is told: %s', async (_what, name, content, expected) => {
    const path = content === null ? join(environment.folder, name) : await file(name, content);

    const { exitCode, stderr } = await runCli(['send', 'CustomerPurchase', '--file', path]);

    expect(exitCode).toBe(2);
    expect(stderr).toContain(expected);
    expect(stderr).not.toContain('marker of content');
  });

  it.each([
    ['an event type nobody knows', ['Purchase'], 'Known: '],
    ['an address of no gateway', ['CustomerPurchase', '--url', 'ftp://x', '--key-file', '/dev/null'], 'is empty'],
    ['a key put in place of its file', ['CustomerPurchase', '--key-file', 'beg_marker'], 'cannot be read (ENOENT)'],
  ])('is told: %s', async (_what, args, expected) => {
    const { exitCode, stderr } = await runCli(['send', ...args]);

    expect(exitCode).toBe(2);
    expect(stderr).toContain(expected);
    expect(stderr).not.toContain('beg_marker');
  });
});
