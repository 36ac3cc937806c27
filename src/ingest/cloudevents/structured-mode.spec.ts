import { describe, expect, it } from '@jest/globals';
import { parseStrictJson } from '../../kernel/strict-json.js';
import { readStructured } from './structured-mode.js';

function read(text: string, size = text.length) {
  return readStructured(parseStrictJson(Buffer.from(text)), size);
}

/** The content of an event with these members, or the fault that says why there is none. */
function dataOf(members: object) {
  const { data } = read(JSON.stringify(members));
  return data.kind === 'json' ? data.json : `${data.fault.pointer} ${data.fault.detail}`;
}

describe('a CloudEvent in structured mode', () => {
  it('has members that are its attributes, and its content', () => {
    expect(read('{"id":"1","ext":5,"data":{"a":1}}')).toEqual({
      attributes: new Map<string, unknown>([
        ['id', '1'],
        ['ext', 5],
      ]),
      data: { kind: 'json', json: { kind: 'json', value: { a: 1 }, faults: [] } },
      faults: [],
      isLarge: false,
    });
  });

  it('may set attributes to null, which is not to set them', () => {
    expect(read('{"id":null,"subject":null,"data":{}}').attributes.size).toBe(0);
  });

  it('tells faults of the text where they are: of the content within it, of the rest beside it', () => {
    const { faults, data } = read('{"id":"1","id":"2","data":{"a":1,"a":2},"data_base64":null}');
    expect(faults).toEqual([{ pointer: '/id', detail: 'appears more than once' }]);
    expect(data).toMatchObject({ json: { faults: [{ pointer: '/a', detail: 'appears more than once' }] } });
    expect(read('{"data":{},"data":{}}').faults).toEqual([{ pointer: '/data', detail: 'appears more than once' }]);
  });

  it.each([['[]'], ['1'], ['null'], ['"x"']])('is an object, and not %s', (text) => {
    expect(() => read(text)).toThrow(expect.objectContaining({ slug: 'invalid-event' }));
  });

  it.each([[''], ['{'], ['{"id":1,}'], ['ï»¿{}'], ['[['.repeat(20)]])('is JSON, and not %p', (text) => {
    expect(() => read(text)).toThrow(expect.objectContaining({ slug: 'malformed-json' }));
  });

  it('counts as large from one byte over 64 KiB', () => {
    expect(read('{}', 65_536).isLarge).toBe(false);
    expect(read('{}', 65_537).isLarge).toBe(true);
  });
});

describe('its content', () => {
  const base64 = (text: string) => Buffer.from(text).toString('base64');
  const datacontenttype = 'application/json';

  it('may be any JSON: its type says what is wrong with it', () => {
    for (const data of [1, 'x', [], { a: null }, false, '']) {
      expect(dataOf({ data })).toEqual({ kind: 'json', value: data, faults: [] });
    }
  });

  it('may travel as base64, and is read as strictly', () => {
    expect(dataOf({ datacontenttype, data_base64: base64('{"a":1}') })).toMatchObject({ value: { a: 1 }, faults: [] });
    expect(dataOf({ datacontenttype, data: null, data_base64: base64('{"a":1}') })).toMatchObject({ value: { a: 1 } });
    expect(dataOf({ datacontenttype, data_base64: base64('{"a":1,"a":2}') })).toMatchObject({
      faults: [{ pointer: '/a', detail: 'appears more than once' }],
    });
  });

  it.each([
    ['missing', {}, '/data is required'],
    ['null', { data: null }, '/data is required'],
    ['there twice', { data: {}, data_base64: 'e30=', datacontenttype }, '/data_base64 must not stand beside data'],
    ['base64 of an unknown type', { data_base64: 'e30=' }, '/datacontenttype is required beside data_base64'],
    ['base64 that is a number', { data_base64: 1, datacontenttype }, '/data_base64 must be base64 (RFC 4648)'],
    ['base64 without its padding', { data_base64: 'e30', datacontenttype }, '/data_base64 must be base64 (RFC 4648)'],
    ['base64 for URLs', { data_base64: 'eyJhIjoi_-8ifQ==', datacontenttype }, '/data_base64 must be base64 (RFC 4648)'],
    ['base64 with a line break', { data_base64: 'e30=\n', datacontenttype }, '/data_base64 must be base64 (RFC 4648)'],
    ['base64 of no JSON', { data_base64: base64('{'), datacontenttype }, '/data_base64 must hold JSON in UTF-8'],
    ['base64 of nothing', { data_base64: '', datacontenttype }, '/data_base64 must hold JSON in UTF-8'],
    ['base64 of no UTF-8', { data_base64: '/w==', datacontenttype }, '/data_base64 must hold JSON in UTF-8'],
  ])('may not be %s', (_what, members, fault) => {
    expect(dataOf(members)).toBe(fault);
  });
});
