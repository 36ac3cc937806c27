import { once } from 'node:events';
import { type ClientRequest, type IncomingMessage, request } from 'node:http';
import { connect } from 'node:net';
import { afterEach, describe, expect, it } from '@jest/globals';
import type { ReceiptStore } from '../../src/outbox/receipt-store.js';
import { StorageError, type StorageErrorCode } from '../../src/outbox/storage.error.js';
import { awaited } from '../outbox/support/receipts.js';
import { until } from '../support/until.js';
import { contextOf } from './support/contexts.js';
import { type ReceiverApp, type ReceiverAppOptions, RIGHT, startReceiver } from './support/receiver-app.js';

const NOBODY = '0199e2a4-7c3e-7b1a-9f2d-4b8c6d1e0f3a';
const KIB = 1024;
const MIB = 1024 * KIB;
const MOST = 320 * KIB;
const SLOW = { requestTimeout: 300, headersTimeout: 200, checkInterval: 20 };

let app: ReceiverApp;
afterEach(() => app.close());

/** A context that is exactly so long. */
function contextOfLength(bytes: number): string {
  const empty = JSON.stringify(contextOf(NOBODY, { Padding: '' }));
  return empty.replace('"Padding":""', `"Padding":"${'x'.repeat(bytes - empty.length)}"`);
}

interface Sending {
  readonly outgoing: ClientRequest;
  readonly answered: Promise<IncomingMessage>;
}

/** A request whose body a test sends as it likes; without a length it goes in chunks. */
function send(length: number | null, more: Readonly<Record<string, string>> = {}): Sending {
  const framing = length === null ? { 'Transfer-Encoding': 'chunked' } : { 'Content-Length': length };
  const outgoing = request(app.url, { method: 'POST', headers: { ...RIGHT, ...framing, ...more }, agent: false });
  const answered = once(outgoing, 'response').then(([answer]) => answer as IncomingMessage);
  outgoing.on('error', () => undefined).flushHeaders();
  return { outgoing, answered };
}

/** The same, once the receiver waits for the body. */
async function sendAwaited(length: number): Promise<Sending> {
  const sending = send(length, { Expect: '100-continue' });
  await once(sending.outgoing, 'continue');
  return sending;
}

describe('a body', () => {
  it('of 320 KiB is read, and one byte more is not', async () => {
    app = await startReceiver();
    expect((await app.post(contextOfLength(MOST))).status).toBe(204);
    const answer = await app.post(contextOfLength(MOST + 1));
    expect(answer.status).toBe(413);
    expect(JSON.parse(answer.text)).toMatchObject({ type: '/problems/context-too-large' });
    expect(app.journal).toEqual(['unknown', 'refused too-large']);
  });

  it('of 10 MB is refused at its announcement: nothing of it is waited for', async () => {
    app = await startReceiver();
    const { outgoing, answered } = send(10_000_000);
    const answer = await answered;
    expect(answer.statusCode).toBe(413);
    expect(answer.headers.connection).toBe('close');
    outgoing.destroy();
  });

  it('of 10 MB in chunks is refused at the 320th KiB, and costs no memory', async () => {
    app = await startReceiver();
    const before = process.memoryUsage().arrayBuffers;
    const sendings = Array.from({ length: 20 }, () => send(null));
    const piece = Buffer.alloc(64 * KIB, ' ');
    for (const { outgoing } of sendings) for (let n = 0; n < 160; n++) outgoing.write(piece);
    const answers = await Promise.all(sendings.map(({ answered }) => answered));
    expect(answers.map(({ statusCode }) => statusCode)).toEqual(sendings.map(() => 413));
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(64 * MIB);
    for (const { outgoing } of sendings) outgoing.destroy();
  });

  it('that does not come ends its connection, and is not stored', async () => {
    app = await startReceiver({ limits: SLOW });
    const socket = connect(app.port, '127.0.0.1');
    let answer = '';
    socket.on('data', (chunk) => {
      answer += chunk;
    });
    socket.write(
      'POST /hooks/dataverse HTTP/1.1\r\nHost: gateway\r\nx-hook-key: right\r\nContent-Length: 100\r\n\r\n{',
    );
    await once(socket, 'close');
    expect(answer).toMatch(/^HTTP\/1\.1 408 /);
    await until(() => app.journal.length > 0);
    expect(app.journal).toEqual(['refused incomplete']);
  });

  it('that breaks off is not stored', async () => {
    app = await startReceiver();
    const { outgoing, answered } = await sendAwaited(1_000);
    answered.catch(() => undefined);
    outgoing.destroy();
    await until(() => app.journal.length > 0);
    expect(app.journal).toEqual(['refused incomplete']);
  });
});

