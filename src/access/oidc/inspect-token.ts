import { decodeJwt, decodeProtectedHeader, type JWTPayload } from 'jose';
import type { EpochMs } from '../../kernel/clock.js';
import { Refusal } from '../refusal.js';
import { ALGORITHMS, CLOCK_TOLERANCE_SECONDS, type TokenExpectations } from './token-expectations.js';

const TOKEN = /^eyJ[\w-]+\.[\w-]+\.[\w-]*$/;

/** The types that an access token may have in its header: `at+jwt` is RFC 9068's, the others do not say. */
const TYPES = ['jwt', 'at+jwt', 'application/at+jwt'];

/** Whether a credential has the form of a signed token; it may still be none. */
export function looksLikeToken(text: string): boolean {
  return TOKEN.test(text);
}

/**
 * What is wrong with a token before its signature is checked, which costs a hundred times as much; null: nothing so
 * far. Proves nothing: anybody can write claims. Pure.
 */
export function inspectToken(token: string, expected: TokenExpectations, now: EpochMs): Refusal | null {
  const parts = decode(token);
  if (parts === null) return new Refusal('invalid', 'The token cannot be read.');
  const { alg, typ } = parts.header;
  if (alg === undefined || !ALGORITHMS.includes(alg)) return invalid('is signed in a way that is not accepted');
  if (typ !== undefined && !TYPES.includes(typ.toLowerCase())) return invalid('is of a type that is not accepted');
  const problem = problemOf(parts.claims, expected, now / 1000);
  return problem === null ? null : invalid(problem);
}

function decode(token: string) {
  try {
    const header = decodeProtectedHeader(token) as { alg?: string; typ?: string };
    const isText = typeof header.alg === 'string' && ['undefined', 'string'].includes(typeof header.typ);
    return isText ? { header, claims: decodeJwt(token) } : null;
  } catch {
    return null;
  }
}

function problemOf({ iss, aud, exp, nbf }: JWTPayload, expected: TokenExpectations, now: number): string | null {
  if (iss !== expected.issuer) return 'is of another issuer';
  if (aud !== expected.audience && !(Array.isArray(aud) && aud.includes(expected.audience))) {
    return 'was issued for another audience';
  }
  if (typeof exp !== 'number') return 'does not say when it ends';
  if (exp <= now - CLOCK_TOLERANCE_SECONDS) return 'has expired';
  if (nbf !== undefined && !(typeof nbf === 'number' && nbf <= now + CLOCK_TOLERANCE_SECONDS))
    return 'is not valid yet';
  return null;
}

function invalid(problem: string): Refusal {
  return new Refusal('invalid', `The token ${problem}.`);
}
