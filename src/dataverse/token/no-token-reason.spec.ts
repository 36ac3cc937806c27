import { describe, expect, it } from '@jest/globals';
import type { HttpAnswer } from '../http/http-exchange.js';
import type { NoToken } from './access-token.js';
import { noTokenReason } from './no-token-reason.js';

const INVALID_CLIENT = {
  error: 'invalid_client',
  error_codes: [7000215],
  error_description: 'AADSTS7000215: pass-word',
};
const MISCONFIGURED = { kind: 'misconfigured', scope: 'user' } as const;
const ENTRA = 'Entra (login.microsoftonline.com)';
const UNAVAILABLE = { kind: 'unavailable' } as const;

describe('noTokenReason', () => {
  it.each<readonly [string, HttpAnswer, NoToken['outcome']]>([
    ['refused connections', { kind: 'failure', stage: 'connecting', code: 'ECONNREFUSED' }, UNAVAILABLE],
    ['a reset', { kind: 'failure', stage: 'connected', code: 'ECONNRESET' }, UNAVAILABLE],
    ['silence', { kind: 'failure', stage: 'connected', code: 'ETIMEDOUT' }, UNAVAILABLE],
    [
      'a certificate that does not verify',
      { kind: 'failure', stage: 'unverified', code: 'CERT_HAS_EXPIRED' },
      MISCONFIGURED,
    ],
    ['500 in JSON', answered(500, INVALID_CLIENT), UNAVAILABLE],
    ['502 in HTML', answered(502, '<html>'), UNAVAILABLE],
    ['503 with Retry-After', answered(503, {}, { 'retry-after': '5' }), UNAVAILABLE],
    ['200 in HTML', answered(200, '<html>'), UNAVAILABLE],
    ['401 in HTML', answered(401, '<html>'), UNAVAILABLE],
    ['200 with a list', answered(200, []), UNAVAILABLE],
    ['200 with null', answered(200, 'null'), UNAVAILABLE],
    ['a redirect', answered(302, ''), UNAVAILABLE],
    ['half an answer', { ...answered(400, INVALID_CLIENT), complete: false }, UNAVAILABLE],
    [
      '429 with Retry-After',
      answered(429, {}, { 'retry-after': '5' }),
      { kind: 'throttled', retryAfterMs: 5000, limit: 'token' },
    ],
    ['429 in HTML', answered(429, '<html>'), { kind: 'throttled', retryAfterMs: null, limit: 'token' }],
    ['400', answered(400, { error: 'invalid_request' }), MISCONFIGURED],
    ['401', answered(401, INVALID_CLIENT), MISCONFIGURED],
    ['404', answered(404, { error: 'invalid_tenant' }), MISCONFIGURED],
    ['200 without a token', answered(200, {}), MISCONFIGURED],
  ])('judges %s', (_, answer, outcome) => {
    expect(noTokenReason(answer, ENTRA)).toMatchObject({ kind: 'no-token', outcome });
  });

  it.each<readonly [HttpAnswer]>([
    [{ kind: 'failure', stage: 'connecting', code: 'ENOTFOUND' }],
    [{ kind: 'failure', stage: 'unverified', code: 'CERT_HAS_EXPIRED' }],
    [{ kind: 'failure', stage: 'connected', code: 'ECONNRESET' }],
    [answered(429, {})],
    [answered(500, {})],
    [answered(502, '<html>')],
    [answered(401, INVALID_CLIENT)],
  ])('names who was asked: %j', (answer) => expect(noTokenReason(answer, ENTRA).detail).toContain(ENTRA));

  it.each<readonly [HttpAnswer, true | undefined]>([
    [{ kind: 'failure', stage: 'connecting', code: 'ENOTFOUND' }, true],
    [{ kind: 'failure', stage: 'connected', code: 'ECONNRESET' }, undefined],
    [answered(502, ''), undefined],
  ])('tells whether a connection came about: %j', (answer, isUnconnected) => {
    expect(noTokenReason(answer, ENTRA).isUnconnected).toBe(isUnconnected);
  });

  it.each<readonly [string, unknown, string]>([
    ['what it means', INVALID_CLIENT, ': the client secret is wrong'],
    ['no more than it knows', { error: 'invalid_client', error_codes: [1] }, 'no token'],
  ])('says of a code of Entra %s', (_, body, end) => {
    expect(noTokenReason(answered(401, body), ENTRA).detail.endsWith(end)).toBe(true);
  });

  it.each<readonly [string, unknown, string | null]>([
    ["Entra's number", INVALID_CLIENT, 'AADSTS7000215'],
    ['the word where there is no number', { error: 'invalid_client' }, 'invalid_client'],
    ['the word where the number is none', { error: 'invalid_client', error_codes: ['x'] }, 'invalid_client'],
    ['nothing where the word is none', { error: 'pass-word value' }, null],
    ['nothing where there is neither', {}, null],
  ])('names %s, and never the description', (_, body, code) => {
    const reason = noTokenReason(answered(401, body), ENTRA);
    expect(reason).toMatchObject({ status: 401, code });
    expect(JSON.stringify(reason)).not.toContain('pass-word');
  });
});

function answered(status: number, body: unknown, headers: Record<string, string> = {}) {
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  return {
    kind: 'response',
    status,
    headers: new Headers(headers),
    body: text,
    complete: true,
    receivedAt: 0,
  } as const;
}
