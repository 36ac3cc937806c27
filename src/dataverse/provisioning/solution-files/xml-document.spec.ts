import { describe, expect, it } from '@jest/globals';
import { XMLParser } from 'fast-xml-parser';
import { NotExportableError } from './not-exportable.error.js';
import { xmlDocument } from './xml-document.js';

const TEXTS = [
  `Tom & "Jerry" <tom's>`,
  'a ]]> b --> c <!-- d',
  '&amp; &lt; &#10;',
  'first line\nsecond\r\n\tthird',
  '  blanks around  ',
  'Käufe, 購入 and 🧾👩‍👩‍👧',
  'true',
  '0012',
  '$1 $& {template}',
];

describe('a document', () => {
  it.each(TEXTS)('carries %j as an attribute and as a text', (text) => {
    const read = parser.parse(xmlDocument({ a: { '@b': text, c: text } })) as ParsedDocument;
    expect(read.a).toEqual({ b: text, c: text });
  });

  it('says nothing, repeats elements, and keeps numbers', () => {
    expect(xmlDocument({ a: { none: null, many: ['x', 'y'], number: 7, zero: 0 } })).toBe(
      [
        '<?xml version="1.0" encoding="utf-8"?>',
        '<a>',
        '  <none/>',
        '  <many>x</many>',
        '  <many>y</many>',
        '  <number>7</number>',
        '  <zero>0</zero>',
        '</a>',
        '',
      ].join('\n'),
    );
  });

  it.each([
    ['U+0000', 'a\u0000b'],
    ['U+001B', 'a\u001b[31mb'],
    ['U+FFFE', '\uFFFE'],
    ['U+D83E', 'half of a pair \uD83E'],
  ])('refuses %s, which XML cannot carry, without printing it', (name, text) => {
    expect(refusalOf(text)).toMatch(new RegExp(`holds the character ${name.replace('+', '\\+')}`));
    expect(refusalOf(text)).not.toMatch(/\p{C}/u);
  });
});

interface ParsedDocument {
  readonly a: unknown;
}

const parser = new XMLParser({
  ignoreAttributes: false,
  attributeNamePrefix: '',
  parseTagValue: false,
  trimValues: false,
  htmlEntities: true,
  tagValueProcessor: (_name, value) => (value.trim() === '' ? '' : value),
  ignoreDeclaration: true,
});

function refusalOf(text: string): string {
  try {
    return xmlDocument({ a: text });
  } catch (error) {
    expect(error).toBeInstanceOf(NotExportableError);
    return (error as Error).message;
  }
}
