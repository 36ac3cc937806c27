import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type Caller, expectProblem, operator, publisher, stranger } from './support/caller.js';
import {
  CLOUD_EVENTS_PATH,
  definitionOf,
  purchaseEvent,
  sendBinary,
  sendBySdk,
  sendStructured,
  storedAs,
  storedCount,
} from './support/cloud-events.js';
import { type IngestApp, startIngestApp } from './support/ingest-app.js';

let app: IngestApp;
let caller: Caller;
beforeAll(async () => {
  app = await startIngestApp();
  caller = await publisher(app, 'integration');
});
afterAll(() => app.close());

describe('an accepted CloudEvent', () => {
  it.each(['structured', 'binary'] as const)('is answered with a receipt in %s mode, sent by the SDK', async (mode) => {
    const rings = app.rings();
    const event = purchaseEvent(app);
    const answer = await sendBySdk(caller, mode, event);
    expect(answer.status).toBe(202);
    expect(answer.body).toMatchObject({ type: 'CustomerPurchase', status: 'pending' });
    expect(answer.headers.get('location')).toBe(`/v1/events/${answer.body.id}`);
    expect(answer.headers.get('content-type')).toBe('application/json; charset=utf-8');
    expect(answer.headers.get('idempotency-replayed')).toBeNull();
    expect(app.rings()).toBe(rings + 1);
    expect(app.journal.at(-1)).toBe('CustomerPurchase accepted');
    expect(await storedAs(app, answer)).toMatchObject({
      key: `https://pos.contoso.com/stores/017 ${event.id}`,
      source: 'https://pos.contoso.com/stores/017',
      client: 'integration',
      version: 1,
    });
  });

  it('is stored as it would be from the endpoint of its type', async () => {
    const { example, slug } = definitionOf(app, 'VendorPaymentPosted');
    const typed = await storedAs(app, await caller.post(`/v1/events/${slug}`, example));
    const event = purchaseEvent(app, { type: 'VendorPaymentPosted', time: example.occurredAt, data: example });
    const sent = await storedAs(app, await sendStructured(caller, event));
    expect(sent).toMatchObject({ type: typed.type, orderingKey: typed.orderingKey, data: typed.data });
    expect(sent.id).not.toBe(typed.id);
  });

  it('is read like any other, by its source and by its key', async () => {
    const event = purchaseEvent(app, { source: 'urn:store:21' });
    const { body } = await sendStructured(caller, event);
    const query = new URLSearchParams({ source: 'urn:store:21', key: `urn:store:21 ${event.id}` });
    const found = await caller.get(`/v1/events?${query}`);
    expect(found.body).toMatchObject({ events: [{ id: body.id, source: 'urn:store:21' }] });
    const read = await caller.get(`/v1/events/${body.id}?include=data`);
    expect(read.body.data).toEqual(event.data);
  });

  it.each([
    ['of a type without a prefix', { type: 'CustomerPurchase' }],
    ['of a type with its version', { type: 'CustomerPurchase.v1' }],
    ['of a type with a long prefix', { type: 'com.contoso-retail.pos.4.CustomerPurchase' }],
    ['without a time', { time: undefined }],
    ['with attributes that are null', { time: null, subject: null, dataschema: null, datacontenttype: null }],
    ['with extensions', { storenumber: 17, istest: true, partitionkey: 'a b', comexampleothervalue: '' }],
    ['with a subject and a schema', { subject: 'S017', dataschema: 'https://contoso.com/schemas/1' }],
    ['whose time has more digits than its content', { time: '2026-11-22T10:00:00.0004Z' }],
    ['whose time is the same instant in another zone', { time: '2026-11-22T11:00:00+01:00' }],
  ])('may be one %s', async (_what, changes) => {
    const answer = await sendStructured(caller, purchaseEvent(app, changes));
    expect(answer.status).toBe(202);
    expect((await storedAs(app, answer)).type).toBe('CustomerPurchase');
  });

  it('may say when it happened by its time alone', async () => {
    const { occurredAt: _, ...data } = definitionOf(app, 'CustomerPurchase').example;
    const time = '2026-11-22T09:15:00.250Z';
    for (const send of [sendStructured, sendBinary]) {
      for (const content of [data, { ...data, occurredAt: null }]) {
        const stored = await storedAs(app, await send(caller, purchaseEvent(app, { time, data: content })));
        expect(JSON.parse(`${stored.data}`)).toEqual({ ...data, occurredAt: time });
      }
    }
  });

  it('may carry its content as base64', async () => {
    const { data, ...event } = purchaseEvent(app);
    const base64 = Buffer.from(JSON.stringify(data)).toString('base64');
    const stored = await storedAs(app, await sendStructured(caller, { ...event, data_base64: base64 }));
    expect(JSON.parse(`${stored.data}`)).toEqual(data);
  });

  it('may be of 64 KiB, with attributes and white space around it', async () => {
    const event = purchaseEvent(app, { padding: 'x'.repeat(60_000) });
    const line = { sku: 'A'.repeat(64), description: 'x'.repeat(50), quantity: '1', unitPrice: '1.00' };
    const data = { ...(event.data as object), lines: Array(100).fill(line) };
    expect((await sendStructured(caller, JSON.stringify({ ...event, data }, null, 1))).status).toBe(202);
  });
});

