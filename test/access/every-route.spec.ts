import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createEnvironment, type Environment } from '../support/environment.js';
import { AUDIENCE, OidcIssuer } from '../support/oidc-issuer.js';
import { RunningGateway } from '../support/running-gateway.js';

/**
 * Who may call an operation. `publishes`: whoever may publish the type; `credential`: whoever is known. The secret of the
 * hook is Dataverse's alone: no credential of the gateway's own stands for it.
 */
type Need =
  | 'nothing'
  | 'the secret of the hook'
  | 'credential'
  | 'publishes CustomerPurchase'
  | 'publishes VendorPaymentPosted'
  | 'operator';

/** Every operation of the contract. One that is missing here fails the first test. */
const OPERATIONS: Readonly<Record<string, Need>> = {
  'post /v1/events/customer-purchase': 'publishes CustomerPurchase',
  'post /v1/events/customer-purchase/batch': 'publishes CustomerPurchase',
  'post /v1/events/vendor-payment-posted': 'publishes VendorPaymentPosted',
  'post /v1/events/vendor-payment-posted/batch': 'publishes VendorPaymentPosted',
  // What is sent there below is a CustomerPurchase.
  'post /v1/events': 'publishes CustomerPurchase',
  'get /v1/events': 'credential',
  'get /v1/events/summary': 'credential',
  'get /v1/events/{id}': 'credential',
  'get /v1/events/{id}/attempts': 'credential',
  'get /v1/event-types': 'credential',
  'get /v1/event-types/{name}': 'credential',
  'post /v1/events/{id}/replay': 'operator',
  'post /v1/events/{id}/cancel': 'operator',
  'post /v1/replays': 'operator',
  'get /v1/gates': 'operator',
  'put /v1/gates/{name}': 'operator',
  'post /v1/gates/{name}/probe': 'operator',
  'get /v1/audit': 'operator',
  'get /metrics': 'operator',
  'get /health/live': 'nothing',
  'get /health/ready': 'nothing',
  'post /hooks/dataverse': 'the secret of the hook',
};

/** What a caller gives proof of: nothing at all, nothing that counts, an identity without rights, or rights. */
type Standing = 'unknown' | 'without rights' | readonly Need[];

const ANY: readonly Need[] = ['nothing', 'credential'];
const PURCHASES: Need = 'publishes CustomerPurchase';
const PAYMENTS: Need = 'publishes VendorPaymentPosted';

interface Actor {
  readonly who: string;
  readonly standing: Standing;
  readonly credential: () => Promise<string | null>;
}

let environment: Environment;
let issuer: OidcIssuer;
let gateway: RunningGateway;
let eventId: string;
let addresses = 0;

const key = (how: Parameters<Environment['createClient']>[1]) => () =>
  environment.createClient(`client-${process.hrtime.bigint()}`, how);
const token =
  (...roles: string[]) =>
  () =>
    issuer.token(roles, { claims: { azp: `${process.hrtime.bigint()}` } });

const ACTORS: readonly Actor[] = [
  { who: 'nobody', standing: 'unknown', credential: async () => null },
  { who: 'who made up a credential', standing: 'unknown', credential: async () => 'beg_nonsense' },
  { who: 'a key that has expired', standing: 'unknown', credential: key({ operator: true, expiresInDays: 0 }) },
  {
    who: 'a token that has expired',
    standing: 'unknown',
    credential: () => issuer.token(['operator', 'publisher'], { claims: { exp: 1 } }),
  },
  { who: 'a token without roles', standing: 'without rights', credential: token() },
  { who: 'a key without rights', standing: ANY, credential: key({ publish: [] }) },
  {
    who: 'a publisher of purchases',
    standing: [...ANY, PURCHASES],
    credential: key({ publish: ['CustomerPurchase'] }),
  },
  {
    who: 'a publisher of payments by token',
    standing: [...ANY, PAYMENTS],
    credential: token('publisher.VendorPaymentPosted'),
  },
  { who: 'a publisher of everything', standing: [...ANY, PURCHASES, PAYMENTS], credential: key({ publish: ['*'] }) },
  {
    who: 'a publisher of everything by token',
    standing: [...ANY, PURCHASES, PAYMENTS],
    credential: token('publisher'),
  },
  { who: 'an operator', standing: [...ANY, 'operator'], credential: key({ publish: [], operator: true }) },
  { who: 'an operator by token', standing: [...ANY, 'operator'], credential: token('operator') },
];

