import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type Caller, expectProblem, faultsIn, publisher } from './support/caller.js';
import { type IngestApp, startIngestApp } from './support/ingest-app.js';

const PATH = '/v1/events/customer-purchase';
const INSTANT = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{3}Z$/;

let app: IngestApp;
let caller: Caller;
let example: Record<string, unknown>;
beforeAll(async () => {
  app = await startIngestApp();
  caller = await publisher(app, 'till');
  example = { ...app.catalog.find('CustomerPurchase')?.example };
});
afterAll(() => app.close());

async function storedCount(): Promise<number> {
  return (await app.store.outbox.measure()).counts.reduce((sum, { count }) => sum + count, 0);
}

describe('an accepted event', () => {
  it('is answered with a receipt that says where it is read', async () => {
    const rings = app.rings();
    const { status, headers, body } = await caller.post(PATH, { ...example, purchaseId: 'A-1' });
    expect(status).toBe(202);
    expect(Object.keys(body)).toEqual(['id', 'type', 'status', 'acceptedAt', 'links']);
    const self = `/v1/events/${body.id}`;
    expect(body).toMatchObject({
      id: expect.stringMatching(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/),
      type: 'CustomerPurchase',
      status: 'pending',
      acceptedAt: expect.stringMatching(INSTANT),
      links: { self, attempts: `${self}/attempts` },
    });
    expect(headers.get('content-type')).toBe('application/json; charset=utf-8');
    expect(headers.get('location')).toBe(self);
    expect(headers.get('idempotency-replayed')).toBeNull();
    expect(headers.get('traceparent')).toMatch(/^00-[0-9a-f]{32}-[0-9a-f]{16}-00$/);
    expect(app.journal.at(-1)).toBe('CustomerPurchase accepted');
    expect(app.rings()).toBe(rings + 1);
  });

  it('is stored as canonical JSON, with its source, key and trace', async () => {
    const trace = 'a'.repeat(32);
    const sent = { ...example, purchaseId: 'A-2', email: null, lines: [] };
    const { body } = await caller.post(PATH, sent, { traceparent: `00-${trace}-${'b'.repeat(16)}-01` });
    const { data, ...event } = (await app.store.outbox.find(`${body.id}`)) ?? { data: null };
    expect(event).toMatchObject({ source: 'store-017', client: 'till', key: 'A-2', orderingKey: null, version: 1 });
    const { email: _email, ...content } = sent;
    expect(data).toBe(JSON.stringify(Object.fromEntries(Object.entries(content).sort())));
    const user = 'b7c1d8f0-3c1e-4a55-9c6a-8d9f5f1e2a33';
    const wanted = [{ type: 'CustomerPurchase', limit: 100 }];
    const claim = {
      kind: 'ordinary' as const,
      owner: 'test',
      applicationUser: user,
      leaseMs: 30_000,
      limit: 100,
      wanted,
    };
    const claimed = (await app.store.outbox.claim(claim)).find(({ id }) => id === body.id);
    expect(claimed?.traceparent).toMatch(new RegExp(`^00-${trace}-(?!b{16})[0-9a-f]{16}-01$`));
  });

  it('may hold any text there is', async () => {
    const receiptNumber = '😀 "quoted" \\ / \u2028 ä 店';
    const { body } = await caller.post(PATH, { ...example, purchaseId: 'A-3', receiptNumber });
    const read = await caller.get(`/v1/events/${body.id}?include=data`);
    expect(read.body.data).toMatchObject({ receiptNumber });
  });
});

