import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { uriReference } from './uri-reference.js';

/** A URI reference, from the grammar of RFC 3986, appendix A; addresses in brackets by their characters alone. */
const GRAMMAR = (() => {
  const oneOf = (more: string) => `(?:[A-Za-z0-9\\-._~!$&'()*+,;=${more}]|%[0-9A-Fa-f]{2})`;
  const character = oneOf(':@');
  const withoutColon = oneOf('@');
  const host = `(?:\\[[0-9A-Fa-f:.]+\\]|${oneOf('')}*)`;
  const authority = `(?:${oneOf(':')}*@)?${host}(?::[0-9]*)?`;
  const paths = `(?:/${character}*)*`;
  const rest = `(?:\\?(?:${character}|[/?])*)?(?:#(?:${character}|[/?])*)?`;
  const absolute = `[A-Za-z][A-Za-z0-9+\\-.]*:(?://${authority}${paths}|/(?:${character}+${paths})?|${character}+${paths}|)`;
  const relative = `(?://${authority}${paths}|/(?:${character}+${paths})?|${withoutColon}+${paths}|)`;
  return new RegExp(`^(?:${absolute}|${relative})${rest}$`);
})();

describe('a text as a URI reference', () => {
  it.each([
    'https://pos.contoso.com/stores/017',
    'urn:uuid:0f8fad5b-d9cb-469f-a165-70867728950e',
    'mailto:till@contoso.com',
    '/stores/017?till=3&x=a/b?c#top',
    'stores/1:2',
    './1:2',
    '//contoso.com:443/',
    'http://user:pass:word@[2001:db8::1]:8080/a',
    'a%20b',
    '?a',
    '#a',
    '',
  ])('is the same where it is one: %s', (text) => {
    expect(uriReference(text)).toBe(text);
    expect(text).toMatch(GRAMMAR);
  });

  it.each([
    ['1:2', '1%3A2'],
    ['::', '%3A%3A'],
    [':a/b:c', '%3Aa/b:c'],
    ['http://[', 'http://%5B'],
    ['http://[x]/', 'http://%5Bx%5D/'],
    ['http://a:b/', 'http://a%3Ab/'],
    ['http://a@b@c/', 'http://a%40b%40c/'],
    ['a#b#c', 'a#b%23c'],
    ['a[1]?b[1]#c[1]', 'a%5B1%5D?b%5B1%5D#c%5B1%5D'],
    ['store 17', 'store%2017'],
    ['100%', '100%25'],
    ['Größe', 'Gr%C3%B6%C3%9Fe'],
  ])('has escapes where it is none: %s', (text, reference) => {
    expect(uriReference(text)).toBe(reference);
  });

  it('is one whatever it was, and stays the same', () => {
    const unit = fc.constantFrom(...':/?#[]@%1ax. é!', '%41');
    fc.assert(
      fc.property(fc.oneof(fc.string({ unit }), fc.string({ unit: 'grapheme' })), (text) => {
        const reference = uriReference(text);
        expect(reference).toMatch(GRAMMAR);
        expect(uriReference(reference)).toBe(reference);
      }),
    );
  });
});