beforeAll(async () => {
  environment = await createEnvironment();
  issuer = await OidcIssuer.start();
  gateway = await RunningGateway.start(environment, {
    OIDC_ISSUER: issuer.url,
    OIDC_AUDIENCE: AUDIENCE,
    TRUST_PROXY: 'on',
    HOOK_AUTH_FILE: await hookAuthFile(),
  });
  const { body } = await gateway.publish('customer-purchase', await purchase());
  eventId = String(body.id);
});
afterAll(async () => {
  await gateway.stop();
  await issuer.close();
  await environment.remove();
});

async function hookAuthFile(): Promise<string> {
  const path = join(environment.folder, 'hook-auth.json');
  await writeFile(path, '{ "kind": "http-header", "headers": { "x-hook-key": "right" } }');
  return path;
}

async function purchase(): Promise<object> {
  const { body } = await gateway.get('/v1/event-types/CustomerPurchase');
  return body.example as object;
}

async function call(operation: string, credential: string | null): Promise<number> {
  const [method = '', template = ''] = operation.split(' ');
  const name = template.includes('/gates/') ? 'type:CustomerPurchase' : 'CustomerPurchase';
  const path = template.replace('{id}', eventId).replace('{name}', encodeURIComponent(name));
  const headers: Record<string, string> = {
    // Each from an address of its own: many failures from one are answered otherwise.
    'X-Forwarded-For': `10.${addresses >> 16}.${(addresses >> 8) & 255}.${addresses++ & 255}`,
    ...(credential === null ? {} : { Authorization: `Bearer ${credential}` }),
  };
  if (method === 'get') return (await fetch(`${gateway.url}${path}`, { headers })).status;
  const isCloudEvent = operation === 'post /v1/events';
  headers['Content-Type'] = isCloudEvent ? 'application/cloudevents+json' : 'application/json';
  const body = isCloudEvent ? await cloudEvent() : '{}';
  return (await fetch(`${gateway.url}${path}`, { method: method.toUpperCase(), headers, body })).status;
}

async function cloudEvent(): Promise<string> {
  return JSON.stringify({
    specversion: '1.0',
    id: '1',
    source: '/s',
    type: 'CustomerPurchase',
    data: await purchase(),
  });
}

describe('the table of operations', () => {
  it('holds every operation of the contract', async () => {
    const { body } = await gateway.get('/openapi.json');
    const paths = Object.entries(body.paths as Record<string, object>);
    const operations = paths.flatMap(([path, item]) => Object.keys(item).map((method) => `${method} ${path}`));
    expect(operations.sort()).toEqual(Object.keys(OPERATIONS).sort());
  });
});

describe.each(ACTORS)('$who', ({ standing, credential }) => {
  it.each(Object.entries(OPERATIONS))('gets no more than it may: %s needs %s', async (operation, need) => {
    const status = await call(operation, await credential());
    if (need === 'nothing') expect(status).toBe(200);
    else if (need === 'the secret of the hook') expect(status).toBe(401);
    else if (standing === 'unknown') expect(status).toBe(401);
    else if (standing === 'without rights' || !standing.includes(need)) expect(status).toBe(403);
    else expect([200, 202, 400, 404, 409]).toContain(status);
  });
});

describe('the secret of the hook', () => {
  it('opens the hook, and nothing that needs a credential', async () => {
    const hook = { method: 'POST', headers: { 'x-hook-key': 'right' }, body: 'no context' };
    expect((await fetch(`${gateway.url}/hooks/dataverse`, hook)).status).toBe(400);
    expect((await fetch(`${gateway.url}/v1/events`, { headers: hook.headers })).status).toBe(401);
    expect((await fetch(`${gateway.url}/v1/events/customer-purchase`, hook)).status).toBe(401);
  });
});

describe("another client's event", () => {
  it.each([
    ['by a key', key({ publish: ['*'] })],
    ['by a token', token('publisher')],
  ])('is not there for a publisher %s, whatever is asked of it', async (_how, credential) => {
    const stranger = await credential();
    expect(await call('get /v1/events/{id}', stranger)).toBe(404);
    expect(await call('get /v1/events/{id}/attempts', stranger)).toBe(404);
    const headers = { Authorization: `Bearer ${stranger}` };
    for (const query of ['', '?client=walk', `?source=store-042`]) {
      const answer = await fetch(`${gateway.url}/v1/events${query}`, { headers });
      expect(answer.status === 403 || ((await answer.json()) as { events: unknown[] }).events.length === 0).toBe(true);
    }
  });

  it.each([
    ['by a key', key({ publish: [], operator: true })],
    ['by a token', token('operator')],
  ])('is there for an operator %s', async (_how, credential) => {
    expect(await call('get /v1/events/{id}', await credential())).toBe(200);
  });
});
