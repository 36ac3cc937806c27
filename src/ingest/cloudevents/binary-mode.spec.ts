import { describe, expect, it } from '@jest/globals';
import { readBinary } from './binary-mode.js';

const JSON_BODY = { kind: 'json', value: { a: 1 }, faults: [] } as const;

describe('a CloudEvent in binary mode', () => {
  it('has headers that are its attributes, and a body that is its content', () => {
    const headers = {
      host: ['localhost'],
      'ce-id': ['Kasse%204'],
      'ce-ext': ['"a b"'],
      'ce-subject': [''],
      traceparent: ['x'],
    };
    expect(readBinary(headers, JSON_BODY)).toEqual({
      attributes: new Map([
        ['id', 'Kasse 4'],
        ['ext', 'a b'],
        ['subject', ''],
      ]),
      data: { kind: 'json', json: JSON_BODY },
      faults: [],
      isLarge: false,
    });
  });

  it.each([
    ['twice', { 'ce-id': ['a', 'a'] }, '/id appears more than once'],
    ['in letters that are not encoded', { 'ce-id': ['Ã¤'] }, '/id must be percent-encoded UTF-8'],
    ['with a stray percent sign', { 'ce-source': ['100%'] }, '/source must be percent-encoded UTF-8'],
    [
      'for what the body says',
      { 'ce-datacontenttype': ['application/json'] },
      '/datacontenttype must not be a header: the body and its Content-Type say it',
    ],
    ['for the content', { 'ce-data': ['{}'] }, '/data must not be a header: the body and its Content-Type say it'],
  ])('may not have a header %s', (_what, headers, fault) => {
    const { attributes, faults } = readBinary(headers, JSON_BODY);
    expect(faults.map(({ pointer, detail }) => `${pointer} ${detail}`)).toEqual([fault]);
    expect(attributes.size).toBe(0);
  });

  it('is none without any attribute, and its sender is told where events alone go', () => {
    const read = () => readBinary({ host: ['localhost'] }, JSON_BODY);
    expect(read).toThrow(expect.objectContaining({ slug: 'invalid-event' }));
    expect(read).toThrow('/v1/event-types');
  });
});
