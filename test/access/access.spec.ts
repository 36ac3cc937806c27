import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { generateApiKey } from '../../src/access/api-key.js';
import { Caller, expectProblem, operator, publisher, stranger } from '../ingest/support/caller.js';
import { purchaseEvent, sendStructured } from '../ingest/support/cloud-events.js';
import { type IngestApp, startIngestApp } from '../ingest/support/ingest-app.js';

/** Who does it, as the audit names them. */
const OPERATOR = 'cli:ann@till';

const PATH = '/v1/events/customer-purchase';

let app: IngestApp;
let example: Record<string, unknown>;
beforeAll(async () => {
  app = await startIngestApp();
  example = { ...app.catalog.find('CustomerPurchase')?.example };
});
afterAll(() => app.close());

describe('a caller without a valid credential', () => {
  it.each([
    ['GET', '/v1/event-types'],
    ['GET', '/v1/event-types/CustomerPurchase'],
    ['GET', '/v1/events/019aab11-6f2e-7c3a-9d4e-2f6b8a1c5d70'],
    ['GET', '/v1/events/019aab11-6f2e-7c3a-9d4e-2f6b8a1c5d70/attempts'],
    ['POST', PATH],
    ['POST', '/v1/events/vendor-payment-posted'],
  ])('is told to bring one: %s %s', async (method, path) => {
    const answer = await stranger(app).call(method, path);
    expectProblem(answer, 'unauthenticated');
    expect(answer.headers.get('www-authenticate')).toBe('Bearer realm="business-events-gateway"');
  });

  it.each([
    ['an unknown key', () => ({ Authorization: `Bearer ${generateApiKey().text}` })],
    ['an unknown key as X-API-Key', () => ({ 'X-API-Key': generateApiKey().text })],
    ['nonsense', () => ({ Authorization: 'Bearer nonsense' })],
    ['nothing behind Bearer', () => ({ Authorization: 'Bearer' })],
    ['an empty X-API-Key', () => ({ 'X-API-Key': '' })],
    ['a password', () => ({ Authorization: 'Basic YTpi' })],
  ])('is refused with %s', async (_what, headers) => {
    const answer = await stranger(app).get('/v1/event-types', headers());
    expectProblem(answer, 'unauthenticated');
    expect(answer.headers.get('www-authenticate')).toContain('error="invalid_token"');
  });

  it('is refused before its body is looked at', async () => {
    expectProblem(await stranger(app).post(PATH, 'no json'), 'unauthenticated');
    expectProblem(await stranger(app).post(PATH, 'x'.repeat(70_000)), 'unauthenticated');
    expectProblem(await stranger(app).post(PATH, '{}', { 'Content-Type': 'text/plain' }), 'unauthenticated');
  });

  it('reads the contract all the same', async () => {
    expect((await stranger(app).get('/openapi.json')).status).toBe(200);
    expect((await fetch(`${app.url}/docs`)).status).toBe(200);
  });

  it('stores nothing', async () => {
    await stranger(app).post(PATH, example);
    expect((await app.store.outbox.measure()).counts).toEqual([]);
  });
});

