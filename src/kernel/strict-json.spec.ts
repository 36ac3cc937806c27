import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { parseStrictJson } from './strict-json.js';

function parse(text: string | Buffer) {
  return parseStrictJson(Buffer.from(text));
}

function faultsOf(text: string) {
  const body = parse(text);
  if (body.kind === 'malformed') throw new Error(body.detail);
  return body.faults.map(({ pointer, detail }) => `${pointer} ${detail}`);
}

describe('strict JSON', () => {
  it('reads every JSON value as JSON.parse does, without faults', () => {
    fc.assert(
      fc.property(fc.json({ maxDepth: 5, noUnicodeString: false }), (text) => {
        const body = parse(text);
        const isSuspect = /\\u0000|\\ud|\d{15}/.test(text);
        expect(body).toMatchObject({ kind: 'json', value: JSON.parse(text), ...(isSuspect ? {} : { faults: [] }) });
      }),
      { numRuns: 300 },
    );
  });

  it('never takes what JSON.parse refuses', () => {
    const noise = fc.array(
      fc.constantFrom('{', '}', '[', ']', '"', '\\', ':', ',', '1', '-', 'e', '.', 'a', ' ', 'true'),
    );
    fc.assert(
      fc.property(noise, (parts) => {
        const text = parts.join('');
        expect(parse(text).kind).toBe(isJson(text) ? 'json' : 'malformed');
      }),
      { numRuns: 3000 },
    );
  });

  it.each([
    ['a name twice', '{"a":1,"b":2,"a":3}', ['/a appears more than once']],
    ['a name twice, once escaped', '{"a":1,"\\u0061":2}', ['/a appears more than once']],
    ['a name twice, deep in a list', '{"l":[{"x":1},{"x":1,"x":2}]}', ['/l/1/x appears more than once']],
    ['the same name in two objects', '{"a":{"x":1},"b":{"x":1}}', []],
    ['a text that looks like a name', '{"a":"a","b":["a","a"]}', []],
    ['U+0000', '{"a":"x\\u0000y"}', ['/a must not contain U+0000']],
    ['a lone high surrogate', '["\\ud83d"]', ['/0 must not contain a lone surrogate']],
    ['a lone low surrogate', '["\\uDE00 \\ud83d"]', ['/0 must not contain a lone surrogate']],
    ['a surrogate pair, escaped', '["\\ud83d\\ude00"]', []],
    ['2^53-1', '[9007199254740991,-9007199254740991]', []],
    [
      '2^53 and below',
      '[9007199254740992,-9007199254740992]',
      ['/0 is a whole number beyond 2^53-1', '/1 is a whole number beyond 2^53-1'],
    ],
    [
      'a number that overflows',
      '{"a":1e999,"b":-1E+999}',
      ['/a is a number too large to represent', '/b is a number too large to represent'],
    ],
    ['a long decimal', '[0.1234567890123456789]', []],
    ['names to escape in a pointer', '{"a/b":{"c~d":"\\u0000"}}', ['/a~1b/c~0d must not contain U+0000']],
    ['backslashes before a quote', '{"a":"\\\\","b":"\\"","b":1}', ['/b appears more than once']],
    [
      'several faults at once',
      '{"a":"\\u0000","a":9007199254740993}',
      ['/a must not contain U+0000', '/a appears more than once', '/a is a whole number beyond 2^53-1'],
    ],
  ])('judges %s', (_what, text, faults) => {
    expect(faultsOf(text)).toEqual(faults);
  });

  it.each([
    ['an empty body', '', 'The body is empty.'],
    ['Latin-1', Buffer.from([0x22, 0xe4, 0x22]), 'The body is not valid UTF-8.'],
    ['a surrogate encoded as UTF-8', Buffer.from([0x22, 0xed, 0xa0, 0x80, 0x22]), 'The body is not valid UTF-8.'],
    ['an overlong slash', Buffer.from([0x22, 0xc0, 0xaf, 0x22]), 'The body is not valid UTF-8.'],
    ['UTF-16', Buffer.from('\ufeff{}', 'utf16le'), 'The body is not valid UTF-8.'],
    ['a byte order mark', '\ufeff{}', 'The body is not valid JSON.'],
    ['a text without end', '{"a":"b', 'The body is not valid JSON.'],
    ['a wrong escape', '{"a":"\\x"}', 'The body is not valid JSON.'],
    ['a raw control character', '{"a":"\u0001"}', expect.stringContaining('at line 1, column 7')],
    ['a missing comma', '{"a":1\n"b":2}', 'The body is not valid JSON at line 2, column 1.'],
    ['NaN', '[NaN]', 'The body is not valid JSON.'],
    ['33 levels', '['.repeat(33) + ']'.repeat(33), 'The body is nested deeper than 32 levels.'],
    ['30000 levels', '['.repeat(30_000), 'The body is nested deeper than 32 levels.'],
  ])('refuses %s', (_what, text, detail) => {
    expect(parse(text)).toEqual({ kind: 'malformed', detail });
  });

  it('takes 32 levels', () => {
    expect(faultsOf('['.repeat(32) + ']'.repeat(32))).toEqual([]);
  });

  it('echoes no value of what it refuses', () => {
    for (const text of ['{"a":secret}', '"secret', '{"a":"secret\\u0000","a":1}', '[secret]', '{"s":"\\qsecret"}']) {
      expect(JSON.stringify({ ...parse(text), value: undefined })).not.toContain('secret');
    }
  });

  it('reports a hundred faults and one more, however many there are', () => {
    expect(faultsOf(`[${'"\\u0000",'.repeat(5000)}1]`)).toHaveLength(101);
  });

  it('reports no more of them than the body is long, where every pointer holds a long name', () => {
    const text = `{"${'x'.repeat(30_000)}":[${'"\\u0000",'.repeat(3000)}1]}`;
    expect(faultsOf(text).join('').length).toBeLessThan(text.length);
  });

  it.each([
    ['quotes behind backslashes', `["${'\\"'.repeat(32_000)}"]`],
    ['one long run of backslashes', `["${'\\\\'.repeat(32_000)}"]`],
    ['many texts before a far backslash', `[${'"a",'.repeat(16_000)}"\\n"]`],
    ['many names', `{${Array.from({ length: 7_000 }, (_, index) => `"${index}":1`).join()}}`],
  ])('reads 64 KiB of %s in linear time', (_what, text) => {
    const startedAt = process.cpuUsage();
    expect(faultsOf(text)).toEqual([]);
    expect(process.cpuUsage(startedAt).user / 1_000).toBeLessThan(250);
  });
});

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
