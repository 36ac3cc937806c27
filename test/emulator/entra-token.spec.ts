import { describe, expect, it } from '@jest/globals';
import { createLocalJWKSet, type JSONWebKeySet, jwtVerify } from 'jose';
import { DEFAULT_APPLICATION_USER } from '../../src/emulator/emulator-options.js';
import { ManualClock } from './support/manual-clock.js';
import { runningEmulator } from './support/running-emulator.js';

describe('the token endpoint', () => {
  it('grants a bearer token whose signature the published keys prove', async () => {
    const { client, emulator } = await runningEmulator();
    const reply = await client.askToken();
    expect(reply.status).toBe(200);
    expect(reply.json()).toMatchObject({ token_type: 'Bearer', expires_in: 3599, ext_expires_in: 3599 });
    const keys = (await client.send(`/${emulator.tenantId}/discovery/v2.0/keys`)).json() as unknown as JSONWebKeySet;
    const { payload } = await jwtVerify(reply.json().access_token ?? '', createLocalJWKSet(keys));
    expect(payload).toMatchObject({
      aud: emulator.url,
      appid: DEFAULT_APPLICATION_USER.clientId,
      tid: emulator.tenantId,
      iss: `${emulator.url}/${emulator.tenantId}/v2.0`,
    });
    expect(Number(payload.exp) - Number(payload.iat)).toBe(3599);
  });

  it('takes a resource with a slash at its end, as older clients send it', async () => {
    const { client, emulator } = await runningEmulator();
    expect((await client.askToken({ scope: `${emulator.url}//.default` })).status).toBe(200);
  });

  it.each([
    ['a wrong secret', { client_secret: 'wrong' }, 401, 'invalid_client', 7000215],
    ['no secret', { client_secret: null }, 401, 'invalid_client', 7000218],
    ['an unknown client', { client_id: 'nobody' }, 400, 'unauthorized_client', 700016],
    ['no client', { client_id: null }, 400, 'invalid_request', 900144],
    ['another grant', { grant_type: 'password' }, 400, 'unsupported_grant_type', 70003],
    ['no grant', { grant_type: null }, 400, 'invalid_request', 900144],
    ['a scope that is no address', { scope: 'everything' }, 400, 'invalid_scope', 70011],
    ['a scope of two', { scope: 'https://a.example/.default https://b.example/.default' }, 400, 'invalid_scope', 70011],
    ['a scope of users', { scope: 'https://localhost/user_impersonation' }, 400, 'invalid_scope', 1002012],
    ['a resource elsewhere', { scope: 'https://other.example/.default' }, 400, 'invalid_resource', 500011],
  ])('refuses %s', async (_what, form, status, error, code) => {
    const { client } = await runningEmulator();
    const reply = await client.askToken(form);
    expect(reply.status).toBe(status);
    expect(reply.json()).toMatchObject({
      error,
      error_codes: [code],
      error_description: expect.stringMatching(
        new RegExp(`^AADSTS${code}: .+Trace ID: .+Correlation ID: .+Timestamp: `),
      ),
      timestamp: expect.stringMatching(/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\dZ$/),
      trace_id: expect.any(String),
      correlation_id: expect.any(String),
    });
    expect(reply.body).not.toContain(DEFAULT_APPLICATION_USER.clientSecret);
  });

  it('knows no other tenant', async () => {
    const { client } = await runningEmulator();
    const token = await client.askToken({}, 'contoso.example');
    expect([token.status, token.json().error_codes]).toEqual([400, [90002]]);
    const discovery = await client.send('/contoso.example/v2.0/.well-known/openid-configuration');
    expect([discovery.status, discovery.json().error]).toEqual([400, 'invalid_tenant']);
  });

  it('opens nothing with a revoked secret, and again with a new one', async () => {
    const { client, emulator } = await runningEmulator();
    const { clientId } = DEFAULT_APPLICATION_USER;
    expect(emulator.revokeSecret(clientId)).toBe(true);
    expect((await client.askToken()).json().error_codes).toEqual([7000215]);
    emulator.registerApplicationUser({ clientId, clientSecret: 'rotated' });
    expect((await client.askToken({ client_secret: 'rotated' })).status).toBe(200);
    expect(emulator.revokeSecret('nobody')).toBe(false);
  });
});

describe('a token', () => {
  it('opens the Web API until its time is over', async () => {
    const clock = new ManualClock();
    const { client } = await runningEmulator({ clock, tokenLifetimeSeconds: 60 });
    expect((await client.askToken()).json()).toMatchObject({ expires_in: 60 });
    expect((await client.api('WhoAmI')).status).toBe(200);
    clock.pass(59_999);
    expect((await client.api('WhoAmI')).status).toBe(200);
    clock.pass(1);
    const late = await client.api('WhoAmI');
    expect(late.status).toBe(401);
    expect(late.headers['www-authenticate']).toContain('error=invalid_token, error_description=The token is expired');
  });

  it('stays good when the secret it was got with is revoked', async () => {
    const { client, emulator } = await runningEmulator();
    await client.token();
    emulator.revokeSecret(DEFAULT_APPLICATION_USER.clientId);
    expect((await client.api('WhoAmI')).status).toBe(200);
  });

  it('is worth nothing once revoked, while a new one is', async () => {
    const { client, emulator } = await runningEmulator();
    await client.token();
    emulator.revokeTokens();
    expect((await client.api('WhoAmI')).status).toBe(401);
    client.forgetToken();
    expect((await client.api('WhoAmI')).status).toBe(200);
  });

  it('is revoked for one client and left to the others', async () => {
    const { client, emulator } = await runningEmulator();
    await client.token();
    emulator.revokeTokens('another');
    expect((await client.api('WhoAmI')).status).toBe(200);
  });
});
