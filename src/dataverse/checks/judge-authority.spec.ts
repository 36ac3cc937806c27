import { describe, expect, it } from '@jest/globals';
import type { HttpResponse } from '../http/http-exchange.js';
import { readChallenge } from './challenge.js';
import { type ExpectedAuthority, judgeAuthority } from './judge-authority.js';

const TENANT = '11111111-2222-4333-8444-555555555555';
const ENTRA = 'https://login.microsoftonline.com';
const ORG = 'https://org.crm.dynamics.com';
const CHALLENGE = `Bearer authorization_uri=${ENTRA}/${TENANT}/oauth2/authorize, resource_id=${ORG}/`;
const EXPECTED: ExpectedAuthority = { tenantId: TENANT, authorityHost: ENTRA, origin: ORG };

function answer(status: number, challenge: string | null): HttpResponse {
  const headers = new Headers(challenge === null ? {} : { 'WWW-Authenticate': challenge });
  return { kind: 'response', status, headers, body: '', complete: true, receivedAt: 0 };
}

describe('readChallenge', () => {
  it.each([
    [CHALLENGE],
    [`Bearer authorization_uri="${ENTRA}/${TENANT}/oauth2/authorize", resource_id="${ORG}/"`],
    [`Bearer error=invalid_token, error_description=The token is expired, ${CHALLENGE.slice('Bearer '.length)}`],
  ])('reads %s', (header) => {
    expect(readChallenge(header)).toEqual({ authorityHost: ENTRA, tenantId: TENANT, resource: `${ORG}/` });
  });

  it.each([
    [null],
    [''],
    ['Basic realm="x"'],
    ['Bearer authorization_uri=nonsense'],
    [`Bearer authorization_uri=${ENTRA}`],
  ])('takes %j for none', (header) => expect(readChallenge(header)).toBeNull());
});

describe('judgeAuthority', () => {
  it('is content with the tenant of the settings, in whatever case', () => {
    const finding = judgeAuthority(
      answer(
        401,
        CHALLENGE.toUpperCase()
          .replace('BEARER AUTHORIZATION_URI', 'Bearer authorization_uri')
          .replace('RESOURCE_ID', 'resource_id'),
      ),
      EXPECTED,
    );
    expect(finding).toMatchObject({ result: 'ok', isDataverse: true });
  });

  it('names the tenant to set where it is another one', () => {
    const other = TENANT.replace('1', '9');
    const finding = judgeAuthority(answer(401, CHALLENGE), { ...EXPECTED, tenantId: other });
    expect(finding).toMatchObject({ result: 'failed', isDataverse: true, figures: { tenantId: TENANT } });
    expect(finding.detail).toContain(other);
    expect(finding.advice).toContain(`AZURE_TENANT_ID=${TENANT}`);
  });

  it.each<[string, Partial<ExpectedAuthority>]>([
    ['a domain, which stands for a tenant it cannot see', { tenantId: 'contoso.onmicrosoft.com' }],
    ['a managed identity, which has no tenant set', { tenantId: null }],
  ])('is content with %s', (_name, changes) => {
    expect(judgeAuthority(answer(401, CHALLENGE), { ...EXPECTED, ...changes }).result).toBe('ok');
  });

  it.each<[string, Partial<ExpectedAuthority>, string]>([
    ['another Entra', { authorityHost: 'https://login.microsoftonline.us' }, `AZURE_AUTHORITY_HOST=${ENTRA}`],
    ['another name of the environment', { origin: 'https://org.api.crm.dynamics.com' }, 'DATAVERSE_URL'],
  ])('hints at %s', (_name, changes, advice) => {
    const finding = judgeAuthority(answer(401, CHALLENGE), { ...EXPECTED, ...changes });
    expect(finding.result).toBe('warning');
    expect(finding.advice).toContain(advice);
  });

  it.each([
    [200, null],
    [302, null],
    [404, null],
    [401, 'Basic realm="proxy"'],
  ])('takes HTTP %i with %j for no Dataverse', (status, challenge) => {
    expect(judgeAuthority(answer(status, challenge), EXPECTED)).toMatchObject({ result: 'failed', isDataverse: false });
  });
});
