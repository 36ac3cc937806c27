import { describe, expect, it } from '@jest/globals';
import { requireContent } from './body-content.js';

const JSON_ALONE = ['application/json'];
const BOTH = ['application/json', 'application/x-ndjson'];

describe('the content of a request', () => {
  it.each([
    ['application/json'],
    ['application/json; charset=utf-8'],
    ['application/json;charset=UTF-8'],
    ['Application/JSON; charset="utf-8"'],
    ['application/json;'],
  ])('may be %s', (contentType) => {
    const headers = { 'content-type': contentType };
    expect(requireContent(headers, JSON_ALONE)).toBe('application/json');
    expect(requireContent({ ...headers, 'content-encoding': 'identity' }, BOTH)).toBe('application/json');
  });

  it('is told apart by its media type', () => {
    expect(requireContent({ 'content-type': 'application/x-ndjson; charset=utf-8' }, BOTH)).toBe(
      'application/x-ndjson',
    );
  });

  it.each([
    [undefined, undefined],
    ['application/json; charset=latin1', undefined],
    ['application/json; charset=utf-16', undefined],
    ['application/json; profile="x"', undefined],
    ['application/jsonx', undefined],
    ['application/x-ndjson', undefined],
    ['text/json', undefined],
    ['application/json', 'gzip'],
    ['application/json', ''],
  ])('may not be %s with encoding %s', (contentType, contentEncoding) => {
    const headers = { 'content-type': contentType, 'content-encoding': contentEncoding };
    expect(() => requireContent(headers, JSON_ALONE)).toThrow(
      expect.objectContaining({ slug: 'unsupported-media-type' }),
    );
  });

  it('is judged in no time, however many blanks come', () => {
    const contentType = `application/json${' '.repeat(1_000_000)};${' '.repeat(1_000_000)}x`;
    expect(() => requireContent({ 'content-type': contentType }, JSON_ALONE)).toThrow();
  });
});
