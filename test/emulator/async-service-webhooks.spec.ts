import { describe, expect, it } from '@jest/globals';
import { createCertificateAuthority, issueServerCertificate } from '../../src/emulator/tls/certificate-authority.js';
import { HeldLimit } from '../support/held-limit.js';
import { customApi, PURCHASE, PURCHASE_BODY, parameter } from './support/purchase-api.js';
import { receiver } from './support/receiver.js';
import { runningEmulator } from './support/running-emulator.js';
import { jobsOf, registerWebhook, withWebhook } from './support/webhooks.js';

const NAME = PURCHASE.uniqueName;
const LIMIT_BYTES = 256 * 1024;

const settingsXml = (name: string, value: string) => `<settings><setting name="${name}" value="${value}" /></settings>`;

describe('a webhook', () => {
  it('is posted JSON with the documented headers, to the host it was registered with', async () => {
    const { emulator, client, shop } = await withWebhook();
    await client.call(NAME, PURCHASE_BODY);
    await emulator.asyncService.whenIdle();
    expect(shop.seen).toMatchObject([
      {
        method: 'POST',
        url: '/hook',
        headers: {
          host: 'shop.example',
          'content-type': 'application/json',
          'x-ms-dynamics-organization': new URL(emulator.url).host,
          'x-ms-dynamics-entity-name': 'none',
          'x-ms-dynamics-request-name': NAME,
          'x-ms-correlation-request-id': jobsOf(emulator)[0]?.correlationid,
          'content-length': `${Buffer.byteLength(shop.seen[0]?.body ?? '')}`,
        },
      },
    ]);
    expect(shop.seen[0]?.headers).not.toHaveProperty('x-ms-dynamics-msg-size-exceeded');
  });

  it.each([
    ['WebhookKey', 4, 'a+b&c=1', '/hook?v=1&code=a%2Bb%26c%3D1', {}],
    ['HttpHeader', 5, settingsXml('x-key', 'a&amp;b &#x22;&#34;'), '/hook?v=1', { 'x-key': 'a&b ""' }],
    ['HttpHeader without pairs', 5, '<settings></settings>', '/hook?v=1', {}],
    ['HttpQueryString', 6, settingsXml('sig', '1 &lt; 2'), '/hook?v=1&sig=1%20%3C%202', {}],
  ])('authenticates by %s', async (_name, authtype, authvalue, url, headers) => {
    const endpoint = { authtype, authvalue, url: 'http://shop.example/hook?v=1' };
    const { emulator, client, shop } = await withWebhook(undefined, { endpoint });
    await client.call(NAME, PURCHASE_BODY);
    await emulator.asyncService.whenIdle();
    expect(shop.seen).toMatchObject([{ url, headers }]);
  });

  it.each([
    ['headers that no request can have', 5, settingsXml('x key', 'v'), '0x80050203'],
    ['an authvalue that is no list of headers', 5, 'secret', '0x80050203'],
    ['an authvalue that is no list of parameters', 6, 'sig=1', '0x80050204'],
  ])('with %s is not sent', async (_what, authtype, authvalue, code) => {
    const { emulator, client, shop } = await withWebhook(undefined, { endpoint: { authtype, authvalue } });
    await client.call(NAME, PURCHASE_BODY);
    await emulator.asyncService.whenIdle();
    expect(shop.seen).toEqual([]);
    expect(jobsOf(emulator)).toMatchObject([{ statuscode: 31, errorcode: Number(code) | 0 }]);
    expect(emulator.asyncService.posts.all()).toMatchObject([{ tries: 0, status: null, errorCode: code }]);
  });

  it.each([
    [200, 1],
    [204, 1],
    [301, 1],
    [307, 1],
    [400, 1],
    [401, 1],
    [408, 1],
    [429, 1],
    [500, 1],
    [501, 1],
    [502, 2],
    [503, 2],
    [504, 2],
  ])('that answers %i is tried %i times in all', async (status, tries) => {
    const { emulator, client, shop } = await withWebhook(() => status);
    await client.call(NAME, PURCHASE_BODY);
    await emulator.asyncService.whenIdle();
    expect(shop.seen).toHaveLength(tries);
    expect(new Set(shop.seen.map(({ body }) => body)).size).toBe(1);
    expect(emulator.asyncService.posts.all()).toMatchObject([{ status, tries }]);
    expect(jobsOf(emulator)).toMatchObject([
      status < 300
        ? { statecode: 3, statuscode: 30, errorcode: 0 }
        : {
            statecode: 3,
            statuscode: 31,
            errorcode: 0x80050201 | 0,
            friendlymessage: expect.stringMatching(
              /^The webhook call failed because the http request received non-success/,
            ),
            message: expect.stringContaining(`The receiver answered ${status}.`),
            completedon: expect.any(String),
          },
    ]);
  });

  it.each([502, 503, 504])('that answers %i and then 200 has done well', async (status) => {
    const { emulator, client } = await withWebhook((nth) => (nth === 1 ? status : 200));
    await client.call(NAME, PURCHASE_BODY);
    await emulator.asyncService.whenIdle();
    expect(emulator.asyncService.posts.all()).toMatchObject([{ status: 200, tries: 2, outcome: 'done' }]);
    expect(jobsOf(emulator)).toMatchObject([{ statuscode: 30 }]);
  });

  it('that answers 503 and then 500 is not tried a third time', async () => {
    const { emulator, client, shop } = await withWebhook((nth) => (nth === 1 ? 503 : 500));
    await client.call(NAME, PURCHASE_BODY);
    await emulator.asyncService.whenIdle();
    expect(shop.seen).toHaveLength(2);
    expect(jobsOf(emulator)).toMatchObject([{ statuscode: 31 }]);
  });

  it('that does not answer in time is given up', async () => {
    const limit = new HeldLimit();
    const silent = () => {
      limit.end();
      return null;
    };
    const { emulator, client, shop } = await withWebhook(silent, { options: { webhookTimeoutMs: limit.ms } });
    await client.call(NAME, PURCHASE_BODY);
    await emulator.asyncService.whenIdle();
    limit.release();
    expect(shop.seen).toHaveLength(1);
    expect(jobsOf(emulator)).toMatchObject([{ statuscode: 31, errorcode: 0x80050202 | 0 }]);
  });

  it.each([
    ['breaks the connection', async () => (await receiver('reset')).origin, /ECONNRESET|socket hang up/],
    ['is not there', async () => 'http://127.0.0.1:1', /ECONNREFUSED/],
    ['is not known by name', async () => 'http://no-such-host.invalid', /ENOTFOUND|EAI_AGAIN/],
  ])('that %s has failed', async (_what, origin, reason) => {
    const { emulator, client } = await withWebhook();
    emulator.webhookRoutes.set('http://shop.example', await origin());
    await client.call(NAME, PURCHASE_BODY);
    await emulator.asyncService.whenIdle();
    expect(jobsOf(emulator)).toMatchObject([
      { statuscode: 31, errorcode: 0x80050205 | 0, message: expect.stringMatching(reason) },
    ]);
    expect(emulator.asyncService.posts.all()).toMatchObject([{ status: null, tries: 1 }]);
  });

  it('may answer at any length: nobody reads it', async () => {
    const { emulator, client } = await withWebhook('endless');
    await client.call(NAME, PURCHASE_BODY);
    await emulator.asyncService.whenIdle();
    expect(jobsOf(emulator)).toMatchObject([{ statuscode: 30 }]);
  });
});

