import { describe, expect, it } from '@jest/globals';
import { credentialOf } from './credential.js';

describe('the credential of a request', () => {
  it.each([
    ['a bearer token', { authorization: 'Bearer key' }, 'key'],
    ['a bearer token in another case', { authorization: 'bEARER   key' }, 'key'],
    ['an API key header', { 'x-api-key': 'key' }, 'key'],
    ['nothing', {}, null],
    ['an API key header where the scheme is another', { authorization: 'Basic a2V5', 'x-api-key': 'two' }, 'two'],
    ['an API key header where the scheme begins alike', { authorization: 'Bearers one', 'x-api-key': 'two' }, 'two'],
    ['an empty API key header', { 'x-api-key': '' }, ''],
    ['no key where the scheme is another', { authorization: 'Basic a2V5' }, ''],
    ['no key where the token has a space', { authorization: 'Bearer one two' }, ''],
    ['no key where the token is missing', { authorization: 'Bearer' }, ''],
  ])('is %s', (_what, headers, credential) => {
    expect(credentialOf(headers)).toBe(credential);
  });

  it.each(['Bearer one', 'bearer one', 'Bearer one two', 'Bearer', 'Bearer '])(
    'is refused where there are two: %p, and an API key header',
    (authorization) => {
      for (const key of ['two', 'one', '']) {
        expect(() => credentialOf({ authorization, 'x-api-key': key })).toThrow('One credential per request');
      }
    },
  );
});
