import { describe, expect, it } from '@jest/globals';
import type { Answer } from '../answer.js';
import type { HttpFailure, HttpResponse } from '../http/http-exchange.js';
import type { NoToken } from '../token/access-token.js';
import { decideRepeat, type RepeatDecision } from './decide-repeat.js';
import { ONCE, PATIENT } from './patience.js';

const HALF = 0.5;
const FRESH = { repeatable: true, repeats: 0, waitedMs: 0 };

function response(status: number, more: { code?: string; headers?: Record<string, string>; complete?: boolean } = {}) {
  const headers = new Headers(more.headers);
  const body = more.code === undefined ? '' : JSON.stringify({ error: { code: more.code, message: 'words' } });
  const answer: HttpResponse = {
    kind: 'response',
    status,
    headers,
    body,
    complete: more.complete ?? true,
    receivedAt: 0,
  };
  return answer;
}

function failure(stage: HttpFailure['stage'], code = 'ECONNRESET'): HttpFailure {
  return { kind: 'failure', stage, code };
}

function noToken(outcome: NoToken['outcome']): NoToken {
  return { kind: 'no-token', outcome, status: null, code: null, detail: 'no token' };
}

const UNCONNECTED: NoToken = {
  kind: 'no-token',
  outcome: { kind: 'unavailable' },
  status: null,
  code: 'ENOTFOUND',
  detail: 'no connection to Entra',
  isUnconnected: true,
};

function kindOf(answer: Answer, repeatable: boolean): RepeatDecision['kind'] {
  return decideRepeat(answer, { ...FRESH, repeatable }, PATIENT, HALF).kind;
}

