import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { LineSplitter } from './line-splitter.js';

const MAX = 8;

/** Lines as "number text", from a text that comes in chunks. */
function split(chunks: readonly string[]): string[] {
  const splitter = new LineSplitter(MAX);
  const lines = [...chunks.flatMap((chunk) => [...splitter.push(Buffer.from(chunk))]), ...splitter.end()];
  return lines.map((line) => `${line.number} ${line.kind === 'line' ? line.bytes.toString('utf8') : 'too long'}`);
}

describe('a stream of bytes', () => {
  it.each([
    ['lines', ['a\nb\n'], ['1 a', '2 b']],
    ['a last line without its end', ['a\nb'], ['1 a', '2 b']],
    ['lines in pieces', ['a', 'b\nc', '', 'd', 'e\n'], ['1 ab', '2 cde']],
    ['the carriage returns of Windows, which are white space', ['a\r\nb\r\n'], ['1 a\r', '2 b\r']],
    ['blank lines, counted and passed over', ['\n \t\r\na\n\n\nb\n\n'], ['3 a', '6 b']],
    ['the longest line there may be', ['12345678\n1234', '5678'], ['1 12345678', '2 12345678']],
    ['a line too long, and the one behind it', ['123456789\na\n'], ['1 too long', '2 a']],
    ['a line too long in pieces', ['12345', '6789', '0123\na', '\n'], ['1 too long', '2 a']],
    ['a last line too long', ['123456789'], ['1 too long']],
    ['nothing', [''], []],
    ['nothing but a blank rest', ['a\n  '], ['1 a']],
  ])('holds %s', (_, chunks, lines) => {
    expect(split(chunks)).toEqual(lines);
  });

  it('holds the same lines however it is cut into chunks', () => {
    const text = fc.array(fc.constantFrom('a', '\n', '\r', ' ', 'ä', '12345678'), { maxLength: 60 });
    fc.assert(
      fc.property(text, fc.array(fc.nat(200), { maxLength: 20 }), (parts, cuts) => {
        const bytes = Buffer.from(parts.join(''));
        const places = [...new Set(cuts.map((cut) => cut % (bytes.length + 1)))].sort((a, b) => a - b);
        const chunks = [...places, bytes.length].map((end, index) => bytes.subarray(places[index - 1] ?? 0, end));
        const splitter = new LineSplitter(MAX);
        const pieces = [...chunks.flatMap((chunk) => [...splitter.push(chunk)]), ...splitter.end()];
        const whole = new LineSplitter(MAX);
        expect(pieces).toEqual([...whole.push(bytes), ...whole.end()]);
      }),
    );
  });

  it('costs no more memory than a line, however long one is', () => {
    const splitter = new LineSplitter(MAX);
    const chunk = Buffer.alloc(1024 * 1024, 'x');
    for (let n = 0; n < 1_000; n++) expect([...splitter.push(chunk)]).toEqual([]);
    expect([...splitter.push(Buffer.from('\n'))]).toEqual([{ kind: 'too-long', number: 1 }]);
  });
});
