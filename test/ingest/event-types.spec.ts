import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type Caller, expectProblem, publisher } from './support/caller.js';
import { type IngestApp, startIngestApp } from './support/ingest-app.js';

let app: IngestApp;
let caller: Caller;
beforeAll(async () => {
  app = await startIngestApp();
  caller = await publisher(app, 'reader', []);
});
afterAll(() => app.close());

describe('the event types', () => {
  it('are listed with all there is to know, for everybody with a key', async () => {
    const { status, body } = await caller.get('/v1/event-types');
    expect(status).toBe(200);
    const eventTypes = body.eventTypes as readonly Record<string, unknown>[];
    expect(eventTypes.map(({ type }) => type)).toEqual(app.catalog.types);
    expect(eventTypes.find(({ type }) => type === 'VendorPaymentPosted')).toMatchObject({
      type: 'VendorPaymentPosted',
      name: 'VendorPaymentPosted',
      version: 1,
      path: '/v1/events/vendor-payment-posted',
      key: 'paymentId',
      source: 'companyCode',
      orderingKey: 'vendorNumber',
      whenDead: 'continue',
      schema: { type: 'object', additionalProperties: false, required: expect.arrayContaining(['paymentId']) },
      customApi: { uniqueName: 'contoso_VendorPaymentPosted' },
      catalog: { root: 'Contoso Vendor Management', category: 'Vendor Events' },
    });
  });

  it.each([['VendorPaymentPosted'], ['vendor-payment-posted']])('are found by type and by path: %s', async (name) => {
    const { body } = await caller.get(`/v1/event-types/${name}`);
    expect(body.type).toBe('VendorPaymentPosted');
    expect(body.example).toEqual(app.catalog.find('VendorPaymentPosted')?.example);
  });

  it.each([['Unknown'], ['vendorpaymentposted'], ['..'], ['__proto__'], ['constructor']])(
    'are no other: %s',
    async (name) => {
      expectProblem(await caller.get(`/v1/event-types/${encodeURIComponent(name)}`), 'not-found');
    },
  );
});
