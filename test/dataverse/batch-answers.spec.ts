import { gzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { DataverseDestination } from '../../src/dataverse/dataverse-destination.js';
import type { CallReport, Outcome } from '../../src/delivery/destination.js';
import type { ClaimedEvent } from '../../src/outbox/outbox.js';
import { HeldLimit } from '../support/held-limit.js';
import { until } from '../support/until.js';
import { always, claimed, destinationFor, optionsFor, USER } from './support/gateway-side.js';
import { HeadClock } from './support/head-clock.js';
import { type Answering, type HostileCloud, raw, resetConnection, status } from './support/hostile-cloud.js';
import { refusingPort } from './support/raw-server.js';
import { startTrustedCloud } from './support/trusted-cloud.js';

const MIB = 1024 * 1024;
const TYPE = { 'Content-Type': 'multipart/mixed; boundary=batchresponse_1' };
const CHUNKED = 'HTTP/1.1 200 OK\r\nContent-Type: multipart/mixed; boundary=batchresponse_1\r\n';
const OK = 'HTTP/1.1 204 No Content\r\nOData-Version: 4.0\r\n\r\n';
const BAD = 'HTTP/1.1 400 Bad Request\r\nREQ_ID: 1\r\n\r\n{"error":{"code":"0x80048d19","message":"SEPA-1"}}';
const DELIVERED: Outcome = { kind: 'delivered' };
const UNCERTAIN: Outcome = { kind: 'uncertain' };
const TRANSIENT: Outcome = { kind: 'transient' };
const REJECTED: Outcome = { kind: 'rejected' };

function begun(...answers: readonly string[]): string {
  const mime = 'Content-Type: application/http\r\nContent-Transfer-Encoding: binary\r\n\r\n';
  return answers.map((answer) => `--batchresponse_1\r\n${mime}${answer}\r\n`).join('');
}

function parts(...answers: readonly string[]): string {
  return `${begun(...answers)}--batchresponse_1--\r\n`;
}

/** Three events in one batch; what comes back is whatever a test wants. */
describe('answers of Dataverse to a batch', () => {
  let ca: string;
  let cloud: HostileCloud;
  let destination: DataverseDestination;
  let events: readonly ClaimedEvent[];

  beforeEach(async () => {
    ({ cloud, ca } = await startTrustedCloud());
    destination = await destinationFor(optionsFor(cloud, ca));
    events = await Promise.all([1, 2, 3].map(() => claimed('VendorPaymentPosted')));
  });

  afterEach(async () => {
    destination.close();
    await cloud.stop();
  });

  function deliver(signal = always.signal): Promise<readonly CallReport[]> {
    return destination.deliverBatch(events, USER, { ...always, signal });
  }

  async function outcomes(signal = always.signal): Promise<readonly (Outcome | null)[]> {
    return (await deliver(signal)).map(({ outcome }) => outcome);
  }

  it.each<readonly [string, Answering, readonly Outcome[]]>([
    ['part by part', status(200, TYPE, parts(OK, BAD, OK)), [DELIVERED, REJECTED, DELIVERED]],
    [
      'with a quoted boundary and other parameters',
      status(200, { 'Content-Type': 'multipart/mixed; x="y; z"; boundary="batchresponse_1"' }, parts(OK, OK, BAD)),
      [DELIVERED, DELIVERED, REJECTED],
    ],
    [
      'packed',
      status(200, { ...TYPE, 'Content-Encoding': 'gzip' }, gzipSync(parts(OK, BAD, OK))),
      [DELIVERED, REJECTED, DELIVERED],
    ],
    ['stopped at the second', status(400, TYPE, parts(OK, BAD)), [DELIVERED, REJECTED, UNCERTAIN]],
    ['as one malformed whole', status(400, TYPE, parts(BAD)), [TRANSIENT, UNCERTAIN, UNCERTAIN]],
    [
      'with a deadlock',
      status(500, TYPE, parts('HTTP/1.1 500 X\r\n\r\n{"error":{"code":"0x80044150"}}')),
      [TRANSIENT, UNCERTAIN, UNCERTAIN],
    ],
    [
      'with a throttled part',
      status(200, TYPE, parts(OK, 'HTTP/1.1 429 X\r\nRetry-After: 7\r\n\r\n{}', OK)),
      [DELIVERED, { kind: 'throttled', retryAfterMs: 7000, limit: 'other' }, DELIVERED],
    ],
    ['by a success without parts', status(200, {}, '{}'), [UNCERTAIN, UNCERTAIN, UNCERTAIN]],
    ['by a bare 204', status(204), [UNCERTAIN, UNCERTAIN, UNCERTAIN]],
    ['in line feeds', status(200, TYPE, parts(OK, OK, OK).replaceAll('\r\n', '\n')), [UNCERTAIN, UNCERTAIN, UNCERTAIN]],
    [
      'by a throttle',
      status(429, { 'Retry-After': '5' }, '{"error":{"code":"0x80072326"}}'),
      Array(3).fill({ kind: 'throttled', retryAfterMs: 5000, limit: 'concurrency' }),
    ],
    ['by a 403', status(403), Array(3).fill({ kind: 'forbidden', scope: 'user' })],
    ['by a 404', status(404), Array(3).fill({ kind: 'misconfigured', scope: 'user' })],
    [
      'by a redirect, which is not followed',
      status(308, { Location: '/elsewhere' }),
      Array(3).fill({ kind: 'misconfigured', scope: 'user' }),
    ],
    ['by a 413', status(413), [TRANSIENT, TRANSIENT, TRANSIENT]],
    ['by a 502', status(502, { 'Content-Type': 'text/html' }, '<html>'), [UNCERTAIN, UNCERTAIN, UNCERTAIN]],
    ['by a reset', resetConnection, [UNCERTAIN, UNCERTAIN, UNCERTAIN]],
    [
      'and cut off by a reset in the second part',
      raw(`${CHUNKED}Content-Length: 5000\r\n\r\n${begun(OK)}--batchresponse_1\r\nContent-Ty`, 'reset'),
      [DELIVERED, UNCERTAIN, UNCERTAIN],
    ],
    [
      'and cut off in the middle of a refusal',
      raw(`${CHUNKED}Content-Length: 5000\r\n\r\n${begun(OK)}${begun(BAD).slice(0, -8)}`, 'end'),
      [DELIVERED, UNCERTAIN, UNCERTAIN],
    ],
    [
      'and cut off after the head of a success',
      raw(`${CHUNKED}Transfer-Encoding: chunked\r\n\r\n1000\r\n${begun(BAD, OK)}`, 'end'),
      [REJECTED, DELIVERED, UNCERTAIN],
    ],
    [
      'at far too great length',
      status(200, TYPE, parts(OK, `${BAD}${' '.repeat(4 * MIB)}`, OK)),
      [DELIVERED, UNCERTAIN, UNCERTAIN],
    ],
    [
      'packed badly',
      status(200, { ...TYPE, 'Content-Encoding': 'gzip' }, 'not gzip'),
      [UNCERTAIN, UNCERTAIN, UNCERTAIN],
    ],
  ])('are judged %s, with one call', async (_, answering, expected) => {
    cloud.nextCalls.push(answering);
    expect(await outcomes()).toEqual(expected);
    expect(cloud.calls).toHaveLength(1);
  });

  it('may be longer than a single answer: each part has room for what it has to say', async () => {
    const long = `${BAD}${' '.repeat(400 * 1024)}`;
    cloud.nextCalls.push(status(200, TYPE, parts(long, long, long)));
    expect(await outcomes()).toEqual([REJECTED, REJECTED, REJECTED]);
  });

  it('may come in any pieces, one in the middle of a character', async () => {
    const body = Buffer.from(parts(OK, BAD.replace('SEPA', 'Käse'), OK));
    cloud.nextCalls.push((response) => {
      response.writeHead(200, TYPE);
      for (let at = 0; at < body.length; at += 7) response.write(body.subarray(at, at + 7));
      response.end();
    });
    expect(await outcomes()).toEqual([DELIVERED, REJECTED, DELIVERED]);
  });

  describe('for which there is no time left', () => {
    let limit: HeldLimit;
    let clock: HeadClock;
    beforeEach(async () => {
      limit = new HeldLimit();
      clock = new HeadClock();
      destination.close();
      destination = await destinationFor(optionsFor(cloud, ca, { timeoutMs: limit.ms }), clock);
    });
    afterEach(() => limit.release());

    it('decide the parts that came', async () => {
      const part: Answering = (response) => response.writeHead(200, TYPE).write(`${begun(BAD)}--batchresponse_1\r\n`);
      cloud.nextCalls.push(clock.answering(part));
      const decided = outcomes();
      await clock.headRead();
      limit.end();
      expect(await decided).toEqual([REJECTED, UNCERTAIN, UNCERTAIN]);
    });

    it('leave all uncertain where nothing came', async () => {
      cloud.nextCalls.push(limit.end);
      const reports = await deliver();
      expect(reports).toHaveLength(3);
      for (const report of reports) expect(report).toMatchObject({ outcome: UNCERTAIN, errorCode: 'ETIMEDOUT' });
    });
  });

  it('that a shutdown cuts off decide the parts that came, at once', async () => {
    const shutdown = new AbortController();
    cloud.nextCalls.push((response) => {
      response.writeHead(200, TYPE).write(begun(BAD, BAD));
      setImmediate(() => response.write('--batchresponse_1\r\n', () => shutdown.abort()));
    });
    const [first, , third] = await outcomes(shutdown.signal);
    // How much of it had been read when the cut came is a race; nothing is ever decided by anything else.
    expect([REJECTED, UNCERTAIN]).toContainEqual(first);
    expect(third).toEqual(UNCERTAIN);
  });

  it('are not waited for once the shutdown has cut off', async () => {
    expect(await outcomes(AbortSignal.abort())).toEqual([UNCERTAIN, UNCERTAIN, UNCERTAIN]);
    expect(cloud.calls).toHaveLength(0);
  });

  it('of 401 to the whole are met by one new token and one repeat', async () => {
    cloud.nextCalls.push(status(401), status(200, TYPE, parts(OK, OK, OK)));
    expect(await outcomes()).toEqual([DELIVERED, DELIVERED, DELIVERED]);
    expect(cloud.bearers).toEqual(['Bearer token-1', 'Bearer token-2']);
    expect(cloud.calls[1]?.body).toBe(cloud.calls[0]?.body);
  });

  it('of 401 twice make all unauthorized', async () => {
    cloud.nextCalls.push(status(401), status(401));
    expect(await outcomes()).toEqual(Array(3).fill({ kind: 'unauthorized' }));
    expect(cloud.calls).toHaveLength(2);
  });

  it('that cannot come, for want of a connection, make all unavailable', async () => {
    const url = `https://localhost:${await refusingPort()}`;
    const away = await destinationFor({ ...optionsFor(cloud, ca), url });
    const reports = await away.deliverBatch(events, USER, always);
    away.close();
    expect(reports.map(({ outcome }) => outcome)).toEqual(Array(3).fill({ kind: 'unavailable' }));
  });

  it('that cannot be asked for, for want of a token, are those of the token endpoint', async () => {
    cloud.nextTokens.push(status(429, { 'Retry-After': '9' }));
    const throttled = { kind: 'throttled', retryAfterMs: 9000, limit: 'token' };
    expect(await outcomes()).toEqual([throttled, throttled, throttled]);
    expect(cloud.calls).toHaveLength(0);
  });

  it('are not judged for an application user nobody knows', async () => {
    const reports = await destination.deliverBatch(events, 'nobody', always);
    expect(reports.map(({ outcome }) => outcome)).toEqual([UNCERTAIN, UNCERTAIN, UNCERTAIN]);
    expect(cloud.calls).toHaveLength(0);
  });

  it('use one connection, and send no cookie back', async () => {
    cloud.nextCalls.push(status(200, { ...TYPE, 'Set-Cookie': 'ARRAffinity=abc' }, parts(OK, OK, OK)));
    await deliver();
    await deliver();
    expect(cloud.connections).toBe(1);
    expect(cloud.calls[1]?.headers).not.toHaveProperty('cookie');
  });

  it('leave nothing of the payload, the token or the secret in the reports', async () => {
    cloud.nextCalls.push(status(200, TYPE, parts(BAD, `${BAD}token-1`, 'SEPA-20261122-0815')));
    expect(JSON.stringify(await deliver())).not.toMatch(/SEPA|token-1|kept-to-ourselves/);
  });

  it('do not keep a connection whose answer was too long', async () => {
    cloud.nextCalls.push(status(200, TYPE, parts(OK, OK, 'x'.repeat(4 * MIB))));
    await deliver();
    await until(() => cloud.open === 0);
  });
});