describe('a webhook over TLS', () => {
  async function shopOverTls(name: string) {
    const authority = await createCertificateAuthority();
    const identity = await issueServerCertificate(authority, [{ type: 'dns', value: name }]);
    const shop = await receiver(() => 200, { cert: identity.certificate, key: identity.privateKey });
    return { shop, authority: authority.certificate };
  }

  it.each([
    ['is called where its certificate is of an authority that is trusted', 'shop.example', true, 30],
    ['is not called where the authority is a stranger', 'shop.example', false, 31],
    ['is not called where the certificate is for another name', 'other.example', true, 31],
  ])('%s', async (_what, name, isTrusted, statuscode) => {
    const { shop, authority } = await shopOverTls(name);
    const { emulator, client } = await runningEmulator({
      webhookRoutes: new Map([['https://shop.example', shop.origin]]),
      webhookAuthorities: isTrusted ? [authority] : [],
    });
    registerWebhook(emulator, { endpoint: { url: 'https://shop.example/hook' } });
    await client.call(NAME, PURCHASE_BODY);
    await emulator.asyncService.whenIdle();
    expect(shop.seen).toHaveLength(statuscode === 30 ? 1 : 0);
    expect(jobsOf(emulator)).toMatchObject([{ statuscode, errorcode: statuscode === 30 ? 0 : 0x80050205 | 0 }]);
  });
});

