import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { NotExportableError } from '../../src/dataverse/provisioning/solution-files/not-exportable.error.js';
import { xmlDocument } from '../../src/dataverse/provisioning/solution-files/xml-document.js';
import { childOf, readXml } from '../../src/emulator/solutions/xml-element.js';

/** What XML 1.0 can carry; W3C, production "Char". */
const CARRIED = /^[\t\n\r\u{20}-\u{D7FF}\u{E000}-\u{FFFD}\u{10000}-\u{10FFFF}]*$/u;

/** Any UTF-16 there is, halves of pairs too, and much of what means something to XML. */
const TEXT = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.string({
    unit: fc.constantFrom('&', '<', '>', '"', "'", ']', '-', '!', ';', '#', 'a', '\n', '\r', '\t', '\uD83E'),
  }),
);

describe('any text', () => {
  it('is read as it was written, or is refused', () => {
    fc.assert(
      fc.property(TEXT, (text) => {
        if (!CARRIED.test(text)) {
          expect(() => xmlDocument({ a: { '@b': text } })).toThrow(NotExportableError);
          return;
        }
        const read = readXml('a.xml', xmlDocument({ a: { '@b': text, c: text } }));
        expect([read.attributes.get('b'), childOf(read, 'c')?.text]).toEqual([text, text]);
      }),
    );
  });
});
