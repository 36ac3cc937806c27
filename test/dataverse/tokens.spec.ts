import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { DataverseDestination } from '../../src/dataverse/dataverse-destination.js';
import type { CallReport, Outcome } from '../../src/delivery/destination.js';
import { HeldLimit } from '../support/held-limit.js';
import { until } from '../support/until.js';
import { always, claimed, destinationFor, optionsFor, ShiftedClock, USER } from './support/gateway-side.js';
import { type Answering, type HostileCloud, raw, resetConnection, status } from './support/hostile-cloud.js';
import { refusingPort } from './support/raw-server.js';
import { startTrustedCloud } from './support/trusted-cloud.js';

const HOUR_MS = 3_600_000;
const OTHER_USER = '22222222-2222-4222-8222-222222222222';
const INVALID_CLIENT = JSON.stringify({
  error: 'invalid_client',
  error_codes: [7000215],
  error_description: 'kept-to-ourselves',
});

describe('tokens', () => {
  let ca: string;
  let cloud: HostileCloud;
  let clock: ShiftedClock;
  let destination: DataverseDestination;

  beforeEach(async () => {
    ({ cloud, ca } = await startTrustedCloud());
    clock = new ShiftedClock();
    destination = await destinationFor(optionsFor(cloud, ca), clock);
  });

  afterEach(async () => {
    destination.close();
    await cloud.stop();
  });

  async function deliver(user = USER): Promise<CallReport> {
    return destination.deliver(await claimed('CustomerPurchase'), user, always);
  }

  async function deliverMany(count: number): Promise<unknown[]> {
    const reports = await Promise.all(Array.from({ length: count }, () => deliver()));
    return reports.map((report) => report.outcome?.kind);
  }

  it('are requested with the client credentials for the environment', async () => {
    await deliver();
    const form = new URLSearchParams(cloud.tokenRequests[0]?.body);
    expect(cloud.tokenRequests[0]?.path).toMatch(/^\/tenant\/oauth2\/v2.0\/token/);
    expect(Object.fromEntries(form)).toMatchObject({
      grant_type: 'client_credentials',
      client_id: USER,
      client_secret: 'kept-to-ourselves',
      scope: expect.stringContaining(`${cloud.url}/.default`),
    });
  });

  it('are requested once for twenty calls that find none', async () => {
    expect(await deliverMany(20)).toEqual(Array(20).fill('delivered'));
    expect(cloud.tokenRequests).toHaveLength(1);
  });

  it('are refreshed once for fifty calls that find theirs refused in the middle of it', async () => {
    await deliver();
    const calls: (() => void)[] = [];
    for (let call = 0; call < 50; call += 1) {
      cloud.nextCalls.push((response) => calls.push(() => response.writeHead(401).end()));
    }
    const outcomes = deliverMany(50);
    await until(() => calls.length === 50);
    for (const refuse of calls) refuse();

    expect(await outcomes).toEqual(Array(50).fill('delivered'));
    expect(cloud.tokenRequests).toHaveLength(2);
    expect(cloud.bearers.filter((bearer) => bearer === 'Bearer token-2')).toHaveLength(50);
  });

  it('are not refreshed for a call that was refused with a token replaced since', async () => {
    await deliver();
    let refuseLate = () => undefined as unknown;
    cloud.nextCalls.push((response) => {
      refuseLate = () => response.writeHead(401).end();
    });
    const late = deliver();
    await until(() => cloud.calls.length === 2);
    cloud.nextCalls.push(status(401));
    await deliver();
    refuseLate();
    expect((await late).outcome).toEqual({ kind: 'delivered' });
    expect(cloud.tokenRequests).toHaveLength(2);
  });

  it('that are refused twice in a row make the attempt unauthorized, after one repeat', async () => {
    cloud.nextCalls.push(status(401), status(401));
    expect(await deliver()).toMatchObject({ outcome: { kind: 'unauthorized' }, httpStatus: 401 });
    expect(cloud.bearers).toEqual(['Bearer token-1', 'Bearer token-2']);
  });

  it('that cannot be refreshed leave the attempt with what the token endpoint said', async () => {
    await deliver();
    cloud.nextCalls.push(status(401));
    cloud.nextTokens.push(status(503));
    expect(await deliver()).toMatchObject({ outcome: { kind: 'unavailable' }, httpStatus: 503 });
    expect(cloud.calls).toHaveLength(2);
  });

  it('name the same attempt in its repeat, and another one in the next', async () => {
    cloud.nextCalls.push(status(401));
    await deliver();
    await deliver();
    const ids = cloud.calls.map((call) => call.headers['x-ms-client-request-id']);
    expect(ids[0]).toBe(ids[1]);
    expect(ids[2]).not.toBe(ids[1]);
  });

  it('are renewed shortly before they expire', async () => {
    await deliver();
    clock.aheadMs = HOUR_MS - 6 * 60_000;
    await deliver();
    clock.aheadMs = HOUR_MS - 4 * 60_000;
    await deliver();
    expect(cloud.bearers).toEqual(['Bearer token-1', 'Bearer token-1', 'Bearer token-2']);
  });

  it('go on being used while their renewal fails and they hold', async () => {
    await deliver();
    clock.aheadMs = HOUR_MS - 4 * 60_000;
    cloud.nextTokens.push(status(500));
    expect((await deliver()).outcome).toEqual({ kind: 'delivered' });
    expect(cloud.bearers).toEqual(['Bearer token-1', 'Bearer token-1']);
  });

  it('belong to one application user each', async () => {
    const applicationUsers = [USER, OTHER_USER].map((clientId) => ({
      clientId,
      credential: { kind: 'secret', clientSecret: clientId } as const,
    }));
    const both = await destinationFor(optionsFor(cloud, ca, { applicationUsers }));
    await both.deliver(await claimed('CustomerPurchase'), OTHER_USER, always);
    await both.deliver(await claimed('CustomerPurchase'), USER, always);
    both.close();
    const asked = cloud.tokenRequests.map(({ body }) => new URLSearchParams(body).get('client_id'));
    expect(both.applicationUsers).toEqual([USER, OTHER_USER]);
    expect(asked).toEqual([OTHER_USER, USER]);
    expect(cloud.bearers).toEqual(['Bearer token-1', 'Bearer token-2']);
  });

  describe('that do not come', () => {
    it.each<readonly [string, Answering, Outcome]>([
      ['because the secret is wrong', status(401, {}, INVALID_CLIENT), { kind: 'misconfigured', scope: 'user' }],
      [
        'because the request is refused',
        status(400, {}, '{"error":"invalid_scope"}'),
        { kind: 'misconfigured', scope: 'user' },
      ],
      [
        'though the answer is a success',
        status(200, {}, '{"token_type":"Bearer"}'),
        { kind: 'misconfigured', scope: 'user' },
      ],
      [
        'because Entra throttles',
        status(429, { 'Retry-After': '9' }),
        { kind: 'throttled', retryAfterMs: 9000, limit: 'token' },
      ],
      ['because Entra fails', status(500, {}, INVALID_CLIENT), { kind: 'unavailable' }],
      [
        'because a proxy answers in HTML',
        status(200, { 'Content-Type': 'text/html' }, '<html>'),
        { kind: 'unavailable' },
      ],
      [
        'because a proxy refuses in HTML',
        status(403, { 'Content-Type': 'text/html' }, '<html>'),
        { kind: 'unavailable' },
      ],
      ['because of a redirect', status(302, { Location: '/sign-in' }), { kind: 'unavailable' }],
      ['because the connection is reset', resetConnection, { kind: 'unavailable' }],
      [
        'because the answer is cut off',
        raw('HTTP/1.1 200 OK\r\nContent-Length: 99\r\n\r\n{"access', 'reset'),
        { kind: 'unavailable' },
      ],
    ])('%s end the attempt without a call', async (_, answering, outcome) => {
      cloud.nextTokens.push(answering);
      const report = await deliver();
      expect(report.outcome).toEqual(outcome);
      expect(JSON.stringify(report)).not.toContain('kept-to-ourselves');
      expect(cloud.calls).toHaveLength(0);
      expect(cloud.tokenRequests).toHaveLength(1);
    });

    it('because Entra does not say where its token endpoint is leave the attempt unavailable', async () => {
      cloud.nextDiscoveries.push(status(503));
      expect(await deliver()).toMatchObject({ outcome: { kind: 'unavailable' }, httpStatus: 503 });
      expect(cloud.tokenRequests).toHaveLength(0);
    });

    it('do so at the next attempt, without a pause of their own', async () => {
      cloud.nextTokens.push(status(429, { 'Retry-After': '60' }));
      await deliver();
      expect((await deliver()).outcome).toEqual({ kind: 'delivered' });
    });

    it('because Entra is away leave the attempt unavailable', async () => {
      const away = `https://localhost:${await refusingPort()}`;
      const cutOff = await destinationFor(optionsFor(cloud, ca, { authorityHost: away }));
      const report = await cutOff.deliver(await claimed('CustomerPurchase'), USER, always);
      cutOff.close();
      expect(report).toMatchObject({ outcome: { kind: 'unavailable' }, errorCode: 'ECONNREFUSED' });
    });

    it('in time leave the attempt unavailable: nothing was sent', async () => {
      const limit = new HeldLimit();
      cloud.nextTokens.push(limit.end);
      const hasty = await destinationFor(optionsFor(cloud, ca, { timeoutMs: limit.ms }));
      const report = await hasty.deliver(await claimed('CustomerPurchase'), USER, always);
      limit.release();
      hasty.close();
      expect(report).toMatchObject({ outcome: { kind: 'unavailable' }, errorCode: 'ETIMEDOUT' });
      expect(cloud.calls).toHaveLength(0);
    });
  });
});
