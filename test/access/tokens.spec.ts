import { createHmac, randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { exportJWK, exportSPKI } from 'jose';
import { Caller, expectProblem } from '../ingest/support/caller.js';
import { type IngestApp, startIngestApp } from '../ingest/support/ingest-app.js';
import { AUDIENCE, newKey, OidcIssuer, type TokenParts } from '../support/oidc-issuer.js';

const PURCHASES = '/v1/events/customer-purchase';
const PAYMENTS = '/v1/events/vendor-payment-posted';

let issuer: OidcIssuer;
let app: IngestApp;
beforeAll(async () => {
  issuer = await OidcIssuer.start();
  app = await startIngestApp({ access: { oidc: { issuer: issuer.url, audience: AUDIENCE } }, trustedProxies: true });
});
afterAll(async () => {
  await app.close();
  await issuer.close();
});

async function callerWith(roles: readonly string[], parts: TokenParts = {}): Promise<Caller> {
  return new Caller(app.url, await issuer.token(roles, parts));
}

function exampleOf(type: string): Record<string, unknown> {
  return { ...app.catalog.find(type)?.example };
}

describe('a client with a token', () => {
  it('publishes everything with the role publisher', async () => {
    const erp = await callerWith(['publisher']);
    const purchase = { ...exampleOf('CustomerPurchase'), purchaseId: 'by-token' };
    expect((await erp.post(PURCHASES, purchase)).status).toBe(202);
    expect((await erp.post(PAYMENTS, exampleOf('VendorPaymentPosted'))).status).toBe(202);
  });

  it('publishes the types its roles name, and no other', async () => {
    const erp = await callerWith(['publisher.VendorPaymentPosted', 'something.else']);
    expect((await erp.post(PAYMENTS, exampleOf('VendorPaymentPosted'))).status).toBe(202);
    const answer = await erp.post(PURCHASES, exampleOf('CustomerPurchase'));
    expectProblem(answer, 'forbidden');
    expect(answer.headers.get('www-authenticate')).toContain('error="insufficient_scope"');
  });

  it('is known by its issuer and its name there, whichever token it comes with', async () => {
    const first = await callerWith(['publisher'], { claims: { azp: 'shop' } });
    const { body } = await first.post(PURCHASES, { ...exampleOf('CustomerPurchase'), purchaseId: 'p-1' });
    const again = await callerWith(['publisher'], { claims: { azp: 'shop', jti: 'another' } });
    const event = await again.get(`/v1/events/${body.id}`);
    expect(event.body).toMatchObject({ client: `${issuer.url}#shop` });
    const other = await callerWith(['publisher'], { claims: { azp: 'other' } });
    expectProblem(await other.get(`/v1/events/${body.id}`), 'not-found');
  });

  it('sees what everybody sent with the role operator, and publishes nothing by it', async () => {
    const chief = await callerWith(['operator']);
    expect((await chief.get('/v1/events')).status).toBe(200);
    expectProblem(await chief.post(PURCHASES, exampleOf('CustomerPurchase')), 'forbidden');
  });

  it.each([
    ['no roles', {}, []],
    ['roles of another API', {}, ['Files.Read.All', 'Publisher', 'publisher.', 'publisher.*', 'OPERATOR']],
    ['roles that are no list', { roles: 'publisher' }, []],
    ['a person behind it', { scp: 'user_impersonation' }, ['publisher', 'operator']],
    ['a user behind it', { idtyp: 'user' }, ['publisher']],
  ])('is let in nowhere with %s', async (_what, claims, roles) => {
    const caller = await callerWith(roles, { claims });
    expectProblem(await caller.get('/v1/event-types'), 'forbidden');
    expectProblem(await caller.post(PURCHASES, exampleOf('CustomerPurchase')), 'forbidden');
  });

  it('is served beside clients with API keys', async () => {
    const { apiKey } = await app.clients.create({ name: 'till', publish: ['*'], operator: false }, 'cli:test');
    expect((await new Caller(app.url, apiKey).get('/v1/event-types')).status).toBe(200);
  });

  it.each([['https://login.microsoftonline.com/x#erp'], ['http://x'], ['HTTPS://x']])(
    'shares its name with no client that has a key: %s cannot be created',
    async (name) => {
      const create = app.clients.create({ name, publish: ['*'], operator: true }, 'cli:test');
      await expect(create).rejects.toMatchObject({ code: 'client-name-invalid' });
    },
  );
});

describe('a token that is not right', () => {
  const past = () => Math.floor(Date.now() / 1000) - 120;
  const future = () => Math.floor(Date.now() / 1000) + 120;

  it.each<[string, () => TokenParts, RegExp]>([
    ['of another issuer', () => ({ claims: { iss: 'https://evil.example.com' } }), /another issuer/],
    ['of another tenant', () => ({ claims: { iss: issuer.url.replace('tenant', 'neighbour') } }), /another issuer/],
    ['for another audience', () => ({ claims: { aud: 'api://other' } }), /another audience/],
    ['for many audiences, not ours', () => ({ claims: { aud: ['api://a', 'api://b'] } }), /another audience/],
    ['without an audience', () => ({ claims: { aud: undefined } as never }), /another audience/],
    ['that has expired', () => ({ claims: { exp: past() } }), /has expired/],
    ['without an end', () => ({ claims: { exp: undefined } as never }), /when it ends/],
    ['that is not valid yet', () => ({ claims: { nbf: future() } }), /not valid yet/],
    ['that tells an application who signed in', () => ({ claims: { nonce: 'n' } }), /ID token/],
    ['of a type of its own', () => ({ header: { typ: 'secevent+jwt' } }), /type that is not accepted/],
    ['with a key id nobody has', () => ({ header: { kid: 'nobody' } }), /key its issuer does not have/],
    ['with a path for a key id', () => ({ header: { kid: '../../../../etc/passwd' } }), /key its issuer does not have/],
    ['with a critical extension', () => ({ header: { crit: ['exp'] } }), /not valid|cannot be read/],
    ['whose client has a line break', () => ({ claims: { azp: 'erp\nadmin' } }), /name its client/],
    ['whose client is no text', () => ({ claims: { azp: { $ne: null } } }), /name its client/],
    ['without client and subject', () => ({ claims: { azp: undefined, sub: undefined } as never }), /name its client/],
  ])('is refused: one %s', async (_what, parts, detail) => {
    const made = parts();
    if (made.header?.crit !== undefined)
      return expectRefusal(withHeader(await issuer.token([]), { crit: ['exp'] }), detail);
    await expectRefusal(await issuer.token(['publisher', 'operator'], made), detail);
  });

  it('is refused without a signature (alg none)', async () => {
    const [, payload] = (await issuer.token(['operator'])).split('.');
    for (const alg of ['none', 'None', 'NONE']) {
      await expectRefusal(`${encode({ alg, typ: 'JWT' })}.${payload}.`, /not accepted/);
    }
  });

  it('is refused with the public key taken for a shared secret (HS256)', async () => {
    const [, payload] = (await issuer.token(['operator'])).split('.');
    const { publicKey, kid } = issuer.key;
    for (const secret of [await exportSPKI(publicKey), JSON.stringify(await exportJWK(publicKey))]) {
      const signed = `${encode({ alg: 'HS256', typ: 'JWT', kid })}.${payload}`;
      await expectRefusal(
        `${signed}.${createHmac('sha256', secret).update(signed).digest('base64url')}`,
        /not accepted/,
      );
    }
  });

  it('is refused when another key signed it under the issuer’s key id', async () => {
    const thief = { ...(await newKey()), kid: issuer.key.kid };
    await expectRefusal(await issuer.token(['operator'], { key: thief }), /not valid/);
  });

  it('is refused when it brings its own key along (jwk, jku, x5u)', async () => {
    const thief = await newKey();
    const jwk = await exportJWK(thief.publicKey);
    const asked = issuer.requests.length;
    const elsewhere = `http://127.0.0.1:${issuer.port}/thief`;
    const { kid } = issuer.key;
    for (const header of [
      { jwk, kid },
      { jku: elsewhere, kid },
      { x5u: elsewhere, kid },
      { jwk, kid: undefined },
    ]) {
      const token = await issuer.token(['operator'], { key: thief, header: header as never });
      await expectRefusal(token, /not valid/);
    }
    expect(issuer.requests.slice(asked).filter((path) => path.includes('thief'))).toEqual([]);
  });

  it('is refused when a single byte of it was changed', async () => {
    const [header = '', payload = '', signature = ''] = (await issuer.token(['publisher.VendorPaymentPosted'])).split(
      '.',
    );
    const claims = JSON.parse(Buffer.from(payload, 'base64url').toString());
    await expectRefusal(`${header}.${encode({ ...claims, roles: ['operator'] })}.${signature}`, /not valid/);
    const flipped = Buffer.from(signature, 'base64url');
    flipped[7] = (flipped[7] ?? 0) ^ 1;
    await expectRefusal(`${header}.${payload}.${flipped.toString('base64url')}`, /not valid/);
  });

  it.each([
    ['nonsense in three parts', 'eyJhbGciOiJub25zZW5zZSJ9.eyJ4Ijp9.AAAA'],
    ['an encrypted token', 'eyJhbGciOiJkaXIiLCJlbmMiOiJBMTI4R0NNIn0..aXY.Y3Q.dGFn'],
    ['an empty payload', 'eyJhbGciOiJSUzI1NiJ9..AAAA'],
    ['a payload that is a list', `eyJhbGciOiJSUzI1NiJ9.${encode([1])}.AAAA`],
    ['a payload that is null', `eyJhbGciOiJSUzI1NiJ9.${encode(null)}.AAAA`],
    ['an algorithm that is no text', `${encode({ alg: ['RS256'] })}.${encode({})}.AAAA`],
    [
      'claims that spoil prototypes',
      `${encode({ alg: 'RS256' })}.eyJfX3Byb3RvX18iOnsicm9sZXMiOlsib3BlcmF0b3IiXX19.AAAA`,
    ],
  ])('is refused: %s', async (_what, token) => {
    await expectRefusal(token, /./);
  });

  it('is refused when it is huge, by its headers', async () => {
    const token = await issuer.token(['operator'], { claims: { groups: Array.from({ length: 1000 }, randomUUID) } });
    expectProblem(await new Caller(app.url, token).get('/v1/event-types'), 'headers-too-large');
  });

  it('is taken a minute beyond its end, for clocks that differ', async () => {
    const exp = Math.floor(Date.now() / 1000) - 30;
    expect((await (await callerWith(['operator'], { claims: { exp } })).get('/v1/event-types')).status).toBe(200);
  });

  async function expectRefusal(token: string, detail: RegExp): Promise<void> {
    // From an address of its own: many failures from one are answered otherwise.
    const origin = { 'X-Forwarded-For': `2001:db8:${randomUUID().slice(0, 4)}:${randomUUID().slice(0, 4)}::1` };
    const answer = await new Caller(app.url, token).get('/v1/event-types', origin);
    expectProblem(answer, 'unauthenticated');
    expect(answer.body.detail).toMatch(detail);
    expect(answer.headers.get('www-authenticate')).toContain('error="invalid_token"');
    const signature = token.split('.').at(-1) || 'no signature';
    expect(JSON.stringify(answer.body)).not.toContain(signature);
  }
});

function encode(value: unknown): string {
  return Buffer.from(JSON.stringify(value)).toString('base64url');
}

function withHeader(token: string, header: Record<string, unknown>): string {
  const [old = '', ...rest] = token.split('.');
  return [encode({ ...JSON.parse(Buffer.from(old, 'base64url').toString()), ...header }), ...rest].join('.');
}
