import { describe, expect, it } from '@jest/globals';
import { Client } from './support/client.js';
import { PURCHASE_BODY } from './support/purchase-api.js';
import { runningEmulator } from './support/running-emulator.js';

describe('a request without a token', () => {
  it('is told where tokens are to be had', async () => {
    const { client, emulator } = await runningEmulator();
    const reply = await client.send('/api/data/v9.2/');
    expect([reply.status, reply.headers['www-authenticate']]).toEqual([
      401,
      `Bearer authorization_uri=${emulator.url}/${emulator.tenantId}/oauth2/authorize, resource_id=${emulator.url}/`,
    ]);
  });

  it.each(['Basic dXNlcjpwYXNz', 'Bearer ', 'Bearer e30.e30.e30'])('is refused with %s', async (authorization) => {
    const { client } = await runningEmulator();
    expect((await client.send('/api/data/v9.2/WhoAmI', { headers: { authorization } })).status).toBe(401);
  });
});

describe('a token of another emulator', () => {
  it('opens nothing here', async () => {
    const [one, other] = [await runningEmulator(), await runningEmulator()];
    const headers = { authorization: `Bearer ${await one.client.token()}` };
    expect((await other.client.send('/api/data/v9.2/WhoAmI', { headers })).status).toBe(401);
  });
});

describe('an application', () => {
  it.each([
    ['no-application-user', '0x80072560', 'The user is not a member of the organization.'],
    ['no-roles', '0x80042f09', /^The user \(Id = [0-9a-f-]{36}\) has not been assigned any roles\.$/],
  ] as const)('with %s gets a token and then 403', async (access, code, message) => {
    const user = { clientId: 'cccccccc-0000-4000-8000-000000000003', clientSecret: 'secret', access };
    const { emulator } = await runningEmulator({ applicationUsers: [user] });
    const client = new Client(emulator, user);
    const replies = [await client.api('WhoAmI'), await client.call('contoso_CustomerPurchase', PURCHASE_BODY)];
    client.close();
    for (const reply of replies) {
      expect(reply.status).toBe(403);
      expect(reply.json()).toEqual({ error: { code, message: expect.stringMatching(message) } });
    }
    expect(emulator.receivedCount).toBe(0);
  });
});

describe('WhoAmI', () => {
  it('names the user, the same at every start', async () => {
    const [one, other] = [await runningEmulator(), await runningEmulator()];
    const replies = [await one.client.api('WhoAmI'), await other.client.api('WhoAmI()')];
    expect(replies.map(({ status }) => status)).toEqual([200, 200]);
    expect(replies[0]?.json()).toEqual({
      '@odata.context': `${one.emulator.url}/api/data/v9.2/$metadata#Microsoft.Dynamics.CRM.WhoAmIResponse`,
      BusinessUnitId: expect.any(String),
      UserId: replies[1]?.json().UserId,
      OrganizationId: expect.any(String),
    });
    expect(replies[0]?.headers['content-type']).toBe('application/json; odata.metadata=minimal');
  });
});
