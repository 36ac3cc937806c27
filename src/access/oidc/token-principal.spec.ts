import { describe, expect, it } from '@jest/globals';
import { principalOfToken } from './token-principal.js';

const OWNER = { issuer: 'https://id.example.com/t', rate: null };
const ROLES = { roles: ['publisher'] };

describe('the client of a token', () => {
  it.each([
    ['azp (Entra v2)', { azp: 'a', appid: 'b', client_id: 'c', sub: 'c' }, 'https://id.example.com/t#a'],
    ['else appid (Entra v1)', { appid: 'b', client_id: 'c', sub: 'c' }, 'https://id.example.com/t#b'],
    ['else client_id (RFC 9068)', { client_id: 'c', sub: 'c' }, 'https://id.example.com/t#c'],
    ['else the subject, told apart from a client (Okta)', { cid: 'a', sub: 'a' }, 'https://id.example.com/t?sub=a'],
    ['even where it looks like a subject', { azp: '?sub=a' }, 'https://id.example.com/t#?sub=a'],
  ])('is %s', (_what, claims, client) => {
    expect(principalOfToken({ ...claims, ...ROLES }, OWNER)).toMatchObject({ client });
  });

  it.each([
    ['is missing', {}],
    ['is empty, whatever the next claim says', { azp: '', sub: 's' }],
    ['is a number', { azp: 7 }],
    ['has a space', { azp: 'a b' }],
    ['has a letter that looks like another', { azp: 'cl\u0456ent' }],
    ['is longer than 255', { azp: 'x'.repeat(256) }],
  ])('is refused where it %s', (_what, claims) => {
    expect(principalOfToken({ ...claims, ...ROLES }, OWNER)).toMatchObject({ kind: 'invalid' });
  });
});

describe('the rights of a token', () => {
  it.each([
    [['publisher'], ['publisher'], ['*']],
    [['operator'], ['operator'], []],
    [
      ['publisher.A', 'operator', 'publisher.B'],
      ['publisher', 'operator'],
      ['A', 'B'],
    ],
    [['publisher.A', 'publisher'], ['publisher'], ['*']],
    [['publisher.A', 7, null, ['operator']], ['publisher'], ['A']],
  ])('are those of its app roles: %p', (given, roles, publish) => {
    expect(principalOfToken({ azp: 'a', roles: given }, OWNER)).toMatchObject({ roles, publish });
  });

  it.each([
    [{}],
    [{ roles: [] }],
    [{ roles: 'operator' }],
    [{ roles: { 0: 'operator' } }],
    [{ roles: ['Operator', 'publisher.', 'publisher.*', ' operator'] }],
    [{ scope: 'operator', groups: ['operator'] }],
  ])('are none with %p', (claims) => {
    expect(principalOfToken({ azp: 'a', ...claims }, OWNER)).toMatchObject({ kind: 'forbidden' });
  });

  it('are none of a person', () => {
    const claims = { azp: 'spa', sub: 'alice', roles: ['operator', 'publisher'] };
    expect(principalOfToken(claims, OWNER)).toMatchObject({ kind: 'forbidden' });
  });

  it.each([[{ nonce: 'x' }], [{ at_hash: 'x' }], [{ c_hash: 'x' }], [{ typ: 'ID' }]])(
    'are none of an ID token (%p)',
    (claims) => {
      expect(principalOfToken({ azp: 'a', ...ROLES, ...claims }, OWNER)).toMatchObject({ kind: 'invalid' });
    },
  );
});
