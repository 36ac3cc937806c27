import { describe, expect, it } from '@jest/globals';
import { credentialOf } from './credential.js';

describe('the credential of a request', () => {
  it.each([
    ['a bearer token', { authorization: 'Bearer key' }, 'key'],
    ['a bearer token in another case', { authorization: 'bEARER   key' }, 'key'],
    ['an API key header', { 'x-api-key': 'key' }, 'key'],
    ['the bearer token where both are there', { authorization: 'Bearer one', 'x-api-key': 'two' }, 'one'],
    ['nothing', {}, null],
    ['no key where the scheme is another', { authorization: 'Basic a2V5', 'x-api-key': 'two' }, ''],
    ['no key where the token has a space', { authorization: 'Bearer one two' }, ''],
    ['no key where the token is missing', { authorization: 'Bearer' }, ''],
  ])('is %s', (_what, headers, credential) => {
    expect(credentialOf(headers)).toBe(credential);
  });
});
