import { describe, expect, it } from '@jest/globals';
import { requireJsonContent } from './json-content.js';

describe('the content of a request', () => {
  it.each([
    ['application/json'],
    ['application/json; charset=utf-8'],
    ['application/json;charset=UTF-8'],
    ['Application/JSON; charset="utf-8"'],
    ['application/json;'],
  ])('may be %s', (contentType) => {
    expect(() => requireJsonContent(contentType, undefined)).not.toThrow();
    expect(() => requireJsonContent(contentType, 'identity')).not.toThrow();
  });

  it.each([
    [undefined, undefined],
    ['application/json; charset=latin1', undefined],
    ['application/json; charset=utf-16', undefined],
    ['application/json; profile="x"', undefined],
    ['application/jsonx', undefined],
    ['text/json', undefined],
    ['application/json', 'gzip'],
    ['application/json', ''],
  ])('may not be %s with encoding %s', (contentType, contentEncoding) => {
    expect(() => requireJsonContent(contentType, contentEncoding)).toThrow(
      expect.objectContaining({ slug: 'unsupported-media-type' }),
    );
  });
});