describe('a client', () => {
  it('works at once, with either header', async () => {
    const { apiKey } = await app.clients.create({ name: 'either', publish: [], operator: false }, OPERATOR);
    expect((await stranger(app).get('/v1/event-types', { 'X-API-Key': apiKey })).status).toBe(200);
    expect((await stranger(app).get('/v1/event-types', { Authorization: `bearer ${apiKey}` })).status).toBe(200);
  });

  it('is refused with both, and let in behind a proxy with a password of its own', async () => {
    const { apiKey } = await app.clients.create({ name: 'both', publish: ['*'], operator: false }, OPERATOR);
    const both = { Authorization: `Bearer ${apiKey}`, 'X-API-Key': apiKey };
    expectProblem(await stranger(app).get('/v1/event-types', both), 'malformed-request');
    expectProblem(await stranger(app).post(PATH, example, both), 'malformed-request');
    const behindProxy = { Authorization: 'Basic YTpi', 'X-API-Key': apiKey };
    expect((await stranger(app).post(PATH, example, behindProxy)).status).toBe(202);
  });

  it('publishes the types it was given, and no other', async () => {
    const till = await publisher(app, 'scoped till', ['CustomerPurchase']);
    expect((await till.post(PATH, example)).status).toBe(202);
    const answer = await till.post(
      '/v1/events/vendor-payment-posted',
      app.catalog.find('VendorPaymentPosted')?.example,
    );
    expectProblem(answer, 'forbidden');
  });

  it('without types publishes nothing, an operator neither', async () => {
    expectProblem(await (await publisher(app, 'reader', [])).post(PATH, example), 'forbidden');
    expectProblem(await (await operator(app, 'chief')).post(PATH, example), 'forbidden');
  });

  it('is counted where it may not, wherever that is found out', async () => {
    const till = await publisher(app, 'counted till', ['CustomerPurchase']);
    const counted = app.accessJournal.refusals.length;
    await (await publisher(app, 'counted reader', [])).post(PATH, example);
    await till.get('/v1/events?client=other');
    await till.get('/v1/events/summary?client=other');
    const type = 'com.contoso.VendorPaymentPosted';
    expectProblem(await sendStructured(till, purchaseEvent(app, { type })), 'forbidden');
    expect(app.accessJournal.refusals.slice(counted)).toEqual(Array(4).fill('forbidden'));
  });

  it('is refused soon after being revoked, on a running gateway', async () => {
    const till = await publisher(app, 'stolen till');
    expect((await till.get('/v1/event-types')).status).toBe(200);
    await app.clients.revoke('stolen till', OPERATOR);
    const deadline = Date.now() + 30_000;
    let { status } = await till.get('/v1/event-types');
    while (status === 200 && Date.now() < deadline) ({ status } = await till.get('/v1/event-types'));
    expect(status).toBe(401);
  });

  it('goes on with its old key while it changes over, and ends with it', async () => {
    const { apiKey: first } = await app.clients.create({ name: 'rotating', publish: [], operator: false }, OPERATOR);
    const { apiKey: second } = await app.clients.rotate({ name: 'rotating', keepHours: 1 }, OPERATOR);
    for (const key of [first, second]) {
      expect((await new Caller(app.url, key).get('/v1/event-types')).status).toBe(200);
    }
    const { apiKey: third } = await app.clients.rotate({ name: 'rotating', keepHours: 0 }, OPERATOR);
    expect((await new Caller(app.url, third).get('/v1/event-types')).status).toBe(200);
    const listed = (await app.clients.list()).find(({ client }) => client.name === 'rotating');
    const ends = listed?.keys.map(({ expiresAt }) => expiresAt !== null && expiresAt <= Date.now()).sort();
    expect(ends).toEqual([false, true, true]);
  });
});

describe('the clients service', () => {
  it.each([['a'], ['pos-stores'], ['Kasse 17 (Köln)'], ['店舗'], ['😀'.repeat(100)]])(
    'takes the name %p',
    async (name) => {
      expect(await app.clients.create({ name, publish: [], operator: false }, OPERATOR)).toMatchObject({
        clientId: name,
      });
    },
  );

  it.each([
    [''],
    [' '],
    [' a'],
    ['a '],
    ['a\nb'],
    ['a\u0000b'],
    ['a\u200bb'],
    ['a\u2028b'],
    ['\ud800'],
    ['x'.repeat(101)],
  ])('refuses the name %p', async (name) => {
    await expect(app.clients.create({ name, publish: [], operator: false }, OPERATOR)).rejects.toMatchObject({
      code: 'client-name-invalid',
    });
  });

  it('gives a name once', async () => {
    await app.clients.create({ name: 'unique', publish: [], operator: false }, OPERATOR);
    await expect(
      app.clients.create({ name: 'unique', publish: ['*'], operator: true }, OPERATOR),
    ).rejects.toMatchObject({
      code: 'client-name-taken',
    });
  });

  it('knows no key of a client that does not exist', async () => {
    await expect(app.clients.rotate({ name: 'nobody', keepHours: 1 }, OPERATOR)).rejects.toMatchObject({
      code: 'client-unknown',
    });
    await expect(app.clients.revoke('nobody', OPERATOR)).rejects.toMatchObject({ code: 'client-unknown' });
  });

  it('keeps no key that was shown', async () => {
    const { apiKey } = await app.clients.create({ name: 'secretive', publish: [], operator: false }, OPERATOR);
    const stored = JSON.stringify(await app.clients.list());
    expect(stored).toContain(apiKey.slice(4, 16));
    expect(stored).not.toContain(apiKey.slice(17, 60));
  });
});
