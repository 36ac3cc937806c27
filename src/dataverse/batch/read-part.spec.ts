import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { readPart } from './read-part.js';

const MIME = ['Content-Type: application/http', 'Content-Transfer-Encoding: binary', ''];
const NO_CONTENT = ['HTTP/1.1 204 No Content', 'OData-Version: 4.0', '', ''];
const part = (...lines: readonly string[]) => ({ text: lines.join('\r\n'), whole: true });
const cutOff = (...lines: readonly string[]) => ({ text: lines.join('\r\n'), whole: false });

describe('readPart', () => {
  it('reads a success as documented', () => {
    expect(readPart(part(...MIME, ...NO_CONTENT))).toEqual({
      status: 204,
      headers: new Map([['odata-version', '4.0']]),
      body: '',
      complete: true,
    });
  });

  it('reads an error as documented, names in lower case', () => {
    const head = ['HTTP/1.1 400 Bad Request', 'REQ_ID: 1a', 'Content-Type: application/json; odata.metadata=minimal'];
    expect(readPart(part(...MIME, ...head, '', '{"error":{"code":"0x1"}}\r\n\r\nrest'))).toEqual({
      status: 400,
      headers: new Map([
        ['req_id', '1a'],
        ['content-type', 'application/json; odata.metadata=minimal'],
      ]),
      body: '{"error":{"code":"0x1"}}\r\n\r\nrest',
      complete: true,
    });
  });

  it.each<readonly [string, readonly string[]]>([
    [
      'headers in any case',
      ['CONTENT-TYPE:application/HTTP; msgtype=response', 'content-transfer-encoding:BINARY', ''],
    ],
    ['no encoding', ['Content-Type: application/http', '']],
    ['an encoding of 8bit', ['Content-Type: application/http', 'Content-Transfer-Encoding: 8bit', '']],
    ['an encoding of 7bit', ['Content-Type: application/http', 'Content-Transfer-Encoding: 7bit', '']],
    ['headers beside them', [...MIME.slice(0, 2), 'Content-ID: 1', 'Empty:', '']],
  ])('reads a part with %s', (_, mime) => {
    expect(readPart(part(...mime, ...NO_CONTENT))).toMatchObject({ status: 204 });
  });

  it.each<readonly [string, readonly string[]]>([
    ['no reason', ['HTTP/1.1 204', '', '']],
    ['an empty reason', ['HTTP/1.1 204 ', '', '']],
    ['HTTP/1.0', ['HTTP/1.0 204 No Content', '', '']],
    ['no headers and no empty line', ['HTTP/1.1 204 No Content']],
    ['no empty line', ['HTTP/1.1 204 No Content', 'OData-Version: 4.0', '']],
  ])('reads an answer with %s', (_, answer) => {
    expect(readPart(part(...MIME, ...answer))).toMatchObject({ status: 204, body: '', complete: true });
  });

  it('joins headers that recur', () => {
    const answer = readPart(part(...MIME, 'HTTP/1.1 429 x', 'Retry-After: 1', 'retry-after: \t2 ', '', ''));
    expect(answer?.headers.get('retry-after')).toBe('1, 2');
  });

  it.each<readonly [string, readonly string[]]>([
    ['of another type', ['Content-Type: application/json', '', ...NO_CONTENT]],
    ['of a type that only begins like it', ['Content-Type: application/https', '', ...NO_CONTENT]],
    ['of a type that only ends like it', ['Content-Type: x-application/http', '', ...NO_CONTENT]],
    ['that is a change set', ['Content-Type: multipart/mixed; boundary=c', '', '--c', ...MIME, ...NO_CONTENT]],
    ['without a type', ['', ...NO_CONTENT]],
    ['that is packed', ['Content-Type: application/http', 'Content-Transfer-Encoding: base64', '', ...NO_CONTENT]],
    ['with an encoding nobody knows', [...MIME.slice(0, 1), 'Content-Transfer-Encoding: xbinary', '', ...NO_CONTENT]],
    ['with an encoding that goes on', [...MIME.slice(0, 1), 'Content-Transfer-Encoding: binary2', '', ...NO_CONTENT]],
    ['with a line among its headers that is none', [...MIME.slice(0, 2), 'hello', '', ...NO_CONTENT]],
    ['with headers alone', MIME.slice(0, 2)],
    ['with nothing in it', [...MIME, '']],
    ['with no status line', [...MIME, 'OData-Version: 4.0', '', '']],
    ['with a request', [...MIME, 'POST / HTTP/1.1', '', '']],
    ['with something before its status line', [...MIME, ' HTTP/1.1 204 No Content', '', '']],
    ['with an empty line before its status line', [...MIME, '', ...NO_CONTENT]],
    ['of another protocol', [...MIME, 'HTTP/2 204', '', '']],
    ['of another version', [...MIME, 'HTTP/1.2 204', '', '']],
    ['with a status of two digits', [...MIME, 'HTTP/1.1 20 x', '', '']],
    ['with a status of four digits', [...MIME, 'HTTP/1.1 2040 x', '', '']],
    ['with a status from 000', [...MIME, 'HTTP/1.1 000 x', '', '']],
    ['with a header that is folded', [...MIME, 'HTTP/1.1 204 x', 'A: b', ' c', '', '']],
    ['with a header without a name', [...MIME, 'HTTP/1.1 204 x', ': b', '', '']],
    ['with a blank before the colon', [...MIME, 'HTTP/1.1 204 x', 'A : b', '', '']],
    ['with a line feed alone in a header', [...MIME, 'HTTP/1.1 204 x', 'A: b\nC: d', '', '']],
    ['with line feeds alone', [`${MIME.join('\n')}\n${NO_CONTENT.join('\n')}`]],
  ])('relies on nothing in a part %s', (_, lines) => {
    expect(readPart(part(...lines))).toBeNull();
  });

  describe('that was cut off', () => {
    it('decides by its head where that is whole', () => {
      expect(readPart(cutOff(...MIME, 'HTTP/1.1 204 No Content', '', ''))).toMatchObject({
        status: 204,
        complete: false,
      });
      expect(readPart(cutOff(...MIME, 'HTTP/1.1 400 x', 'A: b', '', '{"err'))).toMatchObject({
        status: 400,
        body: '{"err',
        complete: false,
      });
    });

    it.each<readonly [string, readonly string[]]>([
      ['before its status line', MIME],
      ['in its status line', [...MIME, 'HTTP/1.1 20']],
      ['after its status line', [...MIME, 'HTTP/1.1 204 No Content', '']],
      ['in a header', [...MIME, 'HTTP/1.1 429 x', 'Retry-After: 1']],
      ['after a header', [...MIME, 'HTTP/1.1 429 x', 'Retry-After: 1', '']],
    ])('decides nothing %s', (_, lines) => {
      expect(readPart(cutOff(...lines))).toBeNull();
    });
  });

  it('takes time in proportion to a header, whatever it is', () => {
    const startedAt = process.cpuUsage();
    readPart(part(...MIME, 'HTTP/1.1 204 x', `A: b${' '.repeat(4 * 1024 * 1024)}c`, '', ''));
    expect(process.cpuUsage(startedAt).user / 1_000).toBeLessThan(2000);
  });

  it('never throws', () => {
    const line = fc.oneof(fc.string(), fc.constantFrom(...MIME, ...NO_CONTENT, 'HTTP/1.1 500 x', 'A: b'));
    fc.assert(
      fc.property(fc.array(line), fc.boolean(), (lines, whole) => {
        const answer = readPart({ text: lines.join('\r\n'), whole });
        expect(answer === null || (answer.status >= 100 && answer.status <= 999)).toBe(true);
      }),
    );
  });
});
