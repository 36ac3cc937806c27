import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type Answer, type Caller, expectProblem, publisher } from './support/caller.js';
import { type IngestApp, startIngestApp } from './support/ingest-app.js';

const PATH = '/v1/events/customer-purchase';

let app: IngestApp;
let caller: Caller;
let example: Record<string, unknown>;
beforeAll(async () => {
  app = await startIngestApp();
  caller = await publisher(app, 'till');
  example = { ...app.catalog.find('CustomerPurchase')?.example };
});
afterAll(() => app.close());

function publish(purchaseId: string, key?: string, by = caller, change: object = {}): Promise<Answer> {
  return by.post(PATH, { ...example, purchaseId, ...change }, key === undefined ? {} : { 'Idempotency-Key': key });
}

function expectReplayOf(answer: Answer, first: Answer): void {
  expect(answer.status).toBe(202);
  expect(answer.headers.get('idempotency-replayed')).toBe('true');
  expect(answer.headers.get('location')).toBe(first.headers.get('location'));
  expect(answer.body).toEqual(first.body);
}

describe('a repeat', () => {
  it('by business key gets the first answer again', async () => {
    const first = await publish('R-1');
    const rings = app.rings();
    expectReplayOf(await publish('R-1'), first);
    expect(app.journal.at(-1)).toBe('CustomerPurchase repeated');
    expect(app.rings()).toBe(rings);
  });

  it('is known whatever the order of its members and its white space', async () => {
    const first = await publish('R-2', undefined, caller, { email: null });
    const { email: _email, ...sent } = example;
    const reversed = Object.fromEntries(Object.entries({ ...sent, purchaseId: 'R-2' }).reverse());
    expectReplayOf(await caller.post(PATH, JSON.stringify(reversed, null, 4)), first);
  });

  it('by Idempotency-Key gets the first answer again, quoted or bare', async () => {
    const first = await publish('R-3', 'key-3');
    expectReplayOf(await publish('R-3', '"key-3"'), first);
  });

  it('is told how the event stands today', async () => {
    const first = await publish('R-4');
    const wanted = [{ type: 'CustomerPurchase', limit: 100 }];
    const claim = {
      kind: 'ordinary' as const,
      owner: 'test',
      applicationUser: 'user',
      leaseMs: 30_000,
      limit: 100,
      wanted,
    };
    expect((await app.store.outbox.claim(claim)).map(({ id }) => id)).toContain(first.body.id);
    const repeat = await publish('R-4');
    expect(repeat.body).toEqual({ ...first.body, status: 'delivering' });
  });

  it('of fifty at once makes one event', async () => {
    const answers = await Promise.all(Array.from({ length: 50 }, () => publish('R-5')));
    expect(answers.map(({ status }) => status)).toEqual(Array(50).fill(202));
    expect(new Set(answers.map(({ body }) => body.id)).size).toBe(1);
    expect(answers.filter(({ headers }) => headers.get('idempotency-replayed') === null)).toHaveLength(1);
  });
});

describe('a key', () => {
  it('reused for other content is a 422, and the first event stays', async () => {
    const first = await publish('K-1');
    expectProblem(await publish('K-1', undefined, caller, { totalAmount: '1.00' }), 'idempotency-key-reused');
    expectReplayOf(await publish('K-1'), first);
    await publish('K-2', 'key-2');
    expectProblem(await publish('K-3', 'key-2'), 'idempotency-key-reused');
  });

  it('of a header and a business key are two keys', async () => {
    const [byHeader, byBusiness] = [await publish('K-4', 'K-4'), await publish('K-4')];
    expect(byBusiness.body.id).not.toBe(byHeader.body.id);
  });

  it('belongs to its client', async () => {
    const mine = await publish('K-5');
    const theirs = await publish('K-5', undefined, await publisher(app, 'other till'), { totalAmount: '2.00' });
    expect(theirs.status).toBe(202);
    expect(theirs.body.id).not.toBe(mine.body.id);
  });

  it('belongs to its type', async () => {
    await publish('K-6', 'key-6');
    const example = app.catalog.find('VendorPaymentPosted')?.example;
    const other = await caller.post('/v1/events/vendor-payment-posted', example, { 'Idempotency-Key': 'key-6' });
    expect(other.status).toBe(202);
    expect(other.headers.get('idempotency-replayed')).toBeNull();
  });

  it('outlives the credential it came with', async () => {
    const first = await publish('K-7');
    const { apiKey } = await app.clients.rotate({ name: 'till', keepHours: 1 }, 'cli:test');
    const response = await fetch(`${app.url}${PATH}`, {
      method: 'POST',
      headers: { 'X-API-Key': apiKey, 'Content-Type': 'application/json' },
      body: JSON.stringify({ ...example, purchaseId: 'K-7' }),
    });
    expect(await response.json()).toEqual(first.body);
  });

  it.each([[''], ['a b'], ['"unfinished'], ['k'.repeat(256)], ['sch\u00fcssel']])(
    'that is none is a 400, and nothing is stored: %p',
    async (key) => {
      const before = await app.store.outbox.measure();
      expectProblem(await publish('K-8', key), 'invalid-idempotency-key');
      expect(await app.store.outbox.measure()).toEqual(before);
    },
  );
});
