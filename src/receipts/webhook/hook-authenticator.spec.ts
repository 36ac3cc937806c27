import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { HookAuth } from '../../kernel/hook-auth.js';
import { HookAuthenticator } from './hook-authenticator.js';
import { hookHeadOf } from './hook-head.js';

const HEADERS: HookAuth = {
  kind: 'http-header',
  headers: [
    { name: 'X-First', value: 'one' },
    { name: 'x-second', value: 'two' },
  ],
};
const KEY: HookAuth = { kind: 'webhook-key', key: 'a+b' };
const PAIRS: HookAuth = {
  kind: 'query-string',
  parameters: [
    { name: 'sig', value: 'x y' },
    { name: 'sv', value: '1' },
  ],
};

const ONE_LETTER: HookAuth = { kind: 'query-string', parameters: [{ name: 's', value: 'right' }] };

interface Head {
  readonly headers?: NodeJS.Dict<string[]>;
  readonly url?: string;
}

function judge(ways: readonly HookAuth[], { headers = {}, url = '/hooks/dataverse' }: Head) {
  return new HookAuthenticator(ways).judge(hookHeadOf({ headersDistinct: headers, url }));
}

describe('who calls the receiver', () => {
  it.each<[string, readonly HookAuth[], Head, string]>([
    ['all headers', [HEADERS], { headers: { 'x-first': ['one'], 'x-second': ['two'] } }, 'known'],
    ['one header of two', [HEADERS], { headers: { 'x-first': ['one'] } }, 'invalid'],
    ['a wrong one of two', [HEADERS], { headers: { 'x-first': ['one'], 'x-second': ['2'] } }, 'invalid'],
    ['a header twice', [HEADERS], { headers: { 'x-first': ['one', 'one'], 'x-second': ['two'] } }, 'invalid'],
    ['other headers', [HEADERS], { headers: { 'x-third': ['one'] } }, 'missing'],
    ['the key as it stands', [KEY], { url: '/h?code=a+b' }, 'known'],
    ['the key encoded', [KEY], { url: '/h?code=a%2Bb' }, 'known'],
    ['the key with a space for its plus', [KEY], { url: '/h?code=a%20b' }, 'invalid'],
    ['the key twice', [KEY], { url: '/h?code=a%2Bb&code=a%2Bb' }, 'invalid'],
    ['the key under an encoded name', [KEY], { url: '/h?c%6fde=a%2Bb' }, 'known'],
    ['the key behind a cut escape', [KEY], { url: '/h?%=1&code=a%2Bb' }, 'known'],
    ['a name without a value', [KEY], { url: '/h?code' }, 'invalid'],
    ['the key in the path', [KEY], { url: '/h&code=a+b' }, 'missing'],
    [
      'a key that is its own name, without a value',
      [{ kind: 'webhook-key', key: 'code' }],
      { url: '/h?code' },
      'invalid',
    ],
    ['a parameter of one letter', [ONE_LETTER], { url: '/h?s=right' }, 'known'],
    ['a parameter with an equals sign in its value', [ONE_LETTER], { url: '/h?s==right' }, 'invalid'],
    ['a space as plus', [PAIRS], { url: '/h?sig=x+y&sv=1' }, 'known'],
    ['one pair of two', [PAIRS], { url: '/h?sv=1' }, 'invalid'],
    ['the second way', [KEY, HEADERS], { headers: { 'x-first': ['one'], 'x-second': ['two'] } }, 'known'],
    ['the first way beside a wrong second', [KEY, PAIRS], { url: '/h?code=a+b&sig=no' }, 'known'],
    ['halves of two ways', [HEADERS, PAIRS], { headers: { 'x-first': ['one'] }, url: '/h?sv=1' }, 'invalid'],
    ['nothing where anybody may', [{ kind: 'anonymous' }], {}, 'known'],
    ['nothing where nobody may', [], {}, 'missing'],
    ['nothing', [HEADERS, KEY, PAIRS], {}, 'missing'],
  ])('brings %s', (_what, ways, head, expected) => {
    expect(judge(ways, head)).toBe(expected);
  });

  it('is known by a header of any name and value, and by no other value of it', () => {
    const name = fc.stringMatching(/^[a-z][a-z0-9-]{0,20}$/);
    const value = fc.stringMatching(/^[!-~]{1,40}$/);
    const property = fc.property(name, value, value, (header, right, brought) => {
      const way: HookAuth = { kind: 'http-header', headers: [{ name: header.toUpperCase(), value: right }] };
      const expected = brought === right ? 'known' : 'invalid';
      expect(judge([way], { headers: { [header]: [brought] } })).toBe(expected);
      expect(judge([way], { headers: { [header]: [right] } })).toBe('known');
    });
    fc.assert(property);
  });

  it('is known by any key, however it is written into the query', () => {
    const property = fc.property(fc.string({ minLength: 1, maxLength: 60, unit: 'grapheme' }), (key) => {
      const ways: readonly HookAuth[] = [{ kind: 'webhook-key', key }];
      expect(judge(ways, { url: `/h?code=${encodeURIComponent(key)}` })).toBe('known');
      expect(judge(ways, { url: `/h?${new URLSearchParams({ code: key })}` })).toBe('known');
      expect(judge(ways, { url: `/h?code=${encodeURIComponent(`${key}x`)}` })).toBe('invalid');
    });
    fc.assert(property);
  });
});
