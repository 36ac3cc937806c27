import { describe, expect, it } from '@jest/globals';
import { parseIdempotencyKey } from './idempotency-key.js';

describe('the Idempotency-Key header', () => {
  it.each([
    ['a bare token', 'S017-000482', 'S017-000482'],
    ['a UUID', '8e03978e-40d5-43dd-bc93-6894a57f9324', '8e03978e-40d5-43dd-bc93-6894a57f9324'],
    ['a quoted string', '"S017-000482"', 'S017-000482'],
    ['escapes in a quoted string', '"a\\"b\\\\c"', 'a"b\\c'],
    ['a bare token with quotes inside', 'a"b"', 'a"b"'],
    ['one character', '~', '~'],
    ['255 characters', 'k'.repeat(255), 'k'.repeat(255)],
    ['255 characters in quotes', `"${'k'.repeat(255)}"`, 'k'.repeat(255)],
    ['no header', undefined, null],
  ])('names a key by %s', (_how, header, key) => {
    expect(parseIdempotencyKey(header)).toBe(key);
  });

  it.each([
    ['nothing', ''],
    ['an empty string', '""'],
    ['256 characters', 'k'.repeat(256)],
    ['256 characters in quotes', `"${'k'.repeat(256)}"`],
    ['a space', 'a b'],
    ['a space in quotes', '"a b"'],
    ['two headers, as Node joins them', 'a, b'],
    ['two headers', ['a', 'b']],
    ['a quote that does not end', '"a'],
    ['parameters', '"a";p=1'],
    ['an escape of something else', '"a\\b"'],
    ['a control character', 'a\u0007'],
    ['Latin-1', 'schlüssel'],
    ['a tab', 'a\tb'],
  ])('is refused for %s', (_what, header) => {
    expect(() => parseIdempotencyKey(header)).toThrow(expect.objectContaining({ slug: 'invalid-idempotency-key' }));
  });
});
