import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { createEnvironment, type Environment } from '../support/environment.js';
import { RunningGateway } from '../support/running-gateway.js';
import { TcpProxy } from '../support/tcp-proxy.js';
import { until } from '../support/until.js';
import { readDocument } from './support/read-document.js';

const DOCUMENT = new URL('../../docs/offline-tills.md', import.meta.url);
/** For a whole test, and for a program in it, on a machine that does much else as well. */
const PATIENCE_MS = 90_000;
jest.setTimeout(PATIENCE_MS);
const SALES = 250;
/** Room for the sales of one test while those of the test before may still be counted. */
const BACKLOG_LIMIT = 600;
const GATE = `/v1/gates/${encodeURIComponent('type:CustomerPurchase')}`;

let environment: Environment;
let gateway: RunningGateway;
/** The line between the store and the gateway. */
let line: TcpProxy;
let till: string;
beforeAll(async () => {
  environment = await createEnvironment();
  gateway = await RunningGateway.start(environment, { BACKLOG_LIMIT: `${BACKLOG_LIMIT}` });
  line = await TcpProxy.start(() => ({ host: '127.0.0.1', port: Number(new URL(gateway.url).port) }));
});
afterAll(async () => {
  await line.stop();
  await gateway.stop();
  await environment.remove();
});
beforeEach(async () => {
  environment.emulator.reset();
  till = await mkdtemp(join(tmpdir(), 'till-'));
  await mkdir(join(till, 'queue'));
  for (const step of readDocument(await readFile(DOCUMENT, 'utf8')).steps) {
    if (step.kind === 'file') await writeFile(join(till, step.name), step.text);
  }
});
afterEach(async () => {
  line.mood = { kind: 'pass' };
  await pause(false);
  await rm(till, { recursive: true });
});

async function pause(paused: boolean): Promise<void> {
  await gateway.operate('PUT', GATE, { paused, reason: 'maintenance' });
}

function saleOf(key: string): object {
  return {
    purchaseId: key,
    occurredAt: '2026-11-22T10:00:00Z',
    storeId: 's',
    totalAmount: '1.00',
    currencyCode: 'EUR',
  };
}

async function sell(prefix: string, count: number): Promise<readonly string[]> {
  const keys = Array.from({ length: count }, (_, index) => `${prefix}-${String(index).padStart(4, '0')}`);
  for (const key of keys) await writeFile(join(till, 'queue', `${key}.json`), JSON.stringify(saleOf(key)));
  return keys;
}

/** A program of the document, as the till starts it. */
function start(command: string, file: string, apiKey = gateway.apiKey): ChildProcess {
  const { PATH = '' } = process.env;
  return spawn(command, [file], {
    cwd: till,
    env: { PATH, GATEWAY: `http://127.0.0.1:${line.port}`, API_KEY: apiKey, FIRST_WAIT_MS: '50' },
    stdio: 'ignore',
  });
}

/** Resolves with the exit code; a program that outlives the test is ended. */
async function endOf(program: ChildProcess): Promise<number | null> {
  const late = setTimeout(() => program.kill('SIGKILL'), PATIENCE_MS);
  await once(program, 'exit');
  clearTimeout(late);
  return program.exitCode;
}

async function upload(command: string, file: string, apiKey?: string): Promise<number | null> {
  return endOf(start(command, file, apiKey));
}

function delivered(): readonly unknown[] {
  return environment.emulator.received().map(({ parameters }) => parameters.PurchaseId);
}

/** The line goes down while answers are on their way: what was sent is stored, and the till does not know. */
async function loseAnswers(count: number): Promise<void> {
  await until(() => environment.emulator.receivedCount >= count);
  line.mood = { kind: 'refuse' };
  line.cutAll();
  line.mood = { kind: 'pass' };
}

