import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Verification } from '../../src/contract/verification.js';
import { type Caller, expectProblem, publisher } from './support/caller.js';
import { type IngestApp, startIngestApp } from './support/ingest-app.js';

const AT = Date.UTC(2026, 10, 22, 10);

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

  it.each<[Verification, object]>([
    [
      { status: 'drifted', at: AT, detail: 'the parameter Amount is missing' },
      { status: 'drifted', at: '2026-11-22T10:00:00.000Z', detail: 'the parameter Amount is missing' },
    ],
    [
      { status: 'not-verified', at: AT, detail: 'no right to read' },
      { status: 'not-verified', at: '2026-11-22T10:00:00.000Z', detail: 'no right to read' },
    ],
    [
      { status: 'verified', at: AT },
      { status: 'verified', at: '2026-11-22T10:00:00.000Z', detail: null },
    ],
  ])('say whether what is deployed fits: %j', async (verification, expected) => {
    app.verifications.learn('VendorPaymentPosted', verification);
    const { body } = await caller.get('/v1/event-types/VendorPaymentPosted');
    expect(body.verification).toEqual(expected);
    const { body: list } = await caller.get('/v1/event-types');
    const [purchase, payment] = list.eventTypes as readonly Record<string, unknown>[];
    expect(payment?.verification).toEqual(expected);
    expect(purchase?.verification).toEqual({ status: 'not-verified', at: null, detail: 'it was not looked at yet' });
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