describe('an event that is not valid', () => {
  it('is answered with every fault at once, by pointer', async () => {
    const before = await storedCount();
    const event = {
      ...example,
      occurredAt: '2026-02-30T10:00:00Z',
      storeId: '',
      totalAmount: 24.85,
      currencyCode: 'euro',
      email: 'nobody',
      lines: [{ sku: 'A', quantity: '1', unitPrice: '1' }, { quantity: 'two', unitPrice: '01', 'a/b~c': 1 }, 'line'],
      'x.y': 1,
      '@odata.type': 'x',
      purchaseId: undefined,
    };
    const answer = await caller.post(PATH, event);
    expectProblem(answer, 'invalid-event');
    expect(faultsIn(answer).map((fault) => fault.split(' ')[0])).toEqual([
      '/@odata.type',
      '/currencyCode',
      '/email',
      '/lines/1/a~1b~0c',
      '/lines/1/quantity',
      '/lines/1/sku',
      '/lines/1/unitPrice',
      '/lines/2',
      '/occurredAt',
      '/purchaseId',
      '/storeId',
      '/totalAmount',
      '/x.y',
    ]);
    expect(await storedCount()).toBe(before);
    expect(app.journal.at(-1)).toBe('CustomerPurchase invalid-event');
  });

  it('is told the faults of its text and of its content together', async () => {
    const text =
      '{"__proto__":{},"constructor":1,"email":"\\ud800","storeId":"s","storeId":"t","totalAmount":9007199254740993}';
    expectProblem(await caller.post(PATH, text), 'invalid-event', [
      '/__proto__ is not a known property',
      '/constructor is not a known property',
      '/email must not contain a lone surrogate',
      '/storeId appears more than once',
      '/totalAmount is a whole number beyond 2^53-1',
      '/purchaseId is required',
      '/occurredAt is required',
      '/currencyCode is required',
    ]);
  });

  it.each([
    ['the otherwise valid text with a name twice', (text: string) => text.replace('{', '{"storeId":"x",')],
    [
      'the otherwise valid text with __proto__ in a line',
      (text: string) => text.replace('{"sku"', '{"__proto__":1,"sku"'),
    ],
    ['the otherwise valid text with __proto__', (text: string) => text.replace('{', '{"__proto__":{"x":1},')],
    ['the otherwise valid text with constructor', (text: string) => text.replace('{', '{"constructor":{},')],
    ['the otherwise valid text with U+0000', (text: string) => text.replace('store-017', 'store\\u0000')],
  ])('is refused: %s', async (_what, change) => {
    const before = await storedCount();
    expectProblem(await caller.post(PATH, change(JSON.stringify(example))), 'invalid-event');
    expect(await storedCount()).toBe(before);
  });

  it.each([['[]'], ['null'], ['1'], ['"text"'], ['true']])('is refused when it is no object: %s', async (text) => {
    expectProblem(await caller.post(PATH, text), 'invalid-event', [' must be an object']);
  });

  it('never hears its own values', async () => {
    const secret = 'S3CRET';
    const event = {
      ...example,
      email: secret,
      totalAmount: secret,
      occurredAt: secret,
      lines: [{ sku: secret, quantity: secret }],
    };
    const answer = await caller.post(PATH, event);
    expectProblem(answer, 'invalid-event');
    expect(JSON.stringify(answer.body)).not.toContain(secret);
  });

  it('is told a hundred faults, and that there are more', async () => {
    const event = Object.fromEntries(Array.from({ length: 2_000 }, (_, index) => [`unknown${index}`, 1]));
    const answer = await caller.post(PATH, event);
    expect(faultsIn(answer)).toHaveLength(100);
    expect(answer.body.detail).toBe('The event is not valid; errors names the first 100 faults, there are more.');
  });
});

describe('an event that Dataverse could not hand on', () => {
  it('is a 413, and stored nowhere', async () => {
    const before = await storedCount();
    const line = { sku: '"'.repeat(64), description: '\\'.repeat(190), quantity: '1', unitPrice: '1' };
    const answer = await caller.post(PATH, { ...example, purchaseId: 'big', lines: Array(110).fill(line) });
    expectProblem(answer, 'payload-too-large');
    expect(answer.body.detail).toContain('180 KB');
    expect(await storedCount()).toBe(before);
  });
});
