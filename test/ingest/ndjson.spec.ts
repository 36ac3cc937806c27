import { Agent } from 'node:http';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type Caller, expectProblem, publisher } from './support/caller.js';
import { type IngestApp, startIngestApp } from './support/ingest-app.js';
import { LineStream, wordsOf } from './support/line-stream.js';

const PATH = '/v1/events/customer-purchase/batch';
const NDJSON = { 'Content-Type': 'application/x-ndjson' };

/** What the next appends fail with. */
let failure: Error | null = null;
let app: IngestApp;
let caller: Caller;
let example: Record<string, unknown>;
beforeAll(async () => {
  app = await startIngestApp({
    outbox: (real) => {
      const append = real.append.bind(real);
      real.append = (events) => (failure === null ? append(events) : Promise.reject(failure));
      return real;
    },
  });
  caller = await publisher(app, 'till');
  example = { ...app.catalog.find('CustomerPurchase')?.example };
});
afterAll(() => app.close());

function line(purchaseId: string, more: object = {}): string {
  return `${JSON.stringify({ ...example, purchaseId, ...more })}\n`;
}

function open(agent: Agent | false = false): LineStream {
  return LineStream.open(caller, PATH, agent);
}

async function isStored(purchaseId: string): Promise<boolean> {
  const { body } = await caller.get(`/v1/events?key=${purchaseId}`);
  return (body.events as unknown[]).length === 1;
}

/** What lines come to that are sent at once. */
async function wordsFor(...lines: readonly (string | Uint8Array)[]): Promise<string[]> {
  const stream = open();
  for (const one of lines) stream.write(one);
  return wordsOf(await stream.end().all());
}

describe('a stream of events', () => {
  it('is answered line by line, in order', async () => {
    const stream = open().write(line('A-1')).write(line('A-2')).write(line('A-1')).end();
    const response = await stream.response;
    expect(response.statusCode).toBe(207);
    expect(response.headers['content-type']).toBe('application/x-ndjson');
    const results = await stream.all();
    expect(wordsOf(results)).toEqual(['1 accepted', '2 accepted', '3 repeated']);
    expect(Object.keys(results[0] ?? {})).toEqual(['line', 'result', 'receipt']);
    expect(await app.store.outbox.find(`${results[1]?.receipt?.id}`)).toMatchObject({ key: 'A-2', client: 'till' });
  });

  it('is answered while it still comes, and what is answered is stored', async () => {
    const stream = open();
    for (const n of [1, 2, 3]) {
      stream.write(line(`B-${n}`));
      expect(wordsOf(await stream.first(n)).at(-1)).toBe(`${n} accepted`);
      expect(await isStored(`B-${n}`)).toBe(true);
    }
    expect(await stream.end().all()).toHaveLength(3);
  });

  it('may be longer than any batch', async () => {
    const stream = open();
    for (let n = 1; n <= 3_000; n++) stream.write(line(`C-${n}`));
    const results = await stream.end().all();
    expect(wordsOf(results)).toEqual(Array.from({ length: 3_000 }, (_, index) => `${index + 1} accepted`));
  });

  it('may hold nothing', async () => {
    const stream = open().end();
    expect(await stream.all()).toEqual([]);
    expect((await stream.response).statusCode).toBe(207);
  });

  it('leaves its connection to the next request', async () => {
    const agent = new Agent({ keepAlive: true, maxSockets: 1 });
    const sockets = new Set<unknown>();
    for (const id of ['D-1', 'D-2']) {
      const stream = open(agent).write(line(id)).end();
      sockets.add((await stream.response).socket);
      expect(wordsOf(await stream.all())).toEqual(['1 accepted']);
    }
    expect(sockets.size).toBe(1);
    agent.destroy();
  });

  it('whose client goes away leaves whole events behind', async () => {
    const stream = open().write(line('E-1')).write(line('E-2')).write(line('E-3').slice(0, 100));
    await stream.first(2);
    stream.destroy();
    expect(await wordsFor(line('E-1'), line('E-2'), line('E-3'))).toEqual(['1 repeated', '2 repeated', '3 accepted']);
  });

  it('is refused with a problem where it cannot even begin', async () => {
    const other = await publisher(app, 'erp', ['VendorPaymentPosted']);
    expectProblem(await other.post(PATH, line('F-1'), NDJSON), 'forbidden');
    const keyed = await caller.post(PATH, line('F-1'), { ...NDJSON, 'Idempotency-Key': 'k' });
    expectProblem(keyed, 'invalid-idempotency-key');
    const zipped = await caller.post(PATH, line('F-1'), { ...NDJSON, 'Content-Encoding': 'gzip' });
    expectProblem(zipped, 'unsupported-media-type');
    const elsewhere = await caller.post('/v1/events/customer-purchase', line('F-1'), NDJSON);
    expectProblem(elsewhere, 'unsupported-media-type');
  });

  it('is cut off where the gateway fails, or answered with a 500 where nothing was answered yet', async () => {
    const stream = open().write(line('X-1'));
    await stream.first(1);
    failure = new Error('a bug, on purpose');
    stream.write(line('X-2'));
    expect(wordsOf(await stream.all())).toEqual(['1 accepted']);
    expect((await stream.response).complete).toBe(false);
    expectProblem(await caller.post(PATH, line('X-2'), NDJSON), 'internal-error');
    failure = null;
    expect(await wordsFor(line('X-1'), line('X-2'))).toEqual(['1 repeated', '2 accepted']);
  });

  it('is journaled line by line', async () => {
    const before = app.journal.length;
    await wordsFor(line('H-1'), '{}\n', line('H-1'));
    expect(app.journal.slice(before)).toEqual([
      'CustomerPurchase accepted',
      'CustomerPurchase invalid-event',
      'CustomerPurchase repeated',
    ]);
  });
});