describe('a till that sends in batches', () => {
  it('hands over everything once when the line is cut under its answers, and sets aside what is refused', async () => {
    const keys = await sell('batches', SALES);
    await writeFile(
      join(till, 'queue', 'batches-bad.json'),
      JSON.stringify({ ...saleOf('batches-bad'), totalAmount: 1 }),
    );
    line.mood = { kind: 'hole', direction: 'answers' };

    const uploading = upload(process.execPath, 'till.ts');
    await loseAnswers(100);

    expect(await uploading).toBe(0);
    expect(await readdir(join(till, 'queue'))).toEqual([]);
    expect(await readdir(join(till, 'refused'))).toEqual(['batches-bad.json', 'batches-bad.json.problem']);
    await until(() => environment.emulator.receivedCount >= SALES);
    expect([...delivered()].sort()).toEqual(keys);
  });

  it('sends once what it had sent already when it died before it knew', async () => {
    const keys = await sell('died', SALES);
    line.mood = { kind: 'hole', direction: 'answers' };
    const till = start(process.execPath, 'till.ts');
    await until(() => environment.emulator.receivedCount >= 100);
    till.kill('SIGKILL');
    await endOf(till);
    line.cutAll();
    line.mood = { kind: 'pass' };

    expect(await upload(process.execPath, 'till.ts')).toBe(0);
    await until(() => environment.emulator.receivedCount >= SALES);
    expect([...delivered()].sort()).toEqual(keys);
  });

  it('keeps what the gateway has no room for now, and deletes what it knew already', async () => {
    await pause(true);
    const known = await sell('room', BACKLOG_LIMIT);
    // The backlog of the tests before may still be counted.
    await until(
      async () => (await gateway.publish('customer-purchase/batch', { events: known.map(saleOf) })).status === 202,
    );
    for (const key of known.slice(3)) await rm(join(till, 'queue', `${key}.json`));
    await sell('zzz', 2);

    const first = start(process.execPath, 'till.ts');
    await until(async () => (await readdir(join(till, 'queue'))).length === 2);
    first.kill('SIGKILL');
    await endOf(first);
    expect(await readdir(join(till, 'queue'))).toEqual(['zzz-0000.json', 'zzz-0001.json']);
    expect(await readdir(join(till, 'refused'))).toEqual([]);

    await pause(false);
    await until(async () => (await gateway.publish('customer-purchase', saleOf('room again'))).status === 202);
    expect(await upload(process.execPath, 'till.ts')).toBe(0);
    await until(() => environment.emulator.receivedCount === BACKLOG_LIMIT + 3);
  });

  it('keeps everything and asks for a person when its key is refused', async () => {
    await sell('refused', 3);
    expect(await upload(process.execPath, 'till.ts', 'none')).toBe(1);
    expect(await readdir(join(till, 'queue'))).toHaveLength(3);
  });
});

describe('a till that sends by shell', () => {
  it('stops when the line is cut, and goes on the next time it is run', async () => {
    const keys = await sell('shell', 3);
    line.mood = { kind: 'hole', direction: 'answers' };

    const first = upload('bash', 'upload.sh');
    // The first sale alone has arrived: the second waits for its answer.
    await until(() => environment.emulator.receivedCount === 1);
    line.cutAll();
    expect(await first).toBe(1);
    expect(await readdir(join(till, 'queue'))).toHaveLength(3);
    line.mood = { kind: 'pass' };

    expect(await upload('bash', 'upload.sh')).toBe(0);
    expect(await readdir(join(till, 'queue'))).toEqual([]);
    await until(() => environment.emulator.receivedCount >= keys.length);
    expect([...delivered()].sort()).toEqual(keys);
  });

  it('tells a wrong key from a bad sale', async () => {
    await writeFile(join(till, 'queue', 'bad.json'), '{}');
    expect(await upload('bash', 'upload.sh', 'none')).toBe(2);
    expect(await readdir(join(till, 'queue'))).toEqual(['bad.json']);
    expect(await upload('bash', 'upload.sh')).toBe(0);
    expect(await readdir(join(till, 'refused'))).toEqual(['bad.json', 'bad.problem']);
  });
});
