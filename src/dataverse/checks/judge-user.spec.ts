import { describe, expect, it } from '@jest/globals';
import type { HttpAnswer, HttpFailure, HttpResponse } from '../http/http-exchange.js';
import { PRIVILEGE_NEEDS } from '../privileges/privilege-needs.js';
import type { NoToken } from '../token/access-token.js';
import { judgeCustomApi } from './judge-custom-api.js';
import { judgeLatency } from './judge-latency.js';
import { judgeLimits } from './judge-limits.js';
import { judgePrivileges } from './judge-privileges.js';
import { judgeToken, type TokenRequest } from './judge-token.js';
import { judgeWhoAmI } from './judge-who-am-i.js';

function answer(status: number, body: unknown = null, complete = true): HttpResponse {
  const text = body === null ? '' : JSON.stringify(body);
  return { kind: 'response', status, headers: new Headers(), body: text, complete, receivedAt: 0 };
}

function error(status: number, code: string, message = 'words'): HttpResponse {
  return answer(status, { error: { code, message } });
}

const RESET: HttpFailure = { kind: 'failure', stage: 'connected', code: 'ECONNRESET' };
const LATE: HttpFailure = { kind: 'failure', stage: 'connected', code: 'ETIMEDOUT' };

describe('judgeToken', () => {
  const asked: TokenRequest = { credential: 'secret', now: 0, tookMs: 7 };

  it('tells how long a token lasts', () => {
    const token = { kind: 'token', text: 'secret', expiresAt: 3_599_000 } as const;
    expect(judgeToken(token, asked)).toEqual({
      result: 'ok',
      detail: 'a token for 59 minutes',
      figures: { ms: 7, validForMinutes: 59 },
    });
  });

  it.each<[string, string, string]>([
    ['AADSTS7000215', 'secret is wrong', "secret's value"],
    ['AADSTS700016', 'knows no such application', 'AZURE_CLIENT_ID'],
    ['AADSTS90002', 'no such tenant', 'AZURE_TENANT_ID'],
    ['AADSTS7000222', 'expired', 'Make a new one'],
    ['AADSTS700027', 'certificate', 'AZURE_CLIENT_CERTIFICATE_PATH'],
    ['AADSTS99999', 'no token', 'sign-in log'],
  ])('says of %s what it means and what to do', (code, detail, advice) => {
    const outcome: NoToken['outcome'] = { kind: 'misconfigured', scope: 'user' };
    const finding = judgeToken({ kind: 'no-token', outcome, status: 401, code, detail: 'no token' }, asked);
    expect(finding.result).toBe('failed');
    expect(finding.detail).toContain(detail);
    expect(finding.detail).toContain(code);
    expect(finding.advice).toContain(advice);
  });

  it('advises to look at the file where nothing was asked', () => {
    const outcome: NoToken['outcome'] = { kind: 'misconfigured', scope: 'user' };
    const unread: NoToken = { kind: 'no-token', outcome, status: null, code: 'ENOENT', detail: 'it cannot be read' };
    expect(judgeToken(unread, { ...asked, credential: 'certificate' }).advice).toMatch(/file of the credential/);
  });

  it('advises to let this machine out where Entra is away', () => {
    const away = {
      kind: 'no-token',
      outcome: { kind: 'unavailable' },
      status: null,
      code: 'ENOTFOUND',
      detail: 'away',
    } as const;
    expect(judgeToken(away, asked).advice).toMatch(/AZURE_AUTHORITY_HOST.*HTTPS_PROXY/);
    const machine = judgeToken(away, { ...asked, credential: 'managed-identity' });
    expect(machine.advice).toMatch(/Azure machine/);
  });
});

describe('judgeWhoAmI', () => {
  it('knows the user by its id', () => {
    const who = judgeWhoAmI(answer(200, { UserId: 'u', BusinessUnitId: 'b', OrganizationId: 'o' }));
    expect(who).toMatchObject({ kind: 'known', userId: 'u', finding: { result: 'ok' } });
  });

  it.each<[string, HttpResponse, RegExp]>([
    ['no application user', error(403, '0x80072560'), /dataverse grant/],
    ['no role', error(403, '0x80042f09'), /security role/],
    ['a deactivated user', error(403, '0x80040225'), /Activate it/],
    ['a user whose limits are used up', error(429, '0x80072322'), /some minutes/],
    ['a token for something else', answer(401), /address the environment gives itself/],
  ])('advises on %s', (_name, given, advice) => {
    const who = judgeWhoAmI(given);
    expect(who).toMatchObject({ kind: 'unknown', finding: { result: 'failed' } });
    expect(who.finding.advice).toMatch(advice);
  });

  it.each<[HttpAnswer, RegExp, RegExp]>([
    [LATE, /^no answer in time \(ETIMEDOUT\)$/, /service health.*firewall/],
    [RESET, /^the connection broke before the answer \(ECONNRESET\)$/, /HTTPS_PROXY/],
    [answer(502), /HTTP 502/, /service health/],
  ])('tells no answer from a refusal: %j', (given, detail, advice) => {
    const who = judgeWhoAmI(given);
    expect(who).toMatchObject({ kind: 'unknown', why: expect.not.stringContaining('let it in') });
    expect(who.finding.detail).toMatch(detail);
    expect(who.finding.advice).toMatch(advice);
  });

  it("takes a proxy's page for nobody", () => {
    expect(judgeWhoAmI({ ...answer(200), body: '<html>' }).kind).toBe('unknown');
  });
});