describe('decideRepeat', () => {
  it.each<[string, Answer]>([
    ['a 429', response(429)],
    ['a throttle code at another status', response(400, { code: '0x80072321' })],
    ['a 503 that says when to come again', response(503, { headers: { 'retry-after': '2' } })],
    ['no connection', failure('connecting', 'ECONNREFUSED')],
    ['a token endpoint that is away', noToken({ kind: 'unavailable' })],
    ['a token endpoint that throttles', noToken({ kind: 'throttled', retryAfterMs: 1000, limit: 'token' })],
  ])('repeats whatever the request is after %s, for it surely did not run', (_name, answer) => {
    expect(kindOf(answer, true)).toBe('repeat');
    expect(kindOf(answer, false)).toBe('repeat');
  });

  it.each<[string, Answer]>([
    ['a reset on an open connection', failure('connected')],
    ['a try whose time is up', failure('connected', 'ETIMEDOUT')],
    ['a 502', response(502)],
    ['a 503', response(503)],
    ['a 504', response(504)],
    ['a 408', response(408)],
    ['a deadlock', response(500, { code: '0x80044150' })],
    ['a deadlock, its code in decimal', response(500, { code: '-2147204784' })],
    ['half a success', response(200, { complete: false })],
    ['half an error', response(400, { complete: false })],
  ])('repeats only what may run twice after %s', (_name, answer) => {
    expect(kindOf(answer, true)).toBe('repeat');
    expect(kindOf(answer, false)).toBe('final');
  });

  it.each<[string, Answer]>([
    ['a success', response(204)],
    ['a 400', response(400, { code: '0x80048d19' })],
    ['a 401 after a new token', response(401)],
    ['a 403', response(403, { code: '0x80040220' })],
    ['a 404', response(404, { code: '0x80040217' })],
    ['a duplicate', response(412, { code: '0x80040237' })],
    ["Dataverse's own fault", response(500, { code: '0x80040216' })],
    ['a redirect', response(302)],
    ['a certificate that does not verify', failure('unverified', 'SELF_SIGNED_CERT_IN_CHAIN')],
    ['a caller that gave up', failure('connected', 'ABORTED')],
    ['a wrong secret', noToken({ kind: 'misconfigured', scope: 'user' })],
  ])('takes %s for what it is', (_name, answer) => {
    expect(kindOf(answer, true)).toBe('final');
  });

  it('waits as long as it is asked to, and no longer than an hour', () => {
    const wait = (seconds: string) =>
      decideRepeat(
        response(429, { headers: { 'retry-after': seconds } }),
        { repeatable: true, repeats: 5, waitedMs: 0 },
        PATIENT,
        HALF,
      );
    expect(wait('17')).toMatchObject({ kind: 'repeat', afterMs: 17_000 });
    expect(wait('86400')).toMatchObject({ kind: 'repeat', afterMs: 3_600_000 });
  });

  it('counts throttles against its waiting time alone, a second each at least', () => {
    const wait = (headers: Record<string, string>, waitedMs: number) =>
      decideRepeat(response(429, { headers }), { repeatable: true, repeats: 40, waitedMs }, PATIENT, HALF);
    expect(wait({ 'retry-after': '1' }, 40_000)).toMatchObject({ kind: 'repeat', afterMs: 1_000, isCounted: false });
    expect(wait({ 'retry-after': '0' }, 40_000)).toMatchObject({ afterMs: 1_000 });
    expect(wait({ 'retry-after': 'Thu, 01 Jan 1970 00:00:00 GMT' }, 0)).toMatchObject({ afterMs: 1_000 });
    expect(wait({ 'retry-after': '1' }, PATIENT.waitMs - 999)).toEqual({ kind: 'given-up' });
    expect(kindOf(response(503), true)).toBe('repeat');
    expect(decideRepeat(response(503), FRESH, PATIENT, HALF)).toMatchObject({ isCounted: true });
  });

  it('waits ever longer for throttles that say nothing of how long', () => {
    const wait = (waitedMs: number) =>
      decideRepeat(response(429), { repeatable: true, repeats: 0, waitedMs }, PATIENT, 0);
    expect([0, 4_000, 3_000_000].map(wait)).toMatchObject([
      { afterMs: 1_000 },
      { afterMs: 2_000 },
      { afterMs: 15_000 },
    ]);
  });

  it('tells in words what a wait is for, and of no repeat that it may have been executed', () => {
    const why = (answer: Answer) => decideRepeat(answer, FRESH, PATIENT, HALF);
    expect(why(failure('connected', 'ETIMEDOUT'))).toMatchObject({ why: 'no answer in time (ETIMEDOUT)' });
    expect(why(failure('connected'))).toMatchObject({ why: 'the connection broke before the answer (ECONNRESET)' });
    expect(why(failure('connecting', 'ECONNREFUSED'))).toMatchObject({ why: 'no connection (ECONNREFUSED)' });
    expect(why(response(502))).toMatchObject({ why: 'HTTP 502' });
    expect(why(response(200, { complete: false }))).toMatchObject({ why: 'the answer was cut off' });
    expect(why(UNCONNECTED)).toMatchObject({ why: 'no connection to Entra (ENOTFOUND)' });
  });

  it('doubles its own waits, half of each at random, up to half a minute', () => {
    const wait = (repeats: number, random: number) =>
      decideRepeat(response(503), { repeatable: true, repeats, waitedMs: 0 }, PATIENT, random);
    expect([0, 1, 2].map((repeats) => wait(repeats, 0))).toMatchObject([
      { afterMs: 250 },
      { afterMs: 500 },
      { afterMs: 1000 },
    ]);
    expect(wait(0, 0.999)).toMatchObject({ afterMs: 500 });
    expect(wait(11, 0.999)).toMatchObject({ afterMs: 29_985 });
  });

  it('gives up after so many repeats, sooner where nobody takes the connection', () => {
    const at = (answer: Answer, repeats: number) =>
      decideRepeat(answer, { repeatable: true, repeats, waitedMs: 0 }, PATIENT, HALF).kind;
    expect([11, 12].map((repeats) => at(response(503), repeats))).toEqual(['repeat', 'given-up']);
    expect([2, 3].map((repeats) => at(failure('connecting', 'ENOTFOUND'), repeats))).toEqual(['repeat', 'given-up']);
    expect([2, 3].map((repeats) => at(UNCONNECTED, repeats))).toEqual(['repeat', 'given-up']);
    expect(at(noToken({ kind: 'unavailable' }), 3)).toBe('repeat');
  });

  it('begins no wait that would outlast its patience', () => {
    const answer = response(429, { headers: { 'retry-after': '60' } });
    const tried = { repeatable: true, repeats: 1, waitedMs: PATIENT.waitMs - 59_000 };
    expect(decideRepeat(answer, tried, PATIENT, HALF).kind).toBe('given-up');
  });

  it('repeats nothing for whoever comes again by itself', () => {
    expect(decideRepeat(response(429), { repeatable: true, repeats: 0, waitedMs: 0 }, ONCE, HALF).kind).toBe(
      'given-up',
    );
  });
});
