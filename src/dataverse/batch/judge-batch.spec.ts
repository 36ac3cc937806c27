import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { Outcome } from '../../delivery/destination.js';
import type { Answer } from '../answer.js';
import type { HttpResponse } from '../http/http-exchange.js';
import { judgeBatch } from './judge-batch.js';

const RECEIVED_AT = Date.UTC(2026, 10, 22, 10, 0, 0);
const MULTIPART = { 'content-type': 'multipart/mixed; boundary=batchresponse_1' };
const DELIVERED: Outcome = { kind: 'delivered' };
const UNCERTAIN: Outcome = { kind: 'uncertain' };
const TRANSIENT: Outcome = { kind: 'transient' };
const REJECTED: Outcome = { kind: 'rejected' };
const THROTTLED: Outcome = { kind: 'throttled', retryAfterMs: null, limit: 'other' };

interface Part {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly code?: string;
}

const OK: Part = { status: 204 };
const BAD: Part = { status: 400, code: '0x80048d19' };

describe('judgeBatch', () => {
  describe('an answer in parts', () => {
    it.each<readonly [string, readonly Part[], readonly Outcome[]]>([
      ['that all succeeded', [OK, OK, OK], [DELIVERED, DELIVERED, DELIVERED]],
      ['one of which was refused', [OK, BAD, OK], [DELIVERED, REJECTED, DELIVERED]],
      [
        'one of which was throttled by itself',
        [OK, { status: 429, headers: { 'Retry-After': '7' }, code: '0x80072326' }, OK],
        [DELIVERED, { kind: 'throttled', retryAfterMs: 7000, limit: 'concurrency' }, DELIVERED],
      ],
      [
        'whose custom API is missing, forbidden, or conflicts',
        [{ status: 404, code: '0x8006088a' }, { status: 403 }, { status: 412 }],
        [{ kind: 'misconfigured', scope: 'type' }, { kind: 'forbidden', scope: 'pair' }, { kind: 'conflicted' }],
      ],
      ['fewer than there were operations', [OK, OK], [DELIVERED, DELIVERED, UNCERTAIN]],
      ['at the last of which a server stopped', [OK, BAD], [DELIVERED, REJECTED, UNCERTAIN]],
      ['more than there were operations', [OK, BAD, OK, BAD, OK], [DELIVERED, REJECTED, DELIVERED]],
      ['a status of which is no known one', [OK, { status: 999 }, OK], [DELIVERED, UNCERTAIN, DELIVERED]],
    ])('%s', (_, parts, outcomes) => {
      expect(outcomesOf(multipart(200, parts), 3)).toEqual(outcomes);
    });

    it('keeps the place of a part that cannot be read', () => {
      const body = bodyOf([OK, OK, BAD]).replace('HTTP/1.1 204', 'HTTP/9.9 204');
      const reports = judgeBatch(answered(200, { headers: MULTIPART, body }), 3);
      expect(reports.map(({ outcome }) => outcome)).toEqual([UNCERTAIN, DELIVERED, REJECTED]);
      expect(reports[0]?.detail).toBe(
        'HTTP 200 of the batch, but its part of the answer cannot be read: may have been executed',
      );
    });

    it('of an outer status that is an error, too', () => {
      expect(outcomesOf(multipart(400, [OK, OK, BAD]), 3)).toEqual([DELIVERED, DELIVERED, REJECTED]);
      expect(outcomesOf(multipart(400, [OK, BAD]), 4)).toEqual([DELIVERED, REJECTED, UNCERTAIN, UNCERTAIN]);
      expect(outcomesOf(multipart(503, [OK, { status: 503 }]), 3)).toEqual([DELIVERED, TRANSIENT, UNCERTAIN]);
    });

    it('reports status, code and request id of each', () => {
      const parts = [
        { ...OK, headers: { 'x-ms-service-request-id': 'one' } },
        { ...BAD, headers: { REQ_ID: 'two' } },
        { ...OK, headers: { REQ_ID: 'no', 'X-MS-Service-Request-Id': 'three' } },
        OK,
      ];
      const headers = { ...MULTIPART, 'x-ms-service-request-id': 'outer' };
      const reports = judgeBatch(answered(200, { headers, body: bodyOf(parts) }), 5);
      expect(reports.map(({ serviceRequestId }) => serviceRequestId)).toEqual([
        'one',
        'two',
        'three',
        'outer',
        'outer',
      ]);
      expect(reports[1]).toMatchObject({
        httpStatus: 400,
        errorCode: '0x80048d19',
        detail: 'HTTP 400, a parameter is unknown or of another type',
      });
      expect(reports[4]).toMatchObject({
        httpStatus: 200,
        errorCode: null,
        detail: 'HTTP 200 of the batch, but the answer holds no part for it: may have been executed',
      });
    });

    it('brings with each what the answer around it says about the target', () => {
      const around = {
        'x-ms-dop-hint': '8',
        'x-ms-ratelimit-burst-remaining-xrm-requests': '17',
        'x-ms-ratelimit-time-remaining-xrm-requests': '3.5',
      };
      const parts = [OK, { ...OK, headers: { 'x-ms-dop-hint': '4' } }];
      const reports = judgeBatch(answered(200, { headers: { ...MULTIPART, ...around }, body: bodyOf(parts) }), 3);
      const hints = { parallelism: 8, remainingRequests: 17, remainingTimeMs: 3500 };
      expect(reports.map((report) => report.hints)).toEqual([hints, { ...hints, parallelism: 4 }, hints]);
    });

    it("counts a part's Retry-After from the Date of the answer around it, and takes no other header from there", () => {
      const late = { status: 503, headers: { 'Retry-After': 'Sun, 22 Nov 2026 08:00:09 GMT' } };
      const headers = { ...MULTIPART, date: 'Sun, 22 Nov 2026 08:00:00 GMT', 'retry-after': '77' };
      const reports = judgeBatch(answered(200, { headers, body: bodyOf([late, { status: 503 }]) }), 2);
      expect(reports.map(({ outcome }) => outcome)).toEqual([
        { ...THROTTLED, retryAfterMs: 9000, limit: 'busy' },
        TRANSIENT,
      ]);
    });
  });

  describe('a single failure among the parts of a batch that failed', () => {
    it.each<readonly [string, number, Part, Outcome, Outcome]>([
      ['may be the whole batch, malformed', 400, BAD, TRANSIENT, UNCERTAIN],
      ['may be a missing custom API or a missing $batch', 404, { status: 404 }, TRANSIENT, UNCERTAIN],
      ['may be the user or the type', 403, { status: 403 }, TRANSIENT, UNCERTAIN],
      ['may be a conflict of the first', 412, { status: 412 }, TRANSIENT, UNCERTAIN],
      ['is a deadlock', 500, { status: 500, code: '0x80044150' }, TRANSIENT, UNCERTAIN],
      ['is something unknown', 500, { status: 500 }, UNCERTAIN, UNCERTAIN],
      ['is a throttle, of all', 429, { status: 429 }, THROTTLED, THROTTLED],
      ['is a token, of all', 401, { status: 401 }, { kind: 'unauthorized' }, { kind: 'unauthorized' }],
    ])('%s', (_, status, part, first, others) => {
      expect(outcomesOf(multipart(status, [part]), 3)).toEqual([first, others, others]);
    });

    it('is the only one there was to send', () => {
      expect(outcomesOf(multipart(400, [BAD]), 1)).toEqual([REJECTED]);
    });

    it('is its own where the batch succeeded', () => {
      expect(outcomesOf(multipart(200, [BAD]), 2)).toEqual([REJECTED, UNCERTAIN]);
      expect(outcomesOf(multipart(299, [BAD]), 2)).toEqual([REJECTED, UNCERTAIN]);
      expect(outcomesOf(multipart(300, [BAD]), 2)).toEqual([TRANSIENT, UNCERTAIN]);
      expect(outcomesOf(multipart(199, [BAD]), 2)).toEqual([TRANSIENT, UNCERTAIN]);
    });
  });

  describe('an answer that is not in parts', () => {
    it.each<readonly [string, Answer, Outcome]>([
      ['a success', answered(200), UNCERTAIN],
      ['a success without content', answered(204), UNCERTAIN],
      [
        'a success of another type',
        answered(200, { headers: { 'content-type': 'text/html' }, body: '<html>' }),
        UNCERTAIN,
      ],
      [
        'a success in parts without a boundary',
        answered(200, { headers: { 'content-type': 'multipart/mixed' } }),
        UNCERTAIN,
      ],
      [
        'a success without a single part',
        answered(200, { headers: MULTIPART, body: '--batchresponse_1--\r\n' }),
        UNCERTAIN,
      ],
      ['a throttle', answered(429, { headers: { 'retry-after': '3' } }), { ...THROTTLED, retryAfterMs: 3000 }],
      [
        'a throttle by its code',
        answered(400, { code: '0x80072321' }),
        { kind: 'throttled', retryAfterMs: null, limit: 'execution-time' },
      ],
      ['a throttle whose parts cannot be read', answered(429, { headers: MULTIPART, body: 'nonsense' }), THROTTLED],
      [
        'a 403 of which no part can be read',
        answered(403, { headers: MULTIPART, body: bodyOf([OK]).replace('HTTP/1.1', 'HTTP/9.9') }),
        { kind: 'forbidden', scope: 'user' },
      ],
      [
        'a 503 with Retry-After',
        answered(503, { headers: { 'retry-after': '3' } }),
        { kind: 'throttled', retryAfterMs: 3000, limit: 'busy' },
      ],
      ['a 503', answered(503), TRANSIENT],
      ['a 401', answered(401), { kind: 'unauthorized' }],
      ['a 403', answered(403), { kind: 'forbidden', scope: 'user' }],
      ['a 403 for who is no member', answered(403, { code: '0x80072560' }), { kind: 'forbidden', scope: 'user' }],
      ...[301, 307, 404, 405, 501].map(
        (status) => [`a ${status}`, answered(status), { kind: 'misconfigured', scope: 'user' }] as const,
      ),
      ...[400, 406, 409, 412, 413, 415, 499].map((status) => [`a ${status}`, answered(status), TRANSIENT] as const),
      ['a 400 of which half is missing', answered(400, { complete: false }), UNCERTAIN],
      ['a plug-in that aborted, at 400', answered(400, { code: '0x80040265' }), TRANSIENT],
      ['a plug-in that aborted, at 500', answered(500, { code: '0x80040265' }), UNCERTAIN],
      ...[408, 500, 502, 504].map((status) => [`a ${status}`, answered(status), UNCERTAIN] as const),
      ['no connection', { kind: 'failure', stage: 'connecting', code: 'ECONNREFUSED' }, { kind: 'unavailable' }],
      ['a reset', { kind: 'failure', stage: 'connected', code: 'ECONNRESET' }, UNCERTAIN],
      ['a shutdown', { kind: 'failure', stage: 'connecting', code: 'ABORTED' }, UNCERTAIN],
      [
        'no certificate that verifies',
        { kind: 'failure', stage: 'unverified', code: 'X' },
        { kind: 'misconfigured', scope: 'user' },
      ],
      [
        'no token',
        { kind: 'no-token', outcome: { kind: 'unavailable' }, status: 503, code: null, detail: 'away' },
        { kind: 'unavailable' },
      ],
    ])('means the same for all, and blames none: %s', (_, answer, outcome) => {
      expect(outcomesOf(answer, 3)).toEqual([outcome, outcome, outcome]);
    });

    it('says that it was the batch', () => {
      expect(judgeBatch(answered(413), 2)[1]?.detail).toBe('HTTP 413, of the batch as a whole');
      expect(judgeBatch(answered(200), 2)[1]).toMatchObject({
        httpStatus: 200,
        detail: 'HTTP 200 of the batch, but the answer is not one in parts: may have been executed',
      });
    });
  });

  describe('an answer that is cut off', () => {
    const parts = [OK, BAD, { status: 503, headers: { 'Retry-After': '12' } }, OK];
    const expected = outcomesOf(multipart(200, parts), 4);

    it('decides what is decided by the part, wherever it is cut', () => {
      const body = bodyOf(parts);
      for (let length = 0; length <= body.length; length += 1) {
        const cut = outcomesOf(answered(200, { headers: MULTIPART, body: body.slice(0, length), complete: false }), 4);
        // What is not certain is uncertain, never something else: least of all the outcome of a neighbour.
        const undecided = cut.map((outcome, index) => (outcome.kind === 'uncertain' ? expected[index] : outcome));
        expect(undecided).toEqual(expected);
      }
    });

    it('decides a success by its head, and a refusal only by all of it', () => {
      const [success, refusal] = [bodyOf([OK]), bodyOf([BAD])].map((body) => body.slice(0, body.lastIndexOf('\r\n--')));
      const outcome = (body = '') => outcomesOf(answered(200, { headers: MULTIPART, body, complete: false }), 2);
      expect(outcome(success)).toEqual([DELIVERED, UNCERTAIN]);
      expect(outcome(refusal)).toEqual([UNCERTAIN, UNCERTAIN]);
    });
  });

  it('tells of every operation whatever comes back, delivered only where its own part says so', () => {
    const part = fc.record({ status: fc.constantFrom(200, 204, 400, 404, 429, 500, 503), body: fc.string() });
    const damage = fc.record({ at: fc.nat(), remove: fc.nat(30), insert: fc.string() });
    fc.assert(
      fc.property(fc.array(part, { maxLength: 6 }), damage, fc.integer({ min: 1, max: 6 }), (given, harm, count) => {
        const body = bodyOf(given);
        const at = harm.at % (body.length + 1);
        const harmed = body.slice(0, at) + harm.insert + body.slice(at + harm.remove);
        const reports = judgeBatch(answered(200, { headers: MULTIPART, body: harmed }), count);
        expect(reports).toHaveLength(count);
        const intact = body.slice(0, at).split('--batchresponse_1\r\n').length - 2;
        for (const [index, report] of reports.entries()) {
          if (index < intact) expect(report.httpStatus).toBe(given[index]?.status);
          expect(report.outcome.kind).toBeTruthy();
        }
      }),
    );
  });
});

