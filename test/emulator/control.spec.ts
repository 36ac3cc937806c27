import { describe, expect, it } from '@jest/globals';
import { DEFAULT_APPLICATION_USER } from '../../src/emulator/emulator-options.js';
import { PURCHASE_BODY } from './support/purchase-api.js';
import { runningEmulator } from './support/running-emulator.js';

const NAME = 'contoso_CustomerPurchase';

describe('the control endpoint', () => {
  it('shows what the emulator is', async () => {
    const { client, emulator } = await runningEmulator();
    await client.call(NAME, PURCHASE_BODY);
    const reply = await client.control('GET', '');
    expect(reply.json()).toMatchObject({
      url: emulator.url,
      tenantId: emulator.tenantId,
      customApis: [NAME],
      limits: { requests: 6000 },
      settings: { serverTimeMs: 0, executionMs: 0, dopHint: 10 },
      unconfirmed: { throttledBatch: 'whole' },
      received: 1,
      throttled: 0,
    });
    expect(reply.body).not.toContain('emulator-secret');
    expect((await client.control('GET', '/ca.pem')).body).toBe(emulator.caCertificate);
  });

  it('pages through what was received, and forgets it', async () => {
    const { client, emulator } = await runningEmulator();
    for (let calls = 0; calls < 5; calls += 1) await client.call(`${NAME}?tag=${calls}`, PURCHASE_BODY);
    const first = (await client.control('GET', '/received?limit=2')).json();
    expect(first).toMatchObject({ total: 5, items: [{ tag: '0' }, { tag: '1' }], next: 2 });
    expect((await client.control('GET', '/received?after=2&limit=3')).json()).toMatchObject({
      items: [{}, {}, {}],
      next: 5,
    });
    expect((await client.control('GET', '/received?after=5')).json()).toMatchObject({ items: [], next: null });
    expect((await client.control('DELETE', '/received')).status).toBe(204);
    expect(emulator.received()).toEqual([]);
    expect((await client.control('GET', '/received')).json()).toMatchObject({ total: 0, items: [] });
  });

  it('logs refused requests beside the others, by their status', async () => {
    const { client } = await runningEmulator();
    await client.call(NAME, '{}');
    await client.call(NAME, PURCHASE_BODY);
    const { items } = (await client.control('GET', '/requests')).json() as unknown as { items: object[] };
    expect(items).toMatchObject([
      { method: 'POST', url: expect.stringContaining('/oauth2/v2.0/token'), status: 200, committed: 0 },
      { customApi: NAME, status: 400, errorCode: '0x80040203', committed: 0 },
      { customApi: NAME, status: 204, errorCode: null, committed: 1 },
    ]);
    expect((await client.control('DELETE', '/requests')).status).toBe(204);
    expect((await client.control('GET', '/requests')).json()).toMatchObject({ total: 0 });
  });

  it('orders faults, lists them, and takes them back', async () => {
    const { client } = await runningEmulator();
    const fault = { kind: 'status', status: 503, times: 2, match: { customApi: NAME } };
    expect((await client.control('POST', '/faults', fault)).status).toBe(201);
    expect((await client.call(NAME, PURCHASE_BODY)).status).toBe(503);
    expect((await client.control('GET', '/faults')).json()).toEqual([{ fault, remaining: 1, met: 1 }]);
    expect((await client.control('DELETE', '/faults')).status).toBe(204);
    expect((await client.call(NAME, PURCHASE_BODY)).status).toBe(204);
    expect((await client.control('POST', '/faults/release')).status).toBe(204);
  });

  it.each([
    ['POST', '/faults', { kind: 'explode' }],
    ['POST', '/faults', { kind: 'reset', tiems: 3 }],
    ['POST', '/faults', { kind: 'status' }],
    ['POST', '/faults', { kind: 'raw' }],
    ['POST', '/faults', { kind: 'truncate', afterParts: 1, match: { target: 'part' } }],
    ['POST', '/faults', { kind: 'truncate', afterParts: -1 }],
    ['PUT', '/application-users/x/limits', { requests: 0 }],
    ['PUT', '/limits', { request: 1 }],
    ['PUT', '/limits', { requests: 0 }],
    ['PUT', '/settings', { serverTimeMs: -1 }],
    ['PUT', '/settings', { executionMs: -1 }],
    ['PUT', '/custom-apis', [{ uniqueName: 'x' }]],
    ['PUT', '/custom-apis/x', { uniqueName: 'x', requestParameters: [{ uniqueName: 'P', type: 13 }] }],
    ['POST', '/application-users', { clientSecret: 'x' }],
    ['GET', '/received?limit=0', undefined],
  ])('refuses %s %s with %j', async (method, path, body) => {
    const { client } = await runningEmulator();
    const reply = await client.control(method, path, body);
    expect([reply.status, reply.json().message]).toEqual([400, expect.any(String)]);
  });

  it('changes custom APIs: all, one, or none', async () => {
    const { client, emulator } = await runningEmulator();
    const given = { uniqueName: 'contoso_New', requestParameters: [{ uniqueName: 'P', type: 10, isOptional: true }] };
    expect((await client.control('PUT', '/custom-apis/contoso_New', given)).json()).toEqual({
      uniqueName: 'contoso_New',
      displayName: 'contoso_New',
      description: '',
      requestParameters: [
        { uniqueName: 'P', displayName: 'P', description: '', type: 10, isOptional: true, logicalEntityName: null },
      ],
    });
    expect(emulator.customApis.map(({ uniqueName }) => uniqueName)).toEqual([NAME, 'contoso_New']);
    expect((await client.call('contoso_New', '{"P":"x"}')).status).toBe(204);
    expect((await client.control('DELETE', '/custom-apis/contoso_New')).status).toBe(204);
    expect((await client.control('DELETE', '/custom-apis/contoso_New')).status).toBe(404);
    expect((await client.call('contoso_New', '{}')).status).toBe(404);
    await client.control('PUT', '/custom-apis', []);
    expect((await client.control('GET', '/custom-apis')).json()).toEqual([]);
  });

  it('changes limits and settings while calls go on', async () => {
    const { client } = await runningEmulator();
    expect((await client.control('PUT', '/limits', { requests: 1, concurrency: null })).json()).toEqual({
      requests: 1,
      executionTimeMs: 1_200_000,
      concurrency: null,
      windowMs: 300_000,
    });
    await client.control('PUT', '/settings', { dopHint: 4 });
    expect((await client.call(NAME, PURCHASE_BODY)).headers['x-ms-dop-hint']).toBe('4');
    expect((await client.call(NAME, PURCHASE_BODY)).status).toBe(429);
    expect((await client.control('GET', '/settings')).json()).toMatchObject({
      serverTimeMs: 0,
      executionMs: 0,
      dopHint: 4,
    });
    await client.call(NAME, PURCHASE_BODY);
    expect((await client.control('GET', '/early-calls')).json()).toMatchObject({ count: 1, late: 0 });
    expect((await client.control('GET', '')).json()).toMatchObject({ throttled: 2, earlyCalls: 1 });
    await client.control('PUT', '/limits', { requests: null });
    expect((await client.control('POST', '/reset')).status).toBe(204);
    expect((await client.call(NAME, PURCHASE_BODY)).status).toBe(204);
    expect((await client.control('GET', '/limits')).json()).toMatchObject({ requests: null });
  });

  it('gives one user limits of its own, and takes them back', async () => {
    const { client } = await runningEmulator();
    const own = `/application-users/${DEFAULT_APPLICATION_USER.clientId}/limits`;
    expect((await client.control('PUT', own, { requests: 1 })).json()).toMatchObject({ requests: 1, concurrency: 52 });
    await client.control('PUT', '/limits', { concurrency: 7 });
    expect((await client.control('GET', own)).json()).toMatchObject({ requests: 1, concurrency: 7 });
    expect((await client.control('GET', '/limits')).json()).toMatchObject({ requests: 6000 });
    await client.call(NAME, PURCHASE_BODY);
    expect((await client.call(NAME, PURCHASE_BODY)).status).toBe(429);
    expect((await client.control('PUT', own, {})).json()).toMatchObject({ requests: 6000 });
  });

  it('registers application users and revokes what they have', async () => {
    const { client } = await runningEmulator();
    const user = { clientId: 'cccccccc-0000-4000-8000-000000000003', clientSecret: 'new-secret', access: 'no-roles' };
    const registered = await client.control('POST', '/application-users', user);
    expect(registered.status).toBe(201);
    expect(registered.body).not.toContain('new-secret');
    expect((await client.control('POST', '/application-users', { ...user, clientId: 'new' })).status).toBe(400);
    const form = { client_id: user.clientId, client_secret: 'new-secret' };
    expect((await client.askToken(form)).status).toBe(200);
    expect((await client.control('POST', `/application-users/${user.clientId}/revoke-secret`)).status).toBe(204);
    expect((await client.askToken(form)).status).toBe(401);
    expect((await client.control('POST', '/application-users/nobody/revoke-secret')).status).toBe(404);
    expect((await client.control('GET', '/application-users')).json()).toHaveLength(2);
    await client.token();
    await client.control('POST', `/application-users/${user.clientId}/revoke-tokens`);
    expect((await client.api('WhoAmI')).status).toBe(200);
    await client.control('POST', '/tokens/revoke');
    expect((await client.api('WhoAmI')).status).toBe(401);
  });
});
