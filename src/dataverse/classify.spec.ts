import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { Outcome, ThrottleLimit } from '../delivery/destination.js';
import type { Answer } from './answer.js';
import { classify } from './classify.js';
import type { ConnectionStage, HttpFailure, HttpResponse } from './http/http-exchange.js';
import { KNOWN_CODES } from './known-codes.js';

const RECEIVED_AT = Date.UTC(2026, 10, 22, 10, 0, 0);

/** Statuses that are decided by a code wherever one stands in the table "at any status". */
const ANY_STATUS = [300, 400, 401, 403, 404, 408, 409, 418, 429, 500, 502, 503, 504, 599];

const NO_HINTS = { parallelism: null, remainingRequests: null, remainingTimeMs: null };

const EVERY_CODE = [...KNOWN_CODES.keys()];

type Row = readonly [condition: string, answer: Answer];

describe('classify', () => {
  describe('delivered', () => {
    it.each<Row>([
      ...[200, 201, 202, 204, 206, 226, 299].map((status): Row => [`${status}`, answered(status)]),
      ['2xx with a body that was cut off', answered(200, { complete: false })],
      ['2xx with a body that cannot be read', answered(200, { body: '<html>' })],
      ['2xx with an error code in its body', answered(200, { code: '0x80072322' })],
      ['2xx with Retry-After', answered(200, { headers: { 'retry-after': '5' } })],
    ])('%s', (_, answer) => expectOutcome(answer, { kind: 'delivered' }));
  });

  describe('throttled', () => {
    const codes: readonly (readonly [string, ThrottleLimit])[] = [
      ['0x80072322', 'requests'],
      ['-2147015902', 'requests'],
      ['0x80072321', 'execution-time'],
      ['-2147015903', 'execution-time'],
      ['0x80072326', 'concurrency'],
      ['-2147015898', 'concurrency'],
      ['0x8005F103', 'other'],
      ['-2147094269', 'other'],
    ];

    it.each<readonly [string, Answer, ThrottleLimit]>([
      ['429 without a code', answered(429), 'other'],
      ['429 with an unknown code', answered(429, { code: '0x8fffffff' }), 'other'],
      ['429 with a code that the status decides', answered(429, { code: '0x80040220' }), 'other'],
      ['429 with a body that was cut off', answered(429, { complete: false }), 'other'],
      ...ANY_STATUS.flatMap((status) =>
        codes.map(([code, limit]) => [`${code} at ${status}`, answered(status, { code }), limit] as const),
      ),
    ])('%s', (_, answer, limit) => expectOutcome(answer, { kind: 'throttled', retryAfterMs: null, limit }));

    it.each<readonly [string, number, Record<string, string>, number]>([
      ['seconds', 429, { 'retry-after': '37' }, 37_000],
      ['seconds with a 503', 503, { 'retry-after': '2' }, 2_000],
      ['no time at all with a 503', 503, { 'retry-after': '0' }, 0],
      ['more than an hour', 429, { 'retry-after': '7200' }, 3_600_000],
      ['a date, counted from when the answer came', 429, { 'retry-after': 'Sun, 22 Nov 2026 10:00:09 GMT' }, 9_000],
      [
        "a date, counted from the answer's own Date",
        503,
        { 'retry-after': 'Sun, 22 Nov 2026 08:00:09 GMT', date: 'Sun, 22 Nov 2026 08:00:00 GMT' },
        9_000,
      ],
    ])('carries Retry-After upward: %s', (_, status, headers, retryAfterMs) => {
      // A 503 is a target in trouble: fewer calls would not have kept it from coming.
      const limit = status === 503 ? 'busy' : 'other';
      expectOutcome(answered(status, { headers }), { kind: 'throttled', retryAfterMs, limit });
    });

    it('carries Retry-After upward with a code at another status', () => {
      const answer = answered(400, { code: '0x80072326', headers: { 'retry-after': '3' } });
      expectOutcome(answer, { kind: 'throttled', retryAfterMs: 3_000, limit: 'concurrency' });
    });
  });

  describe('unauthorized', () => {
    it.each<Row>([
      ['401', answered(401)],
      ['401 with an unknown code', answered(401, { code: '0x80041d45' })],
      ['401 with a code that belongs to a 403', answered(401, { code: '0x80072560' })],
      ['401 with a body that was cut off', answered(401, { complete: false })],
    ])('%s', (_, answer) => expectOutcome(answer, { kind: 'unauthorized' }));
  });

  describe('forbidden', () => {
    it.each<readonly [string, Answer, 'user' | 'pair']>([
      ['403', answered(403), 'pair'],
      ['403 for want of a privilege', answered(403, { code: '0x80040220' }), 'pair'],
      ['403 with a body that was cut off', answered(403, { complete: false }), 'pair'],
      ['403 for who is no member', answered(403, { code: '0x80072560' }), 'user'],
      ['403 for who is no member, in decimal', answered(403, { code: '-2147015328' }), 'user'],
      ['403 for who has no roles', answered(403, { code: '0x80042F09' }), 'user'],
    ])('%s', (_, answer, scope) => expectOutcome(answer, { kind: 'forbidden', scope }));
  });

  describe('misconfigured', () => {
    it.each<Row>([
      ...[404, 405, 501, 300, 301, 302, 303, 304, 307, 308, 399].map((status): Row => [`${status}`, answered(status)]),
      ['404 for an unknown custom API', answered(404, { code: '0x8006088a' })],
      ['404 with a page of HTML', answered(404, { body: '<html>' })],
      ['404 with a body that was cut off', answered(404, { complete: false })],
    ])("the event type's gate: %s", (_, answer) => expectOutcome(answer, { kind: 'misconfigured', scope: 'type' }));

    it.each<Row>([
      ['a certificate that does not verify', failed('unverified', 'CERT_HAS_EXPIRED')],
      ['a refusal by the token endpoint', noToken({ kind: 'misconfigured', scope: 'user' })],
    ])("the application user's gate: %s", (_, answer) =>
      expectOutcome(answer, { kind: 'misconfigured', scope: 'user' }),
    );
  });

  describe('unavailable', () => {
    it.each<Row>([
      ['connection refused', failed('connecting', 'ECONNREFUSED')],
      ['an unknown host', failed('connecting', 'ENOTFOUND')],
      ['DNS away', failed('connecting', 'EAI_AGAIN')],
      ['connect timeout', failed('connecting', 'ECONNECTTIMEOUT')],
      ['TLS handshake not finished', failed('connecting', 'ECONNRESET')],
      ['time up before there was a connection', failed('connecting', 'ETIMEDOUT')],
      ['no token to be had', noToken({ kind: 'unavailable' })],
    ])('%s', (_, answer) => expectOutcome(answer, { kind: 'unavailable' }));
  });

  describe('uncertain', () => {
    it.each<Row>([
      ['timeout on a connected socket', failed('connected', 'ETIMEDOUT')],
      ['reset on a connected socket', failed('connected', 'ECONNRESET')],
      ['an answer that is not HTTP', failed('connected', 'HPE_INVALID_CONSTANT')],
      ['cut off by a shutdown', failed('connected', 'ABORTED')],
      ['cut off by a shutdown before there was a connection', failed('connecting', 'ABORTED')],
      ...[408, 500, 502, 504, 505, 507, 520, 599].map((status): Row => [`${status}`, answered(status)]),
      ['408 with Retry-After', answered(408, { headers: { 'retry-after': '5' } })],
      ['500 with Retry-After', answered(500, { headers: { 'retry-after': '5' } })],
      ['500 with an unknown code', answered(500, { code: '0x80040216' })],
      ['a status of no known class', answered(600)],
      ['a status below all classes', answered(199)],
      ['half of a 400, which may have held a code that forgives', answered(400, { complete: false })],
    ])('%s', (_, answer) => expectOutcome(answer, { kind: 'uncertain' }));
  });

  describe('transient', () => {
    const codes = [
      '0x80044150',
      '0x80044151',
      '0x80072323',
      '0x80072324',
      '0x8004A001',
      '0x80060916',
      '-2147204784',
      '-2147204783',
    ];

    it.each<Row>([
      ['503', answered(503)],
      ['503 with a Retry-After that cannot be read', answered(503, { headers: { 'retry-after': 'soon' } })],
      ['503 with a body that was cut off', answered(503, { complete: false })],
      ['425', answered(425)],
      ...ANY_STATUS.flatMap((status) => codes.map((code): Row => [`${code} at ${status}`, answered(status, { code })])),
    ])('%s', (_, answer) => expectOutcome(answer, { kind: 'transient' }));
  });

  describe('conflicted', () => {
    it.each<Row>([
      ...[409, 412, 423, 428].map((status): Row => [`${status}`, answered(status)]),
      ['404 for a row that is not there', answered(404, { code: '0x80040217' })],
      ['404 for a row that is not there, in decimal', answered(404, { code: '-2147220969' })],
      ['a plug-in that aborted, at 400', answered(400, { code: '0x80040265' })],
      ['a plug-in that aborted, at 500', answered(500, { code: '0x80040265' })],
      ['a plug-in that aborted, in decimal', answered(400, { code: '-2147220891' })],
      ['412 for a duplicate', answered(412, { code: '0x80060892' })],
    ])('%s', (_, answer) => expectOutcome(answer, { kind: 'conflicted' }));
  });

  describe('rejected', () => {
    it.each<Row>([
      ...[400, 402, 406, 407, 410, 411, 413, 414, 415, 417, 418, 421, 422, 424, 426, 431, 451, 499].map(
        (status): Row => [`${status}`, answered(status)],
      ),
      ['400 with an unknown code', answered(400, { code: '0x80040203' })],
      ['400 with an empty code', answered(400, { code: '' })],
      ['400 with a page of HTML', answered(400, { body: '<html>0x80072322</html>' })],
      [
        '400 with a known code in its message alone',
        answered(400, { body: '{"error":{"code":"","message":"0x80072322"}}' }),
      ],
      ['400 with Retry-After', answered(400, { headers: { 'retry-after': '5' } })],
    ])('%s', (_, answer) => expectOutcome(answer, { kind: 'rejected' }));
  });

  describe('the report', () => {
    it('names status, code and what the code means, and leaves the message out', () => {
      const body = JSON.stringify({ error: { code: '0x80040265', message: 'customer@example.com is not wanted' } });
      const headers = { 'x-ms-service-request-id': 'b1f2,c3d4' };

      expect(classify(answered(400, { body, headers }))).toEqual({
        outcome: { kind: 'conflicted' },
        httpStatus: 400,
        errorCode: '0x80040265',
        detail: 'HTTP 400, a plug-in aborted the call',
        serviceRequestId: 'b1f2,c3d4',
        hints: NO_HINTS,
      });
    });

    it('has nothing but the status where there is no more', () => {
      expect(classify(answered(502))).toMatchObject({
        httpStatus: 502,
        errorCode: null,
        detail: 'HTTP 502',
        serviceRequestId: null,
      });
    });

    it('says when the answer was cut off', () => {
      expect(classify(answered(502, { complete: false })).detail).toBe('HTTP 502, the answer was cut off');
    });

    it('takes the request id from REQ_ID where that is all there is', () => {
      expect(classify(answered(500, { headers: { req_id: 'e5f6' } })).serviceRequestId).toBe('e5f6');
    });

    it('says nothing of a success but its status and request id', () => {
      const report = classify(answered(200, { code: '0x80072322', headers: { 'x-ms-service-request-id': 'a' } }));
      expect(report).toMatchObject({ httpStatus: 200, errorCode: null, detail: null, serviceRequestId: 'a' });
    });

    it.each([200, 204, 400, 429, 503])('brings what a %i says about the target', (status) => {
      const headers = {
        'x-ms-dop-hint': '8',
        'x-ms-ratelimit-burst-remaining-xrm-requests': '17',
        'x-ms-ratelimit-time-remaining-xrm-requests': '1,199.25',
      };
      const hints = { parallelism: 8, remainingRequests: 17, remainingTimeMs: 1_199_250 };
      expect(classify(answered(status, { headers })).hints).toEqual(hints);
    });

    it.each<readonly [HttpFailure, string]>([
      [failed('connecting', 'ECONNREFUSED'), 'surely not executed'],
      [failed('unverified', 'CERT_HAS_EXPIRED'), 'nothing was sent'],
      [failed('connected', 'ECONNRESET'), 'may have been executed'],
      [failed('connected', 'ABORTED'), 'cut off by a shutdown'],
    ])('tells whether $code at stage "$stage" may have been executed', (answer, words) => {
      const report = classify(answer);
      expect(report).toMatchObject({ httpStatus: null, errorCode: answer.code, serviceRequestId: null, hints: null });
      expect(report.detail).toContain(words);
    });

    it('passes on what the token endpoint said', () => {
      expect(classify(noToken({ kind: 'throttled', retryAfterMs: 5_000, limit: 'token' }))).toEqual({
        outcome: { kind: 'throttled', retryAfterMs: 5_000, limit: 'token' },
        httpStatus: 429,
        errorCode: 'AADSTS1',
        detail: 'no token',
        serviceRequestId: null,
        hints: null,
      });
    });
  });

  it('comes to an outcome for any status, code and body, and never leaks a message', () => {
    const status = fc.integer({ min: 100, max: 999 });
    const code = fc.oneof(fc.constantFrom(...EVERY_CODE), fc.string());
    fc.assert(
      fc.property(status, code, fc.boolean(), (number, text, complete) => {
        const body = JSON.stringify({ error: { code: text, message: 'a secret of the payload' } });
        const report = classify(answered(number, { body, complete }));
        expect(report.outcome.kind).toBeTruthy();
        expect(JSON.stringify(report)).not.toContain('secret');
        if (report.outcome.kind === 'delivered') expect(Math.floor(number / 100)).toBe(2);
        if (report.outcome.kind === 'rejected') expect(Math.floor(number / 100)).toBe(4);
      }),
    );
  });
});

function expectOutcome(answer: Answer, outcome: Outcome): void {
  expect(classify(answer).outcome).toEqual(outcome);
}

function answered(
  status: number,
  facts: { code?: string; body?: string; headers?: Record<string, string>; complete?: boolean } = {},
): HttpResponse {
  const { code, headers = {}, complete = true } = facts;
  const body = facts.body ?? (code === undefined ? '' : JSON.stringify({ error: { code, message: 'm' } }));
  return {
    kind: 'response',
    status,
    headers: new Headers(headers),
    body: complete ? body : '',
    complete,
    receivedAt: RECEIVED_AT,
  };
}

function failed(stage: ConnectionStage, code: string): HttpFailure {
  return { kind: 'failure', stage, code };
}

function noToken(outcome: Extract<Answer, { kind: 'no-token' }>['outcome']): Answer {
  return { kind: 'no-token', outcome, status: 429, code: 'AADSTS1', detail: 'no token' };
}
