import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { Caller, expectProblem } from '../ingest/support/caller.js';
import { type IngestApp, startIngestApp } from '../ingest/support/ingest-app.js';
import { AUDIENCE, type Fault, newKey, OidcIssuer } from '../support/oidc-issuer.js';
import { until } from '../support/until.js';

const DISCOVERY = '/.well-known/openid-configuration';
const PATH = '/v1/event-types';

let issuer: OidcIssuer;
let app: IngestApp | null = null;
beforeEach(async () => {
  issuer = await OidcIssuer.start();
});
afterEach(async () => {
  await app?.close();
  app = null;
  await issuer.close();
});

async function start(): Promise<IngestApp> {
  app = await startIngestApp({ access: { oidc: { issuer: issuer.url, audience: AUDIENCE } } });
  return app;
}

async function get(gateway: IngestApp, token: string) {
  return new Caller(gateway.url, token).get(PATH);
}

describe('an issuer that is away when the gateway starts', () => {
  it.each<[string, string, Fault, string]>([
    ['answers 500', DISCOVERY, { kind: 'status', status: 500 }, 'it answered with status 500'],
    ['answers 503 for its keys', '/keys', { kind: 'status', status: 503 }, 'it answered with status 503'],
    ['sends us elsewhere', DISCOVERY, { kind: 'status', status: 302, location: '/' }, 'it answered with status 302'],
    ['answers HTML', DISCOVERY, { kind: 'body', body: '<html>Sign in</html>' }, 'its answer is not JSON'],
    ['answers HTML for its keys', '/keys', { kind: 'body', body: '<html>' }, 'its answer is not JSON'],
    ['answers null', DISCOVERY, { kind: 'body', body: 'null' }, 'its answer is no JSON object'],
    ['answers something else for its keys', '/keys', { kind: 'body', body: '{}' }, 'its answer is no key set'],
    ['has no keys', '/keys', { kind: 'body', body: '{"keys":[]}' }, 'its key set holds no keys for signatures'],
    [
      'has keys that are none',
      '/keys',
      { kind: 'body', body: '{"keys":[7,{}]}' },
      'its key set holds no keys for signatures',
    ],
    [
      'has only keys that are shared secrets or for other uses',
      '/keys',
      { kind: 'body', body: '{"keys":[{"kty":"oct","k":"AA"},{"kty":"RSA","use":"enc"}]}' },
      'its key set holds no keys for signatures',
    ],
    ['never ends its answer', '/keys', { kind: 'flood' }, 'its answer is longer than 524288 bytes'],
    [
      'is another one',
      DISCOVERY,
      { kind: 'body', body: '{"issuer":"https://login.microsoftonline.com/{tenantid}/v2.0"}' },
      'its discovery document is that of another issuer',
    ],
  ])('%s: the gateway starts, tokens wait, API keys work', async (_what, path, fault, reason) => {
    issuer.faults.set(path, fault);
    const gateway = await start();
    const answer = await get(gateway, await issuer.token(['operator']));
    expectProblem(answer, 'issuer-unavailable');
    expect(answer.headers.get('retry-after')).toBe('5');
    expect(gateway.accessJournal.issuer).toEqual([reason]);
    expect(gateway.accessJournal.refusals).toEqual(['issuer-unavailable']);
    const { apiKey } = await gateway.clients.create({ name: 'till', publish: ['*'], operator: false }, 'cli:test');
    expect((await get(gateway, apiKey)).status).toBe(200);
  });

  it.each([['http://id.example.com/keys'], ['file:///etc/passwd'], ['keys'], [7]])(
    'is not asked for keys where nobody would be sure whose they are: %p',
    async (address) => {
      const body = JSON.stringify({ ...issuer.discovery(), jwks_uri: address });
      issuer.faults.set(DISCOVERY, { kind: 'body', body });
      const gateway = await start();
      expectProblem(await get(gateway, await issuer.token(['operator'])), 'issuer-unavailable');
      expect(gateway.accessJournal.issuer).toEqual(['its discovery document names no https address of its keys']);
    },
  );

  it('holds nobody up for longer than it may take', async () => {
    issuer.faults.set(DISCOVERY, { kind: 'silence' });
    const gateway = await start();
    const token = await issuer.token(['operator']);
    const answers = await Promise.all(Array.from({ length: 20 }, () => get(gateway, token)));
    for (const answer of answers) expectProblem(answer, 'issuer-unavailable');
    expect(gateway.accessJournal.issuer).toEqual(['it did not answer in time']);
    expect(issuer.requests).toEqual([DISCOVERY]);
  }, 20_000);

  it('does not hold up the end of the gateway', async () => {
    issuer.faults.set(DISCOVERY, { kind: 'silence' });
    // As long as the test lasts no time is up: what ends here was called off.
    const limits = jest.spyOn(AbortSignal, 'timeout').mockImplementation(() => new AbortController().signal);
    const gateway = await start();
    await until(() => issuer.requests.length === 1);
    await gateway.close();
    app = null;
    expect(limits).toHaveBeenCalled();
    limits.mockRestore();
    expect(gateway.accessJournal.issuer).toEqual([]);
  });
});

describe('an issuer that goes away', () => {
  it('is not missed while its keys are known', async () => {
    const gateway = await start();
    const token = await issuer.token(['operator']);
    expect((await get(gateway, token)).status).toBe(200);
    issuer.faults.set(DISCOVERY, { kind: 'status', status: 500 });
    // Its keys are asked for, and cannot be had.
    expectProblem(await get(gateway, await issuer.token(['operator'], { key: await newKey() })), 'issuer-unavailable');
    expect(gateway.accessJournal.issuer).toEqual(['answered 1', 'it answered with status 500']);
    expect((await get(gateway, token)).status).toBe(200);
    expect((await get(gateway, await issuer.token(['operator'], { claims: { jti: 'new' } }))).status).toBe(200);
  });
});

describe('an issuer that changes its keys', () => {
  it('is asked once for all tokens with the new one, and hardly for made-up ones', async () => {
    const gateway = await start();
    expect((await get(gateway, await issuer.token(['operator']))).status).toBe(200);
    const asked = issuer.requests.length;
    await issuer.rotate();
    const made = await Promise.all(['1', '2', '3'].map((jti) => issuer.token(['operator'], { claims: { jti } })));
    const answers = await Promise.all(made.map((token) => get(gateway, token)));
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200]);
    expect(issuer.requests.slice(asked)).toEqual([DISCOVERY, '/keys']);
    for (const kid of ['a', 'b', 'c']) await get(gateway, await issuer.token(['operator'], { header: { kid } }));
    expect(issuer.requests.slice(asked)).toEqual([DISCOVERY, '/keys', DISCOVERY, '/keys']);
  });
});