describe('an event that is large', () => {
  const NOTE = customApi('contoso_Note', [parameter('Note', 10)]);
  const REMOVED = ['ParentContext', 'InputParameters', 'PreEntityImages', 'PostEntityImages'];

  async function withNote(unconfirmed = {}) {
    const options = { customApis: [NOTE], unconfirmed };
    const running = await withWebhook(undefined, { message: NOTE.uniqueName, options });
    const post = async (note: string) => {
      await running.client.call(`${NOTE.uniqueName}?tag=note`, JSON.stringify({ Note: note }));
      await running.emulator.asyncService.whenIdle();
      return running.shop.seen.at(-1);
    };
    return { ...running, post };
  }

  it.each([
    ['letters', 'x', 1],
    ['letters of two bytes', '\u00fc', 2],
  ])('of 256 KB of %s goes whole, and with a letter more without what makes it large', async (_what, letter, size) => {
    const { emulator, post } = await withNote({ contextParent: 'null' });
    const empty = Buffer.byteLength((await post(''))?.body ?? '');
    const note = letter.repeat(Math.floor((LIMIT_BYTES - empty) / size));
    const filled = note + 'x'.repeat((LIMIT_BYTES - empty) % size);
    const whole = await post(filled);
    expect(Buffer.byteLength(whole?.body ?? '')).toBe(LIMIT_BYTES);
    expect(whole?.headers).not.toHaveProperty('x-ms-dynamics-msg-size-exceeded');
    const stripped = await post(`${filled}x`);
    expect(stripped?.headers).toMatchObject({ 'x-ms-dynamics-msg-size-exceeded': 'true' });
    const context = JSON.parse(stripped?.body ?? '');
    for (const name of REMOVED) expect(context).not.toHaveProperty(name);
    expect(context).toMatchObject({
      MessageName: NOTE.uniqueName,
      OperationId: expect.any(String),
      OperationCreatedOn: expect.stringMatching(/^\/Date\(\d+\+0000\)\/$/),
      SharedVariables: [expect.anything(), { key: 'tag', value: 'note' }],
    });
    expect(emulator.asyncService.posts.all().map((record) => record.stripped)).toEqual([false, false, true]);
  });

  it('has null in place of what was removed where that is asked for', async () => {
    const { post } = await withNote({ strippedMembers: 'null' });
    const context = JSON.parse((await post('x'.repeat(LIMIT_BYTES)))?.body ?? '');
    for (const name of REMOVED) expect(context).toHaveProperty(name, null);
  });

  it('is too large at half the length where its parent stands in it', async () => {
    const { post } = await withNote();
    expect((await post('x'.repeat(LIMIT_BYTES / 2)))?.headers).toHaveProperty('x-ms-dynamics-msg-size-exceeded');
  });

  it('without its parameters, too, is not sent', async () => {
    const { emulator, post } = await withNote();
    const [organization] = emulator.tables.rows('organization');
    emulator.tables.changeRow('organization', `${organization?.organizationid}`, { name: 'x'.repeat(LIMIT_BYTES) });
    expect(await post('')).toBeUndefined();
    expect(jobsOf(emulator)).toMatchObject([{ statuscode: 31, errorcode: 0x80050207 | 0 }]);
  });
});
