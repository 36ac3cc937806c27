import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { decodeHeaderValue } from './header-value.js';

describe('a header of binary mode', () => {
  it.each([
    ['plain', 'A-1', 'A-1'],
    ['empty', '', ''],
    ['with spaces, as older senders write them', 'till 4', 'till 4'],
    ['the example of the specification', 'Euro%20%E2%82%AC%20%F0%9F%98%80', 'Euro € 😀'],
    ['with lower-case digits', '%e2%82%ac', '€'],
    ['encoded without need', '%41-1', 'A-1'],
    ['decoded a single time', '%2541', '%41'],
    ['quoted', '"till 4"', 'till 4'],
    ['quoted, with escapes', '"a \\"b\\" \\\\ c"', 'a "b" \\ c'],
    ['quoted and encoded', '"%E2%82%AC"', '€'],
    ['quoted and empty', '""', ''],
    ['with a backslash outside of quotes', 'a\\b', 'a\\b'],
  ])('is read: %s', (_what, header, value) => {
    expect(decodeHeaderValue(header)).toBe(value);
  });

  it.each([
    ['an overlong encoding', '%C0%A0'],
    ['a single byte of a character', '%E2'],
    ['a lone surrogate', '%ED%A0%80'],
    ['a percent sign that encodes nothing', '100%'],
    ['a percent sign before other characters', '%zz'],
    ['raw UTF-8, as Node hands it over', 'â\x82¬'],
    ['a control character', 'a\tb'],
    ['half a quoted string', '"a'],
    ['a quoted string with something behind it', '"a" b'],
    ['a quote in the middle', 'a"b'],
    ['an escape that ends the string', '"a\\"'],
  ])('is refused: %s', (_what, header) => {
    expect(decodeHeaderValue(header)).toBeNull();
  });

  it('gives back every text that was encoded', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 50 }), (text) => {
        expect(decodeHeaderValue(encodeURIComponent(text))).toBe(text);
      }),
    );
  });

  it('never fails, whatever it holds', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 50 }), (header) => {
        const value = decodeHeaderValue(header);
        expect(value === null || value.isWellFormed()).toBe(true);
      }),
    );
  });
});
