import { gzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { DataverseDestination } from '../../src/dataverse/dataverse-destination.js';
import type { CallReport, Outcome } from '../../src/delivery/destination.js';
import { HeldLimit } from '../support/held-limit.js';
import { until } from '../support/until.js';
import { always, claimed, destinationFor, optionsFor, USER } from './support/gateway-side.js';
import { HeadClock } from './support/head-clock.js';
import { type Answering, type HostileCloud, raw, resetConnection, status } from './support/hostile-cloud.js';
import { startTrustedCloud } from './support/trusted-cloud.js';

const MIB = 1024 * 1024;
const THROTTLED = JSON.stringify({
  error: { code: '0x80072322', message: 'Number of requests exceeded the limit of 6000.' },
});

/** The connection stands; what comes back over it is whatever a test wants. */
describe('answers of Dataverse', () => {
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

  async function deliver(signal = always.signal): Promise<CallReport> {
    return destination.deliver(await claimed('VendorPaymentPosted'), USER, { ...always, signal });
  }

  it.each<readonly [string, Answering, Outcome]>([
    ['a status with a code', status(400, {}, THROTTLED), { kind: 'throttled', retryAfterMs: null, limit: 'requests' }],
    [
      'Retry-After',
      status(429, { 'Retry-After': '7' }, THROTTLED),
      { kind: 'throttled', retryAfterMs: 7000, limit: 'requests' },
    ],
    [
      'a packed answer',
      status(400, { 'Content-Encoding': 'gzip' }, gzipSync(THROTTLED)),
      { kind: 'throttled', retryAfterMs: null, limit: 'requests' },
    ],
    [
      'a redirect, which is not followed',
      status(307, { Location: '/elsewhere' }),
      { kind: 'misconfigured', scope: 'type' },
    ],
    ['an empty 404', status(404), { kind: 'misconfigured', scope: 'type' }],
    [
      'a success at whose end the connection breaks',
      raw('HTTP/1.1 204 No Content\r\n\r\n', 'reset'),
      { kind: 'delivered' },
    ],
    [
      'a success that is cut off',
      raw('HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{"half', 'reset'),
      { kind: 'delivered' },
    ],
    [
      'a success whose end is missing',
      raw('HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello', 'end'),
      { kind: 'delivered' },
    ],
    ['a success that is packed badly', status(200, { 'Content-Encoding': 'gzip' }, 'not gzip'), { kind: 'delivered' }],
    ['a success that is far too long', status(200, {}, 'x'.repeat(4 * MIB)), { kind: 'delivered' }],
    [
      'a refusal that is cut off',
      raw('HTTP/1.1 400 Bad Request\r\nContent-Length: 100\r\n\r\n{"error"', 'reset'),
      { kind: 'uncertain' },
    ],
    ['a refusal that is far too long', status(400, {}, 'x'.repeat(4 * MIB)), { kind: 'uncertain' }],
    [
      'a refusal that is packed too long',
      status(400, { 'Content-Encoding': 'gzip' }, gzipSync('x'.repeat(4 * MIB))),
      { kind: 'uncertain' },
    ],
    ['a refusal in HTML', status(400, { 'Content-Type': 'text/html' }, '<html>'), { kind: 'rejected' }],
    ['a reset before the answer', resetConnection, { kind: 'uncertain' }],
    ['an end before the answer', raw('', 'end'), { kind: 'uncertain' }],
    ['half a status line', raw('HTTP/1.1 20', 'reset'), { kind: 'uncertain' }],
    ['something that is not HTTP', raw('SSH-2.0-OpenSSH_9.9\r\n', 'end'), { kind: 'uncertain' }],
    ['headers without end', raw(`HTTP/1.1 200 OK\r\nX: ${'x'.repeat(64 * 1024)}`, 'end'), { kind: 'uncertain' }],
    ['a status of no class', raw('HTTP/1.1 999 What\r\nContent-Length: 0\r\n\r\n', 'end'), { kind: 'uncertain' }],
  ])('judges %s, with one call', async (_, answering, outcome) => {
    cloud.nextCalls.push(answering);
    expect((await deliver()).outcome).toEqual(outcome);
    expect(cloud.calls).toHaveLength(1);
  });

  describe('that do not come in time', () => {
    let limit: HeldLimit;
    let clock: HeadClock;
    beforeEach(async () => {
      limit = new HeldLimit();
      clock = new HeadClock();
      destination.close();
      destination = await destinationFor(optionsFor(cloud, ca, { timeoutMs: limit.ms }), clock);
    });
    afterEach(() => limit.release());

    it('leave the call uncertain', async () => {
      cloud.nextCalls.push(limit.end);
      const report = await deliver();
      expect(report).toMatchObject({ outcome: { kind: 'uncertain' }, errorCode: 'ETIMEDOUT', httpStatus: null });
      expect(cloud.calls).toHaveLength(1);
    });

    it('leave the call uncertain after a switch of protocols', async () => {
      const switching = 'HTTP/1.1 101 Switching Protocols\r\nUpgrade: h2c\r\nConnection: Upgrade\r\n\r\n';
      cloud.nextCalls.push(({ socket }) => socket?.write(switching));
      const report = deliver();
      // It is the client that closes, as soon as it has read that.
      await until(() => cloud.calls.length === 1 && cloud.open === 0);
      limit.end();
      expect((await report).outcome).toEqual({ kind: 'uncertain' });
      expect(cloud.calls).toHaveLength(1);
    });

    it('are delivered nevertheless where only the body of a success never ends', async () => {
      cloud.nextCalls.push(clock.answering((response) => response.writeHead(200).write('{')));
      const report = deliver();
      await clock.headRead();
      limit.end();
      expect((await report).outcome).toEqual({ kind: 'delivered' });
    });
  });

  it('is uncertain of a call that a shutdown cuts off, at once', async () => {
    const shutdown = new AbortController();
    cloud.nextCalls.push(() => shutdown.abort());
    expect(await deliver(shutdown.signal)).toMatchObject({ outcome: { kind: 'uncertain' }, errorCode: 'ABORTED' });
  });

  it('sends nothing once the shutdown has cut off', async () => {
    expect((await deliver(AbortSignal.abort())).outcome).toEqual({ kind: 'uncertain' });
    expect(cloud.calls).toHaveLength(0);
  });

  it('is uncertain of a reset on a connection that was used before, and does not repeat the call', async () => {
    await deliver();
    cloud.nextCalls.push(resetConnection);
    expect((await deliver()).outcome).toEqual({ kind: 'uncertain' });
    expect(cloud.calls).toHaveLength(2);
    expect(cloud.connections).toBe(1);
  });

  it('finds a new connection where the old one was closed while idle', async () => {
    await deliver();
    cloud.dropConnections();
    await until(() => cloud.open === 0);
    // Whether the end is noticed before the next call is a race, and either way the event is safe: sure or uncertain.
    const outcomes = [(await deliver()).outcome?.kind, (await deliver()).outcome?.kind];
    expect(outcomes[1]).toBe('delivered');
    expect(['delivered', 'uncertain']).toContain(outcomes[0]);
  });

  it('uses a connection again for calls that follow one another', async () => {
    for (let call = 0; call < 10; call += 1) await deliver();
    // On a busy machine an answer can be there a moment before its socket is back with the agent.
    expect(cloud.connections).toBeLessThanOrEqual(3);
  });

  it('sends no cookie back: the affinity cookie would pin one web server', async () => {
    cloud.nextCalls.push(status(204, { 'Set-Cookie': 'ARRAffinity=abc; Path=/; Secure' }));
    await deliver();
    await deliver();
    expect(cloud.calls.map((call) => call.headers.cookie)).toEqual([undefined, undefined]);
  });

  it('leaves nothing of the payload, the token or the secret in its reports', async () => {
    const echo = JSON.stringify({
      error: { code: '0x80048d19', message: 'Cannot convert SEPA-20261122-0815, token-1' },
    });
    cloud.nextCalls.push(status(400, {}, echo));
    const report = await deliver();
    expect(report).toMatchObject({ outcome: { kind: 'rejected' }, errorCode: '0x80048d19' });
    expect(JSON.stringify(report)).not.toMatch(/SEPA|token-1|kept-to-ourselves/);
  });
});
