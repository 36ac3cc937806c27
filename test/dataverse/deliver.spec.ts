import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { customApiFor } from '../../src/contract/custom-api.js';
import type { DataverseDestination } from '../../src/dataverse/dataverse-destination.js';
import { DataverseOptionsError } from '../../src/dataverse/dataverse-options.error.js';
import type { Outcome } from '../../src/delivery/destination.js';
import { always, claimed, destinationFor, loadEvents, optionsFor, PREFIX, USER } from './support/gateway-side.js';
import { type Answering, type HostileCloud, resetConnection, status } from './support/hostile-cloud.js';
import { startTrustedCloud } from './support/trusted-cloud.js';

const TRACE_ID = '4bf92f3577b34da6a3ce929d0e0e4736';
const NO_HINTS = { parallelism: null, remainingRequests: null, remainingTimeMs: null };
const DELIVERED = {
  outcome: { kind: 'delivered' },
  httpStatus: 204,
  errorCode: null,
  detail: null,
  serviceRequestId: null,
  hints: NO_HINTS,
};

describe('DataverseDestination', () => {
  let ca: string;
  let cloud: HostileCloud;
  let destination: DataverseDestination;

  beforeEach(async () => {
    ({ cloud, ca } = await startTrustedCloud());
    destination = await destinationFor(optionsFor(cloud, ca));
  });

  afterEach(async () => {
    destination.close();
    await cloud.stop();
  });

  it('refuses options that would send a token in the clear', async () => {
    await expect(destinationFor(optionsFor(cloud, ca, { url: 'http://localhost' }))).rejects.toThrow(
      DataverseOptionsError,
    );
  });

  describe('delivering', () => {
    it('posts to the custom API with the event id as tag and the headers Dataverse asks for', async () => {
      const event = await claimed('CustomerPurchase');

      expect(await destination.deliver(event, USER, always)).toEqual(DELIVERED);

      const [call] = cloud.calls;
      expect(call?.method).toBe('POST');
      expect(call?.path).toBe(`/api/data/v9.2/contoso_CustomerPurchase?tag=${event.id}`);
      expect(call?.headers).toMatchObject({
        authorization: 'Bearer token-1',
        accept: 'application/json',
        'odata-version': '4.0',
        'odata-maxversion': '4.0',
        'if-none-match': 'null',
        'content-type': 'application/json; charset=utf-8',
        'x-ms-client-request-id': expect.stringMatching(/^[0-9a-f-]{36}$/),
      });
    });

    it('never sends a header that would keep subscribers from running', async () => {
      await destination.deliver(await claimed('CustomerPurchase'), USER, always);
      const names = Object.keys(cloud.calls[0]?.headers ?? {});
      expect(names.filter((name) => /suppress|bypass|mscrm|cookie/i.test(name))).toEqual([]);
    });

    it('sends every shipped event with its envelope and no parameter that its custom API lacks', async () => {
      for (const definition of (await loadEvents()).definitions) {
        const event = await claimed(definition.type);
        await destination.deliver(event, USER, always);
        const { requestParameters } = customApiFor(definition, PREFIX);
        const sent = JSON.parse(cloud.calls.at(-1)?.body ?? '');
        expect(sent).toMatchObject({
          EventId: event.id,
          EventSource: event.source,
          OccurredAt: definition.example.occurredAt,
        });
        expect(Object.keys(sent)).toEqual(requestParameters.map((parameter) => parameter.uniqueName));
      }
    });

    it('sends money and decimals digit for digit', async () => {
      const data =
        '{"amount":"999999999999999.9900","companyCode":"DE01","currencyCode":"EUR","occurredAt":"2026-11-22T09:30:00Z","paymentId":"P","vendorNumber":"V"}';
      await destination.deliver(await claimed('VendorPaymentPosted', { data }), USER, always);
      expect(cloud.calls[0]?.body).toContain('"Amount":999999999999999.9900,');
      expect(cloud.calls[0]?.body).not.toContain('null');
    });

    it('carries the trace on as a new span in every attempt', async () => {
      const event = await claimed('CustomerPurchase', { traceparent: `00-${TRACE_ID}-00f067aa0ba902b7-01` });
      await destination.deliver(event, USER, always);
      await destination.deliver(event, USER, always);
      const parents = cloud.calls.map((call) => String(call.headers.traceparent));
      for (const parent of parents)
        expect(parent).toMatch(new RegExp(`^00-${TRACE_ID}-(?!00f067aa0ba902b7)[0-9a-f]{16}-01$`));
      expect(parents[0]).not.toBe(parents[1]);
    });

    it.each([
      null,
      'nonsense',
      `00-${'0'.repeat(32)}-00f067aa0ba902b7-01`,
      `00-${TRACE_ID}-${'0'.repeat(16)}-01`,
      `ff-${TRACE_ID}-00f067aa0ba902b7-01`,
    ])('sends no trace where it has none to carry on: %s', async (traceparent) => {
      await destination.deliver(await claimed('CustomerPurchase', { traceparent }), USER, always);
      expect(cloud.calls[0]?.headers).not.toHaveProperty('traceparent');
    });

    it('reports code and request id of a refusal', async () => {
      const body = JSON.stringify({ error: { code: '0x80040203', message: 'Required field' } });
      cloud.nextCalls.push(status(400, { 'x-ms-service-request-id': 'a1,b2' }, body));
      expect(await destination.deliver(await claimed('CustomerPurchase'), USER, always)).toEqual({
        outcome: { kind: 'rejected' },
        httpStatus: 400,
        errorCode: '0x80040203',
        detail: 'HTTP 400, a parameter is missing or invalid',
        serviceRequestId: 'a1,b2',
        hints: NO_HINTS,
      });
    });
  });

  describe('an event that cannot be sent', () => {
    it.each<readonly [string, string, string, string]>([
      ['has a type that is not defined any more', 'Forgotten', '{}', 'no event definition of this type is loaded'],
      [
        'does not fit its definition any more',
        'CustomerPurchase',
        '{"purchaseId":"P-1"}',
        'it lacks the required field',
      ],
      ['cannot be read', 'CustomerPurchase', '{', 'not JSON'],
    ])("closes its type's gate where it %s", async (_, type, data, words) => {
      const report = await destination.deliver(await claimed('CustomerPurchase', { type, data }), USER, always);
      expect(report.outcome).toEqual({ kind: 'misconfigured', scope: 'type' });
      expect(report.detail).toContain(words);
      expect(JSON.stringify(report)).not.toContain('P-1');
      expect(cloud.tokenRequests).toHaveLength(0);
    });

    it('is an outcome too where it is for an application user nobody knows', async () => {
      const report = await destination.deliver(await claimed('CustomerPurchase'), 'nobody', always);
      expect(report.outcome).toEqual({ kind: 'uncertain' });
      expect(cloud.calls).toHaveLength(0);
    });
  });

  describe('probing', () => {
    it('brings what the answer says about the target', async () => {
      cloud.nextCalls.push(status(200, { 'x-ms-dop-hint': '12' }, '{}'));
      expect((await destination.probe(USER, always)).hints).toEqual({ ...NO_HINTS, parallelism: 12 });
    });

    it('asks who the application user is and delivers nothing', async () => {
      const whoAmI = { BusinessUnitId: 'b', UserId: 'u', OrganizationId: 'o' };
      cloud.nextCalls.push(status(200, {}, JSON.stringify(whoAmI)));
      expect((await destination.probe(USER, always)).outcome).toEqual({ kind: 'delivered' });
      expect(cloud.calls).toHaveLength(1);
      expect(cloud.calls[0]).toMatchObject({ method: 'GET', path: '/api/data/v9.2/WhoAmI', body: '' });
      expect(cloud.calls[0]?.headers).not.toHaveProperty('content-type');
    });

    it.each<readonly [string, Answering, Outcome]>([
      ['throttled', status(429, { 'Retry-After': '4' }), { kind: 'throttled', retryAfterMs: 4000, limit: 'other' }],
      ['forbidden, which concerns the user whatever the code', status(403), { kind: 'forbidden', scope: 'user' }],
      [
        'not found, which concerns the user: no type is involved',
        status(404),
        { kind: 'misconfigured', scope: 'user' },
      ],
      ['redirected', status(302, { Location: '/' }), { kind: 'misconfigured', scope: 'user' }],
      ['unanswered', resetConnection, { kind: 'uncertain' }],
      ['out of order', status(503), { kind: 'transient' }],
    ])('says when it is %s', async (_, answering, outcome) => {
      cloud.nextCalls.push(answering);
      expect((await destination.probe(USER, always)).outcome).toEqual(outcome);
    });

    it('is an outcome too where nobody knows the application user', async () => {
      expect((await destination.probe('nobody', always)).outcome).toEqual({ kind: 'uncertain' });
    });
  });
});