function outcomesOf(answer: Answer, count: number): readonly Outcome[] {
  return judgeBatch(answer, count).map(({ outcome }) => outcome);
}

function multipart(status: number, parts: readonly Part[]): Answer {
  return answered(status, { headers: MULTIPART, body: bodyOf(parts) });
}

function bodyOf(parts: readonly (Part & { readonly body?: string })[]): string {
  const texts = parts.map(({ status, headers = {}, code, body }) =>
    [
      '--batchresponse_1',
      'Content-Type: application/http',
      'Content-Transfer-Encoding: binary',
      '',
      `HTTP/1.1 ${status} Whatever`,
      ...Object.entries(headers).map(([name, value]) => `${name}: ${value}`),
      'OData-Version: 4.0',
      '',
      body ?? (code === undefined ? '' : JSON.stringify({ error: { code, message: 'm' } })),
      '',
    ].join('\r\n'),
  );
  return `${texts.join('')}--batchresponse_1--\r\n`;
}

function answered(
  status: number,
  facts: { headers?: Record<string, string>; body?: string; code?: string; complete?: boolean } = {},
): HttpResponse {
  const { headers = {}, code, complete = true } = facts;
  const body = facts.body ?? (code === undefined ? '' : JSON.stringify({ error: { code, message: 'm' } }));
  return { kind: 'response', status, headers: new Headers(headers), body, complete, receivedAt: RECEIVED_AT };
}
