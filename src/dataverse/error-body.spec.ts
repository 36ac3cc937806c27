import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { errorCodeIn, errorMessageIn } from './error-body.js';

describe('errorCodeIn', () => {
  it.each<[string, string, string | null]>([
    ['hex', '{"error":{"code":"0x80072322","message":"m"}}', '0x80072322'],
    ['hex in capitals', '{"error":{"code":"0X8005F103","message":"m"}}', '0x8005f103'],
    ['short hex', '{"error":{"code":"0x1f"}}', '0x0000001f'],
    ['the signed decimal of the same bits', '{"error":{"code":"-2147015902"}}', '0x80072322'],
    ['the unsigned decimal', '{"error":{"code":"2147951394"}}', '0x80072322'],
    ['a number', '{"error":{"code":-2147015898}}', '0x80072326'],
    ['an empty code', '{"error":{"code":"","message":"m"}}', null],
    ['the code that says nothing', '{"error":{"code":"0x0","message":"m"}}', null],
    ['a word', '{"error":{"code":"Unauthorized"}}', null],
    ['hex of more than 32 bits', '{"error":{"code":"0x180072322"}}', null],
    ['a decimal of more than 32 bits', '{"error":{"code":"4294967296"}}', null],
    ['a decimal below 32 bits', '{"error":{"code":"-2147483649"}}', null],
    ['the lowest of 32 bits', '{"error":{"code":"-2147483648"}}', '0x80000000'],
    ['the highest of 32 bits', '{"error":{"code":"4294967295"}}', '0xffffffff'],
    ['a code within a list', '{"error":{"code":["0x80072322"]}}', null],
    ['a code with something after it', '{"error":{"code":"0x8007232x"}}', null],
    ['a fraction', '{"error":{"code":1.5}}', null],
    ['code around a code', '{"error":{"code":"x0x80072322"}}', null],
    ['an object', '{"error":{"code":{}}}', null],
    ['no code', '{"error":{"message":"m"}}', null],
    ['a null error', '{"error":null}', null],
    ['null', 'null', null],
    ['a string', '"0x80072322"', null],
    ['nothing', '', null],
    ['HTML', '<html>0x80072322</html>', null],
    ['half a body', '{"error":{"code":"0x80072322"', null],
  ])('reads %s', (_, body, expected) => {
    expect(errorCodeIn(body)).toBe(expected);
  });

  it('reads one code from hex, signed and unsigned decimal alike', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 0xffffffff }), (bits) => {
        const inAllForms = [`0x${bits.toString(16)}`, String(bits), String(bits | 0)];
        const codes = inAllForms.map((code) => errorCodeIn(JSON.stringify({ error: { code } })));
        expect(new Set(codes).size).toBe(1);
        expect(Number(codes[0])).toBe(bits);
      }),
    );
  });
});

describe('errorMessageIn', () => {
  const messageIn = (message: unknown, secrets?: readonly string[]) =>
    errorMessageIn(JSON.stringify({ error: { code: '0x1', message } }), secrets);

  it('takes the first line, and nothing that moves a cursor', () => {
    expect(messageIn('missing\tprvRead\u001b[2J\r\n   at Microsoft.Crm')).toBe('missing prvRead [2J');
  });

  it('cuts what is long', () => {
    expect(messageIn('x'.repeat(501))).toBe(`${'x'.repeat(500)}…`);
  });

  it('hides secrets before it cuts', () => {
    expect(messageIn(`${'x'.repeat(495)}hunter2`, ['hunter2'])).toBe(`${'x'.repeat(495)}[secr…`);
  });

  it.each([[''], [' '], [null], [7], [{}]])('takes %j for no words', (message) => {
    expect(messageIn(message)).toBeNull();
  });

  it.each(['', '<html>', 'null', '[]', '{"error":"x"}', '{"error":null}'])('finds none in %j', (body) => {
    expect(errorMessageIn(body)).toBeNull();
  });
});
