import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { boundaryIn, splitMultipart } from './multipart.js';

describe('boundaryIn', () => {
  it.each<readonly [string, string | null]>([
    ['multipart/mixed; boundary=batchresponse_1', 'batchresponse_1'],
    ['multipart/mixed;boundary=b', 'b'],
    ['Multipart/Mixed ; charset=utf-8 ; Boundary=b', 'b'],
    [' multipart/mixed; boundary="b"', 'b'],
    ['multipart/mixed; boundary="a b:c/d=e?f"; x=y', 'a b:c/d=e?f'],
    ['multipart/mixed; x="boundary=no"; boundary=yes', 'yes'],
    [`multipart/mixed; boundary=${'b'.repeat(70)}`, 'b'.repeat(70)],
    [`multipart/mixed; boundary=${'b'.repeat(71)}`, null],
    ['multipart/mixed; boundary="ends in a blank "', null],
    ['multipart/mixed; boundary=""', null],
    ['multipart/mixed; boundary=', null],
    ['multipart/mixed; boundary="b', null],
    ['multipart/mixed; boundary=a; boundary=b', null],
    ['multipart/mixed; boundary=a*b', null],
    ['multipart/mixed; xboundary=a', null],
    ['multipart/mixed', null],
    ['multipart/mixedup; boundary=b', null],
    ['text/multipart/mixed; boundary=b', null],
    ['multipart/form-data; boundary=b', null],
    ['application/json; boundary=b', null],
    ['', null],
  ])('reads %s', (contentType, boundary) => {
    expect(boundaryIn(contentType)).toBe(boundary);
  });
});

describe('splitMultipart', () => {
  const whole = (...texts: string[]) => texts.map((text) => ({ text, whole: true }));

  it.each<readonly [string, string, readonly { text: string; whole: boolean }[]]>([
    ['two parts', '--b\r\none\r\n--b\r\ntwo\r\n--b--\r\n', whole('one', 'two')],
    ['no line end at its end', '--b\r\none\r\n--b--', whole('one')],
    ['blanks after its boundaries', '--b \t\r\none\r\n--b--  \r\n', whole('one')],
    ['text before and after', 'before\r\n--b\r\none\r\n--b--\r\n--b\r\nafter\r\n--b--', whole('one')],
    ['an empty part', '--b\r\n--b\r\n\r\n--b--', whole('', '')],
    ['line ends within a part', '--b\r\none\r\n\r\n\r\n--b--', whole('one\r\n\r\n')],
    ['a longer word that begins like the boundary', '--b\r\none\r\n--bb\r\n--b--', whole('one\r\n--bb')],
    ['a line that goes on after the end mark', '--b\r\none\r\n--b--x\r\n--b--', whole('one\r\n--b--x')],
    ['the boundary within a line', '--b\r\none--b\r\n --b--\r\n--b--', whole('one--b\r\n --b--')],
    ['line feeds alone', '--b\none\n--b--\n', []],
    ['a line feed before a boundary', '--b\r\none\n--b--', [{ text: 'one\n--b--', whole: false }]],
    ['no parts', '--b--\r\n', []],
    ['nothing', '', []],
    ['another boundary', '--c\r\none\r\n--c--', []],
    [
      'no end',
      '--b\r\none\r\n--b\r\ntw',
      [
        { text: 'one', whole: true },
        { text: 'tw', whole: false },
      ],
    ],
    ['half a boundary at its end', '--b\r\none\r\n--', [{ text: 'one\r\n--', whole: false }]],
    ['a boundary line that breaks off', '--b\r\none\r\n--b\r', [{ text: 'one\r\n--b\r', whole: false }]],
    ['an end that breaks off at the boundary line', '--b\r\n', [{ text: '', whole: false }]],
  ])('reads a body with %s', (_, body, parts) => {
    expect(splitMultipart(body, 'b', 10)).toEqual(parts);
  });

  it('takes a boundary literally, whatever it means in a pattern', () => {
    expect(splitMultipart('--a.b\r\none\r\n--acb\r\n--a.b--', 'a.b', 10)).toEqual(whole('one\r\n--acb'));
  });

  it('reads no more parts than asked for', () => {
    expect(splitMultipart('--b\r\n1\r\n--b\r\n2\r\n--b\r\n3\r\n--b--', 'b', 2)).toEqual(whole('1', '2'));
    expect(splitMultipart('--b\r\n1\r\n--b--', 'b', 0)).toEqual([]);
  });

  it('finds again what was put together, and of a body that is cut off the parts that came whole', () => {
    const texts = fc.array(fc.string(), { maxLength: 5 });
    fc.assert(
      fc.property(texts, fc.nat(), (contents, cut) => {
        const body = [...contents.map((text) => `--bound\r\n${text}\r\n`), '--bound--\r\n'].join('');
        expect(splitMultipart(body, 'bound', 10)).toEqual(whole(...contents));
        const parts = splitMultipart(body.slice(0, cut % (body.length + 1)), 'bound', 10);
        for (const [index, part] of parts.entries()) {
          if (part.whole) expect(part.text).toBe(contents[index]);
          else expect(index).toBe(parts.length - 1);
        }
      }),
    );
  });

  it('takes time in proportion to the body, whatever it is', () => {
    const hostile = ['--b', '\r\n--b', '\r\n--bb', '\r\n--b--x', `\r\n--b${' '.repeat(50)}`];
    for (const text of hostile) {
      const body = text.repeat((4 * 1024 * 1024) / text.length);
      const startedAt = process.cpuUsage();
      splitMultipart(body, 'b', 1000);
      expect(process.cpuUsage(startedAt).user / 1_000).toBeLessThan(2000);
    }
  });
});
