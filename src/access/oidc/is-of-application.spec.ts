import { describe, expect, it } from '@jest/globals';
import { isOfApplication } from './is-of-application.js';

const ID = '5f1c7b0e-3a52-4d0c-9a51-0f6f1f0e7c11';
const USER = 'd952cf23-bf92-4c8f-a3ff-4972b4f2bc5b';

/** What each provider issues for the client credentials grant, without what says nothing here. */
const APPLICATIONS = {
  'Entra v2': { azp: ID, azpacr: '1', oid: USER, sub: USER, tid: ID, ver: '2.0' },
  'Entra v1': { appid: ID, appidacr: '2', oid: USER, sub: USER, ver: '1.0' },
  'Entra with idtyp': { azp: ID, idtyp: 'app', oid: USER, sub: USER },
  Okta: { ver: 1, cid: '0oaErp', scp: ['events.write'], sub: '0oaErp' },
  Auth0: { azp: 'K1AUPhZq', sub: 'K1AUPhZq@clients', gty: 'client-credentials', scope: 'events:write' },
  'Auth0 with RFC 9068': { client_id: 'K1AUPhZq', sub: 'K1AUPhZq@clients', scope: 'events:write' },
  Keycloak: {
    typ: 'Bearer',
    azp: 'Erp',
    sub: USER,
    acr: '1',
    scope: 'email profile',
    email_verified: false,
    preferred_username: 'service-account-erp',
    client_id: 'Erp',
  },
  Duende: { client_id: 'erp', scope: ['events'] },
  'RFC 9068': { client_id: 's6BhdRkqt3', sub: 's6BhdRkqt3', scope: 'events' },
  'an issuer that was told to': { client_id: 'erp', sub: USER, idtyp: 'app' },
};

/** What the same providers issue when a person signs in to an application. */
const PERSONS = {
  'Entra v2': { azp: ID, azpacr: '0', oid: USER, sub: 'pairwise', scp: 'access_as_user', name: 'Alice' },
  'Entra v1': { appid: ID, oid: USER, sub: 'pairwise', scp: 'access_as_user', amr: ['pwd'], upn: 'alice@corp' },
  'Entra with idtyp': { azp: ID, idtyp: 'user', oid: USER, sub: USER },
  'Entra, of a device': { azp: ID, idtyp: 'device', oid: USER, sub: USER },
  'Entra External ID': { azp: ID, oid: USER, sub: USER, scp: 'events' },
  'Entra v2, an ID token without nonce': {
    oid: USER,
    sub: 'pairwise',
    name: 'Alice',
    preferred_username: 'alice@corp',
  },
  'Azure AD B2C, an ID token': { sub: USER, oid: USER, tfp: 'B2C_1_signin', auth_time: 1 },
  Okta: { cid: '0oaSpa', uid: '00uAlice', scp: ['openid', 'email'], sub: 'alice@corp', auth_time: 1 },
  'Okta, whose user is called as the application': { cid: '0oaSpa', uid: '00uAlice', sub: '0oaSpa' },
  Auth0: { azp: 'spa', sub: 'auth0|alice', scope: 'openid profile' },
  'Auth0 with RFC 9068': { client_id: 'spa', sub: 'auth0|alice', scope: 'openid profile' },
  Keycloak: {
    typ: 'Bearer',
    azp: 'backoffice-spa',
    sub: USER,
    sid: 's1',
    acr: '1',
    auth_time: 1,
    scope: 'openid profile email',
    preferred_username: 'alice',
  },
  'Keycloak, who calls himself a service account': { azp: 'spa', sub: USER, preferred_username: 'service-account-erp' },
  'Keycloak, even that of the application': {
    azp: 'spa',
    sub: USER,
    sid: 's1',
    preferred_username: 'service-account-spa',
  },
  'Keycloak, lightweight': { azp: 'spa', sid: 's1', scope: 'openid' },
  Duende: { client_id: 'spa', sub: '88421113', amr: ['pwd'], idp: 'local', auth_time: 1, scope: ['openid'] },
  'AD FS': { appid: ID, apptype: 'Public', scp: 'openid', upn: 'alice@corp' },
  'anybody, by the subject alone': { sub: 'alice' },
  'anybody, with nothing at all': {},
};

describe('a token', () => {
  it.each(Object.entries(APPLICATIONS))('is an application’s: %s', (_provider, claims) => {
    expect(isOfApplication(claims)).toBe(true);
  });

  it.each(Object.entries(PERSONS))('is a person’s: %s', (_provider, claims) => {
    expect(isOfApplication(claims)).toBe(false);
  });
});