describe('a line', () => {
  it.each([
    ['no JSON', 'nonsense\n', 'malformed-json'],
    ['half an event', '{"purchaseId":\n', 'malformed-json'],
    ['two events', '{} {}\n', 'malformed-json'],
    ['not UTF-8', Buffer.from('{"purchaseId":"\xe4"}\n', 'latin1'), 'malformed-json'],
    ['a byte order mark', '\ufeff{}\n', 'malformed-json'],
    ['nested too deep', `${'['.repeat(33)}${']'.repeat(33)}\n`, 'malformed-json'],
    ['no object', '[]\n', 'invalid-event'],
    ['not an event', '{}\n', 'invalid-event'],
    ['too long', `${' '.repeat(64 * 1024)}{}\n`, 'payload-too-large'],
    ['far too long', `"${'x'.repeat(5_000_000)}"\n`, 'payload-too-large'],
  ])('that is %s is refused, and spoils no other', async (_, text, word) => {
    const key = `I-${_.replaceAll(' ', '-')}`;
    expect(await wordsFor(line(key), text, line(key))).toEqual(['1 accepted', `2 ${word}`, '3 repeated']);
  });

  it('has its faults named by pointers into the line', async () => {
    const results = await open()
      .write(line('J-1', { lines: [{ sku: 1 }], totalAmount: null }))
      .end()
      .all();
    const pointers = results[0]?.problem?.errors?.map(({ pointer }) => pointer);
    expect(pointers).toEqual(expect.arrayContaining(['/totalAmount', '/lines/0/sku']));
    expect(results[0]?.problem).toMatchObject({ instance: PATH });
  });

  it('may end as on Windows, or not at all where it is the last', async () => {
    expect(await wordsFor(line('K-1').replace('\n', '\r\n'), line('K-2').trimEnd())).toEqual([
      '1 accepted',
      '2 accepted',
    ]);
  });

  it('that is blank is counted and not answered', async () => {
    expect(await wordsFor('\n  \r\n', line('L-1'), '\n', line('L-2'), '\n')).toEqual(['3 accepted', '5 accepted']);
  });

  it('may come byte by byte', async () => {
    const stream = open();
    for (const byte of Buffer.from(line('M-ä'))) stream.write(Uint8Array.of(byte));
    expect(wordsOf(await stream.first(1))).toEqual(['1 accepted']);
    stream.end();
  });
});