describe('bodies that are on their way', () => {
  /** More than half of the room for bodies, in bodies of 320 KiB of which the last byte is missing. */
  const TOO_MANY = 104;

  it('take no more room than their share, and who comes then is asked to come again', async () => {
    app = await startReceiver();
    const sendings = Array.from({ length: TOO_MANY }, () => send(MOST));
    const answers = sendings.map(({ answered }) => answered.then(({ statusCode }) => statusCode));
    for (const { outgoing } of sendings) outgoing.write(Buffer.alloc(MOST - 1, ' '));

    expect(await Promise.race(answers)).toBe(503);

    expect(app.journal).toContain('refused overloaded');
    for (const { outgoing } of sendings) outgoing.destroy();
    await Promise.allSettled(answers);
    await until(async () => (await app.post(contextOf(NOBODY))).status === 204);
  });
});

/** A store that cannot write from the second receipt on, until it is told otherwise. */
function failing(code: StorageErrorCode): { readonly options: ReceiverAppOptions; repair(): void } {
  let isBroken = true;
  const receipts = (real: ReceiptStore): ReceiptStore => ({
    confirm: async (receipts) => {
      if (isBroken) throw new StorageError(code, 'marker of the disk');
      return real.confirm(receipts);
    },
    listReceipts: (id) => real.listReceipts(id),
    markOverdue: (limit) => real.markOverdue(limit),
  });
  return {
    options: { receipts },
    repair: () => {
      isBroken = false;
    },
  };
}

describe('a store that cannot write', () => {
  it.each<[StorageErrorCode, string, string]>([
    ['storage-not-stored', 'storage-unavailable', 'not-stored'],
    ['storage-unknown', 'storage-unknown', 'not-stored'],
    ['storage-closed', 'shutting-down', 'shutting-down'],
  ])('(%s) confirms nothing and is answered 503, so that Dataverse posts once more', async (code, slug, reason) => {
    const { options, repair } = failing(code);
    app = await startReceiver(options);
    const id = await awaited(app.store);
    const context = contextOf(id);

    const answer = await app.post(context);

    expect(answer.status).toBe(503);
    expect(JSON.parse(answer.text)).toMatchObject({ type: `/problems/${slug}` });
    expect(answer.text).not.toContain('marker');
    expect((await app.store.outbox.find(id))?.confirmedAt).toBeNull();
    repair();
    expect((await app.post(context)).status).toBe(204);
    expect(app.journal).toEqual([`refused ${reason}`, 'confirmed']);
  });

  it('still takes what need not be stored', async () => {
    app = await startReceiver(failing('storage-not-stored').options);
    expect((await app.post(contextOf(NOBODY, { MessageName: 'Create' }))).status).toBe(204);
  });
});

describe('an error that nobody foresaw', () => {
  it('is answered 503, so that Dataverse posts once more, and tells nothing of itself', async () => {
    const receipts = (real: ReceiptStore): ReceiptStore => ({
      confirm: () => Promise.reject(new RangeError('marker of a bug')),
      listReceipts: (id) => real.listReceipts(id),
      markOverdue: (limit) => real.markOverdue(limit),
    });
    app = await startReceiver({ receipts });
    const answer = await app.post(contextOf(await awaited(app.store)));
    expect(answer.status).toBe(503);
    expect(answer.headers.get('retry-after')).toBe('5');
    expect(answer.text).not.toContain('marker');
    expect(app.journal).toEqual(['refused failed']);
  });
});

describe('a receiver that stops', () => {
  it('answers 503 before a body is read, to those alone who prove to be Dataverse', async () => {
    app = await startReceiver();
    const id = await awaited(app.store);
    app.service.close();
    const answer = await app.post(contextOf(id));
    expect(answer.status).toBe(503);
    expect(answer.headers.get('connection')).toBe('close');
    expect(JSON.parse(answer.text)).toMatchObject({ type: '/problems/shutting-down' });
    expect((await app.post(contextOf(id), { headers: {} })).status).toBe(401);
    expect((await app.store.outbox.find(id))?.confirmedAt).toBeNull();
  });

  it('answers 503 to a body that was on its way', async () => {
    app = await startReceiver();
    const body = JSON.stringify(contextOf(await awaited(app.store)));
    const { outgoing, answered } = await sendAwaited(body.length);
    app.service.close();
    outgoing.end(body);
    expect((await answered).statusCode).toBe(503);
  });
});
