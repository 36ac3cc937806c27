import { ProblemError } from '../http/problem.error.js';

const BARE = /^[\x21\x23-\x7e][\x21-\x7e]{0,254}$/;
/** RFC 8941 section 3.3.3, without spaces and without parameters. */
const QUOTED = /^"((?:[\x21\x23-\x5b\x5d-\x7e]|\\["\\])+)"$/;
const MAX_LENGTH = 255;

/**
 * The key in an `Idempotency-Key` header: a bare token, or the content of an RFC 8941 string; `abc` and `"abc"` are the
 * same key. Null without the header. Throws a 400 problem for everything else, also for two headers.
 */
export function parseIdempotencyKey(header: string | readonly string[] | undefined): string | null {
  if (header === undefined) return null;
  const key = typeof header === 'string' ? keyOf(header) : null;
  if (key === null || key.length > MAX_LENGTH) {
    throw new ProblemError(
      'invalid-idempotency-key',
      'The Idempotency-Key must be one bare token or quoted string of 1 to 255 visible ASCII characters.',
    );
  }
  return key;
}

/**
 * Throws a 400 problem where a request for several events has an `Idempotency-Key`: one key cannot identify them all.
 */
export function refuseIdempotencyKey(header: string | readonly string[] | undefined): void {
  if (header === undefined) return;
  throw new ProblemError(
    'invalid-idempotency-key',
    'Several events cannot share an Idempotency-Key: send them without it, then the business keys identify them.',
  );
}

function keyOf(header: string): string | null {
  if (BARE.test(header)) return header;
  const quoted = QUOTED.exec(header)?.[1];
  return quoted === undefined ? null : quoted.replace(/\\(.)/g, '$1');
}
