import { describe, expect, it } from '@jest/globals';
import type { HttpAnswer, HttpFailure } from '../http/http-exchange.js';
import { judgeAddress } from './judge-address.js';

const HOST = 'org.crm.dynamics.com';

function failure(stage: HttpFailure['stage'], code: string): HttpFailure {
  return { kind: 'failure', stage, code };
}

describe('judgeAddress', () => {
  it('is content with any answer', () => {
    const answer: HttpAnswer = {
      kind: 'response',
      status: 500,
      headers: new Headers(),
      body: '',
      complete: true,
      receivedAt: 0,
    };
    expect(judgeAddress(answer, HOST, 12)).toMatchObject({ result: 'ok', figures: { ms: 12 } });
  });

  it.each<[HttpFailure['stage'], string, RegExp, RegExp]>([
    ['connecting', 'ENOTFOUND', /no name server knows org/, /Compare DATAVERSE_URL/],
    ['connecting', 'EAI_AGAIN', /no name server/, /DNS/],
    ['connecting', 'ECONNREFUSED', /takes no connection/, /port/],
    ['connecting', 'ECONNECTTIMEOUT', /in time/, /firewall.*HTTPS_PROXY/],
    ['connecting', 'ECONNRESET', /broke/, /proxy/],
    ['connected', 'ETIMEDOUT', /in time/, /firewall/],
    ['unverified', 'SELF_SIGNED_CERT_IN_CHAIN', /not from an authority/, /NODE_EXTRA_CA_CERTS/],
    ['unverified', 'UNABLE_TO_VERIFY_LEAF_SIGNATURE', /not from an authority/, /NODE_EXTRA_CA_CERTS/],
    ['unverified', 'CERT_HAS_EXPIRED', /outside of its time/, /clock/],
    ['unverified', 'ERR_TLS_CERT_ALTNAME_INVALID', /for another name/, /DATAVERSE_URL/],
  ])('says of %s %s what it is and what to do', (stage, code, detail, advice) => {
    const finding = judgeAddress(failure(stage, code), HOST, 1);
    expect(finding.result).toBe('failed');
    expect(finding.detail).toMatch(detail);
    expect(finding.detail).toContain(code);
    expect(finding.advice).toMatch(advice);
  });
});