describe('judgePrivileges', () => {
  const held = (names: readonly string[]) => names.map((name) => ({ id: name, name, depth: 'Global' }));

  it('tells sending from verifying from provisioning', () => {
    expect(judgePrivileges([])).toMatchObject({
      result: 'warning',
      detail: expect.stringContaining('prvReadCustomAPI'),
    });
    const verify = held(PRIVILEGE_NEEDS.verify);
    expect(judgePrivileges(verify)).toMatchObject({
      result: 'ok',
      detail: expect.stringContaining('to provision it lacks'),
    });
    const diagnose = held(PRIVILEGE_NEEDS.diagnose);
    expect(judgePrivileges([...verify, ...diagnose]).detail).toMatch(/to provision it lacks prvCreateCustomAPI, /);
    const all = [...verify, ...diagnose, ...held(PRIVILEGE_NEEDS.provision)];
    expect(judgePrivileges(all)).toMatchObject({ result: 'ok', detail: 'it may send, verify and provision' });
  });

  it('names what is lacking to read apart from what is lacking to write', () => {
    const { detail, figures } = judgePrivileges(held(PRIVILEGE_NEEDS.verify));
    const [, toWrite = '', toRead = ''] = detail.split(/; |\. /);
    expect(toWrite).toMatch(/prvCreateCustomAPI.*prvDeleteServiceEndpoint/);
    expect(toWrite).not.toContain('prvRead');
    expect(toRead).toMatch(/ prvReadServiceEndpoint, prvReadAsyncOperation, prvReadWorkflow, [^,]+, prvReadEntity \(/);
    expect(figures).toMatchObject({ missingToDiagnose: PRIVILEGE_NEEDS.diagnose.join(', ') });
  });

  it('advises nobody who may verify to take the wide rights to read', () => {
    const finding = judgePrivileges(held(PRIVILEGE_NEEDS.verify));
    expect(finding).toMatchObject({ result: 'ok', detail: expect.stringContaining('grant --diagnose') });
    expect(finding).not.toHaveProperty('advice');
  });

  it('lists what a user that provisions lacks to diagnose', () => {
    const names = [...PRIVILEGE_NEEDS.verify, ...PRIVILEGE_NEEDS.provision];
    expect(judgePrivileges(held(names)).detail).toMatch(
      /^it may send, verify and provision; to diagnose it lacks prvReadSdkMessageFilter, prvReadEntity \(/,
    );
  });

  it('lists everything at once where a single privilege to verify is lacking', () => {
    const { result, detail, advice } = judgePrivileges(held(PRIVILEGE_NEEDS.verify.slice(1)));
    expect(result).toBe('warning');
    expect(detail).toMatch(
      /^it may send; to verify it lacks prvReadCustomAPI \(of the whole organization\); to provision/,
    );
    expect(detail.match(/prvReadCustomAPI(?!R)/g)).toHaveLength(1);
    expect(detail).toMatch(/prvCreateCustomAPI.*; to diagnose it lacks prvReadServiceEndpoint/);
    expect(advice).toContain('dataverse grant');
  });

  it('takes a privilege for own rows for none', () => {
    const own = PRIVILEGE_NEEDS.verify.map((name) => ({ id: name, name, depth: 'Basic' }));
    expect(judgePrivileges(own)).toMatchObject({
      result: 'warning',
      detail: expect.stringMatching(/ prvReadCustomAPI \(of the whole organization\),.*[^U]$/),
    });
    expect(judgePrivileges(own).detail).not.toContain('prvReadUser');
  });

  it('knows privileges in whatever case', () => {
    const names = PRIVILEGE_NEEDS.verify.map((name) => name.toLowerCase());
    expect(judgePrivileges(held(names)).result).toBe('ok');
  });
});

describe('judgeCustomApi', () => {
  it.each<[string, HttpAnswer, string | null, string]>([
    ['an action', error(404, ''), null, 'ok'],
    ['an unknown name', error(404, '0x8006088a'), null, 'failed'],
    ['a function', answer(200, {}), null, 'failed'],
    ['an action that asks for more', error(404, ''), 'prvCreateThing', 'failed'],
    ['a 404 of something in between', answer(404), null, 'failed'],
    ['a 403', error(403, '0x80040220'), null, 'failed'],
    ['a 503', answer(503), null, 'failed'],
    ['a reset', RESET, null, 'failed'],
  ])('finds %s', (_name, given, lacking, result) => {
    expect(judgeCustomApi(given, lacking).result).toBe(result);
  });
});

describe('judgeLimits', () => {
  it.each([
    [{ remainingRequests: 5990, remainingTimeMs: 1_200_000, parallelism: 52 }, 'ok', '5990 requests and 1200 s'],
    [{ remainingRequests: 12, remainingTimeMs: 1_200_000, parallelism: null }, 'warning', '12 requests'],
    [{ remainingRequests: 5990, remainingTimeMs: 5_000, parallelism: null }, 'warning', '5 s'],
    [{ remainingRequests: null, remainingTimeMs: null, parallelism: null }, 'ok', 'says nothing'],
  ])('of %j says %s', (hints, result, words) => {
    const finding = judgeLimits(hints);
    expect(finding.result).toBe(result);
    expect(finding.detail).toContain(words);
  });
});

describe('judgeLatency', () => {
  it('takes the median, which one slow call does not move', () => {
    expect(judgeLatency([30, 9_000, 20, 40, 10])).toMatchObject({
      result: 'ok',
      figures: { medianMs: 30, minMs: 10, maxMs: 9_000, calls: 5 },
    });
  });

  it('hints at a far region', () => {
    expect(judgeLatency([1_500])).toMatchObject({ result: 'warning', advice: expect.stringContaining('region') });
  });
});
