import { describe, expect, it } from '@jest/globals';
import { KNOWN_CODES, USER_SHUT_OUT } from './known-codes.js';

describe('the known codes', () => {
  it.each([...KNOWN_CODES])(
    'stand in the form that error bodies are read in, and mean something: %s',
    (code, known) => {
      expect(code).toMatch(/^0x[0-9a-f]{8}$/);
      expect(known.meaning).toMatch(/^[a-z].{10,}[a-z]$/);
    },
  );

  it('mean a different thing each', () => {
    const meanings = [...KNOWN_CODES.values()].map(({ meaning }) => meaning);
    expect(new Set(meanings).size).toBe(KNOWN_CODES.size);
  });

  it('leave the outcome to the status where a person is to know more, and nothing else', () => {
    const explained = [...KNOWN_CODES].filter(([, { outcome }]) => outcome === null).map(([code]) => code);
    expect(explained).toEqual(expect.arrayContaining([...USER_SHUT_OUT, '0x80040220', '0x8006088a']));
    expect(explained).toEqual(expect.arrayContaining(['0x80040203', '0x80048d19']));
  });
});
