import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Caller, expectProblem, publisher } from './support/caller.js';
import {
  definitionOf,
  type Members,
  purchaseEvent,
  sendBatch,
  sendStructured,
  storedCount,
} from './support/cloud-events.js';
import { type IngestApp, startIngestApp } from './support/ingest-app.js';

let app: IngestApp;
let caller: Caller;
let appends: number[];
beforeAll(async () => {
  appends = [];
  app = await startIngestApp({
    outbox: (real) =>
      new Proxy(real, {
        get: (target, name) => {
          const member: unknown = Reflect.get(target, name);
          if (typeof member !== 'function') return member;
          return (...given: readonly unknown[]) => {
            if (name === 'append') appends.push((given[0] as readonly unknown[]).length);
            return Reflect.apply(member, target, given);
          };
        },
      }),
  });
  caller = await publisher(app, 'integration');
});
afterAll(() => app.close());

function paymentEvent(changes: Members = {}): Members {
  const { example } = definitionOf(app, 'VendorPaymentPosted');
  return purchaseEvent(app, { type: 'VendorPaymentPosted.v1', time: null, data: example, ...changes });
}

describe('a batch of CloudEvents', () => {
  it('is stored in one commit, whatever types are in it, with a receipt for each in its order', async () => {
    const events = [purchaseEvent(app), paymentEvent(), purchaseEvent(app)];
    const answer = await sendBatch(caller, events);
    expect(answer.status).toBe(202);
    expect(answer.body).toMatchObject({ accepted: 3, repeated: 0, refused: 0 });
    const results = answer.body.results as readonly {
      readonly receipt: { readonly id: string; readonly type: string };
    }[];
    expect(results.map(({ receipt }) => receipt.type)).toEqual([
      'CustomerPurchase',
      'VendorPaymentPosted',
      'CustomerPurchase',
    ]);
    expect(appends.at(-1)).toBe(3);
    for (const [index, { receipt }] of results.entries()) {
      const event = await app.store.outbox.find(receipt.id);
      expect(event?.key).toBe(`${events[index]?.source} ${events[index]?.id}`);
    }
  });

  it('tells of each event what became of it', async () => {
    const known = purchaseEvent(app);
    const { body } = await sendStructured(caller, known);
    const answer = await sendBatch(caller, [
      known,
      { ...known, data: { ...(known.data as object), totalAmount: '0.01' } },
      purchaseEvent(app, { type: 'Nothing' }),
      purchaseEvent(app, { source: 'a b', data: {} }),
      'no event',
      purchaseEvent(app),
    ]);
    expect(answer.status).toBe(207);
    expect(answer.body).toMatchObject({ accepted: 1, repeated: 1, refused: 4 });
    expect(answer.body.results).toMatchObject([
      { result: 'repeated', receipt: body },
      { result: 'refused', problem: { type: '/problems/idempotency-key-reused', status: 422 } },
      { result: 'refused', problem: { type: '/problems/unknown-event-type', errors: [{ pointer: '/type' }] } },
      { result: 'refused', problem: { type: '/problems/invalid-event', instance: '/v1/events' } },
      { result: 'refused', problem: { type: '/problems/invalid-event', errors: [{ pointer: '' }] } },
      { result: 'accepted', receipt: { status: 'pending' } },
    ]);
    const results = answer.body.results as readonly { readonly problem?: { readonly errors?: readonly object[] } }[];
    expect(results[3]?.problem?.errors).toContainEqual({ pointer: '/data/storeId', detail: 'is required' });
  });

  it('is judged event by event where its client may not send all types', async () => {
    const erp = await publisher(app, 'erp', ['VendorPaymentPosted']);
    const answer = await sendBatch(erp, [purchaseEvent(app), paymentEvent()]);
    expect(answer.status).toBe(207);
    expect(answer.body.results).toMatchObject([
      { result: 'refused', problem: { type: '/problems/forbidden' } },
      { result: 'accepted' },
    ]);
  });

  it('holds one event twice as one', async () => {
    const event = purchaseEvent(app);
    const { body } = await sendBatch(caller, [event, event]);
    const [first, second] = body.results as readonly [
      { receipt: { id: string } },
      { result: string; receipt: { id: string } },
    ];
    expect(second).toMatchObject({ result: 'repeated', receipt: { id: first.receipt.id } });
  });

  it('may be empty, and may hold a thousand', async () => {
    expect(await sendBatch(caller, [])).toMatchObject({ status: 202, body: { accepted: 0, results: [] } });
    const before = await storedCount(app);
    const answer = await sendBatch(
      caller,
      Array.from({ length: 1_000 }, () => purchaseEvent(app)),
    );
    expect(answer).toMatchObject({ status: 202, body: { accepted: 1_000 } });
    expect(appends.at(-1)).toBe(1_000);
    expect(await storedCount(app)).toBe(before + 1_000);
  });

  it('may hold events as large as they may be alone', async () => {
    const padding = 'x'.repeat(70_000);
    const answer = await sendBatch(caller, [
      purchaseEvent(app, { padding }),
      purchaseEvent(app, { padding: padding + padding }),
    ]);
    expect(answer.status).toBe(207);
    expect(answer.body.results).toMatchObject([
      { result: 'accepted' },
      { result: 'refused', problem: { type: '/problems/payload-too-large' } },
    ]);
  });

  it.each([
    ['an event alone', '{"specversion":"1.0"}', 'invalid-request'],
    ['more than a thousand', JSON.stringify(Array(1_001).fill(1)), 'invalid-request'],
    ['nothing', '', 'malformed-json'],
    ['a list cut off', '[{"specversion":"1.0"}', 'malformed-json'],
    ['two lists', '[][]', 'malformed-json'],
  ] as const)('is refused as a whole where it is %s', async (_what, body, slug) => {
    const before = await storedCount(app);
    expectProblem(await sendBatch(caller, body), slug);
    expect(await storedCount(app)).toBe(before);
  });

  it('is a 413 over 8 MiB, and nothing of it is stored', async () => {
    const before = await storedCount(app);
    const body = JSON.stringify([purchaseEvent(app)]) + ' '.repeat(8 * 1024 * 1024);
    expectProblem(await sendBatch(caller, body), 'payload-too-large');
    expect(await storedCount(app)).toBe(before);
  });

  it('counts by its events where its client has a rate', async () => {
    const { apiKey } = await app.clients.create({ name: 'slow', publish: ['*'], operator: false, rate: 1 }, 'cli:test');
    const slow = new Caller(app.url, apiKey);
    expect(
      (
        await sendBatch(
          slow,
          Array.from({ length: 100 }, () => purchaseEvent(app)),
        )
      ).status,
    ).toBe(202);
    const before = await storedCount(app);
    for (const send of [sendBatch(slow, [purchaseEvent(app)]), sendStructured(slow, purchaseEvent(app))]) {
      expectProblem(await send, 'rate-limited');
    }
    expect(await storedCount(app)).toBe(before);
  });

  it('is a 503 while nothing new is let in, unless it knows one of its events', async () => {
    const full = await startIngestApp({ backlogLimit: 1 });
    try {
      const till = await publisher(full, 'till');
      const known = purchaseEvent(full);
      expect((await sendBatch(till, [known])).status).toBe(202);
      expectProblem(await sendBatch(till, [purchaseEvent(full)]), 'backlog-full');
      const answer = await sendBatch(till, [known, purchaseEvent(full)]);
      expect(answer.status).toBe(207);
      expect(answer.body.results).toMatchObject([
        { result: 'repeated' },
        { result: 'refused', problem: { type: '/problems/backlog-full' } },
      ]);
    } finally {
      await full.close();
    }
  });
});