describe('a CloudEvent that comes again', () => {
  it('is one event in every mode and under every name of its type', async () => {
    const event = purchaseEvent(app);
    const first = await sendStructured(caller, event);
    const before = await storedCount(app);
    const again = [
      await sendStructured(caller, { ...event, type: 'CustomerPurchase.v1', subject: 'another' }),
      await sendBinary(caller, event),
      await sendBySdk(caller, 'binary', event),
    ];
    for (const { status, headers, body } of again) {
      expect(status).toBe(202);
      expect(headers.get('idempotency-replayed')).toBe('true');
      expect(body).toEqual(first.body);
    }
    expect(await storedCount(app)).toBe(before);
  });

  it('is another event from another source, or of another type', async () => {
    const event = purchaseEvent(app);
    const payment = definitionOf(app, 'VendorPaymentPosted').example;
    const ids = [
      await sendStructured(caller, event),
      await sendStructured(caller, { ...event, source: '/another' }),
      await sendStructured(caller, { ...event, type: 'VendorPaymentPosted', time: null, data: payment }),
      await sendStructured(await publisher(app, 'another client'), event),
    ].map(({ body }) => body.id);
    expect(new Set(ids).size).toBe(4);
  });

  it('is refused with another content', async () => {
    const event = purchaseEvent(app);
    await sendStructured(caller, event);
    const data = { ...(event.data as object), totalAmount: '1.00' };
    expectProblem(await sendStructured(caller, { ...event, data }), 'idempotency-key-reused');
  });

  it('has nothing to do with keys of other kinds', async () => {
    const { example, slug } = definitionOf(app, 'CustomerPurchase');
    const event = purchaseEvent(app, { id: 'K', source: 'S' });
    const { body } = await sendStructured(caller, event);
    const typed = await caller.post(`/v1/events/${slug}`, example, { 'Idempotency-Key': '"S K"' });
    expect(typed.status).toBe(400);
    const other = await caller.post(`/v1/events/${slug}`, { ...example, purchaseId: 'S K' });
    expect(other.status).toBe(202);
    expect(other.body.id).not.toBe(body.id);
  });
});

describe('the trace of a CloudEvent', () => {
  const trace = (digit: string) => `00-${digit.repeat(32)}-${digit.repeat(16)}-01`;
  const traceIdIn = (traceparent: string | null) => traceparent?.split('-')[1]?.at(0);

  it('is the one of its request', async () => {
    const event = purchaseEvent(app, { traceparent: trace('a') });
    const { headers } = await sendStructured(caller, event, { traceparent: trace('b') });
    expect(traceIdIn(headers.get('traceparent'))).toBe('b');
  });

  it('is the one of its extension where the request has none', async () => {
    for (const send of [sendStructured, sendBinary]) {
      const { headers } = await send(caller, purchaseEvent(app, { traceparent: trace('a') }));
      expect(traceIdIn(headers.get('traceparent'))).toBe('a');
    }
  });

  it('is a new one where the extension is none', async () => {
    const { status, headers } = await sendStructured(caller, purchaseEvent(app, { traceparent: 'nonsense' }));
    expect(status).toBe(202);
    expect(headers.get('traceparent')).toMatch(/^00-[0-9a-f]{32}-[0-9a-f]{16}-00$/);
  });
});

describe('who may send CloudEvents', () => {
  it('is a client that may publish their type, event by event', async () => {
    const erp = await publisher(app, 'erp', ['VendorPaymentPosted']);
    const before = await storedCount(app);
    const answer = await sendStructured(erp, purchaseEvent(app));
    expectProblem(answer, 'forbidden');
    expect(answer.body.detail).toBe('This client may not publish CustomerPurchase.');
    expect(app.journal.at(-1)).toBe('CustomerPurchase forbidden');
    expect(await storedCount(app)).toBe(before);
    const payment = definitionOf(app, 'VendorPaymentPosted').example;
    const own = purchaseEvent(app, { type: 'VendorPaymentPosted', time: null, data: payment });
    expect((await sendStructured(erp, own)).status).toBe(202);
  });

  it('is told what it may not send before what is wrong with it', async () => {
    const erp = await publisher(app, 'erp 2', ['VendorPaymentPosted']);
    expectProblem(await sendStructured(erp, purchaseEvent(app, { id: '', data: {} })), 'forbidden');
  });

  it('is nobody else', async () => {
    const body = JSON.stringify(purchaseEvent(app));
    expectProblem(await sendStructured(await operator(app, 'an operator'), body), 'forbidden');
    expectProblem(await sendStructured(stranger(app), body), 'unauthenticated');
  });
});

describe('the contract', () => {
  it('has an operation for CloudEvents, whose examples are accepted as they stand', async () => {
    const { body } = await caller.get('/openapi.json');
    const paths = body.paths as Record<string, { readonly post: CloudEventOperation }>;
    const operation = paths[CLOUD_EVENTS_PATH]?.post;
    expect(operation?.operationId).toBe('publishCloudEvent');
    const { content } = operation?.requestBody ?? { content: {} };
    expect(Object.keys(content)).toEqual([
      'application/cloudevents+json',
      'application/cloudevents-batch+json',
      'application/json',
    ]);
    const examples = Object.entries(content).flatMap(([mediaType, { examples: ofType = {} }]) =>
      Object.values(ofType).map(({ value }) => ({ mediaType, value })),
    );
    expect(examples).toHaveLength(app.catalog.definitions.length + 1);
    for (const { mediaType, value } of examples) {
      const answer = await caller.post(CLOUD_EVENTS_PATH, value, { 'Content-Type': mediaType });
      expect(answer).toMatchObject({ status: 202 });
    }
  });
});

interface CloudEventOperation {
  readonly operationId: string;
  readonly requestBody: {
    readonly content: Readonly<
      Record<string, { readonly examples?: Readonly<Record<string, { readonly value: unknown }>> }>
    >;
  };
}
