import { describe, expect, it } from '@jest/globals';
import { ParameterType } from '../../src/contract/parameter-type.js';
import { DEFAULT_APPLICATION_USER } from '../../src/emulator/emulator-options.js';
import { customApi, PURCHASE, PURCHASE_BODY, parameter } from './support/purchase-api.js';
import { runningEmulator } from './support/running-emulator.js';

const NAME = 'contoso_CustomerPurchase';

describe('a call of a custom API', () => {
  it('is answered with 204 and nothing that a row would have', async () => {
    const { client } = await runningEmulator();
    const reply = await client.call('contoso_CustomerPurchase', PURCHASE_BODY);
    expect([reply.status, reply.body]).toEqual([204, '']);
    expect(reply.headers).toMatchObject({ 'odata-version': '4.0', 'x-ms-dop-hint': '10' });
    for (const absent of ['content-type', 'content-length', 'location', 'odata-entityid']) {
      expect(reply.headers).not.toHaveProperty(absent);
    }
  });

  it('is kept with every digit, its tag, its sender and its trace', async () => {
    const { client, emulator } = await runningEmulator();
    await client.call('contoso_CustomerPurchase?tag=event%2F1', PURCHASE_BODY, { traceparent: '00-a-b-01' });
    expect(emulator.received()).toEqual([
      expect.objectContaining({
        sequence: 1,
        applicationUser: DEFAULT_APPLICATION_USER.clientId,
        customApi: 'contoso_CustomerPurchase',
        parameters: { EventId: '0199d1a2-0000-7000-8000-000000000001', TotalAmount: '24.850' },
        rawBody: PURCHASE_BODY,
        tag: 'event/1',
        headers: { traceparent: '00-a-b-01' },
        batchId: null,
        committed: true,
        webServer: 0,
      }),
    ]);
  });

  it('is received once, however many come at the same time', async () => {
    const { client, emulator } = await runningEmulator();
    await client.token();
    const tags = Array.from({ length: 50 }, (_, index) => `${index}`);
    const replies = await Promise.all(tags.map((tag) => client.call(`${NAME}?tag=${tag}`, PURCHASE_BODY)));
    expect(new Set(replies.map(({ status }) => status))).toEqual(new Set([204]));
    expect(new Set(emulator.received().map(({ tag }) => tag))).toEqual(new Set(tags));
    expect(emulator.received().map(({ sequence }) => sequence)).toEqual(tags.map((tag) => Number(tag) + 1));
  });

  it('needs no optional parameter, and tolerates one that was added later', async () => {
    const { client, emulator } = await runningEmulator();
    const later = parameter('AddedLater', ParameterType.String, { isOptional: true });
    emulator.putCustomApi({ ...PURCHASE, requestParameters: [...PURCHASE.requestParameters, later] });
    expect((await client.call(NAME, PURCHASE_BODY)).status).toBe(204);
    expect((await client.call(NAME, PURCHASE_BODY.replace('}', ',"AddedLater":"x"}'))).status).toBe(204);
  });

  it('needs no body where nothing is required', async () => {
    const { client, emulator } = await runningEmulator();
    emulator.putCustomApi(customApi('contoso_Empty', []));
    expect((await client.api('contoso_Empty', { method: 'POST' })).status).toBe(204);
    expect((await client.call('contoso_Empty', '{}')).status).toBe(204);
  });

  it('keeps digits that a float would lose, and names that an object has by birth', async () => {
    const { client, emulator } = await runningEmulator();
    emulator.putCustomApi(customApi('contoso_Open', [parameter('P', ParameterType.Entity)]));
    const exact = '{"@odata.type":"Microsoft.Dynamics.CRM.expando","a":9007199254740993,"b":0.10,"constructor":1e2}';
    expect((await client.call('contoso_Open', `{"P":${exact}}`)).status).toBe(204);
    expect(emulator.received()[0]?.parameters).toMatchObject({
      P: { a: '9007199254740993', b: '0.10', constructor: '1e2' },
    });
  });

  it.each([
    [
      'an unknown name',
      'contoso_Unknown',
      '{}',
      404,
      '0x8006088a',
      "Resource not found for the segment 'contoso_Unknown'.",
    ],
    ['the wrong case', 'contoso_customerpurchase', '{}', 404, '0x8006088a', /segment 'contoso_customerpurchase'/],
    [
      'an unknown parameter',
      NAME,
      '{"Foo":1}',
      400,
      '0x80048d19',
      /'Foo' in the request payload is not a valid parameter for the operation 'contoso_CustomerPurchase'/,
    ],
    ['a parameter in the wrong case', NAME, '{"eventId":"x"}', 400, '0x80048d19', /'eventId'/],
    ['an inherited name', NAME, '{"constructor":1}', 400, '0x80048d19', /'constructor'/],
    [
      'a required parameter missing',
      NAME,
      '{"TotalAmount":1}',
      400,
      '0x80040203',
      "Required field 'EventId' is missing for RequestName='contoso_CustomerPurchase'",
    ],
    ['a required parameter null', NAME, '{"EventId":null}', 400, '0x80048d19', /null value/],
    [
      'half a body',
      NAME,
      '{"EventId":',
      400,
      '0x80048d19',
      /^Error identified in Payload provided by the user for Entity :''/,
    ],
    ['an array as body', NAME, '[]', 400, '0x80048d19', /StartObject/],
    ['bytes that are no UTF-8', NAME, Buffer.of(0x7b, 0xff, 0x7d), 400, '0x80048d19', /DecoderFallback/],
    ['a bind to nothing', NAME, '{"Foo@odata.bind":"contacts(1)"}', 400, '0x80048d19', /'Foo@odata.bind'/],
  ])('with %s is refused and not received', async (_what, path, body, status, code, message) => {
    const { client, emulator } = await runningEmulator();
    const reply = await client.call(path, body);
    expect(reply.status).toBe(status);
    expect(reply.json()).toEqual({ error: { code, message: expect.stringMatching(message) } });
    expect(reply.headers['content-type']).toBe('application/json; odata.metadata=minimal');
    expect(emulator.receivedCount).toBe(0);
    expect(emulator.requests().at(-1)).toMatchObject({ status, errorCode: code, committed: 0 });
  });

  it('is no resource to GET, and takes no other content type', async () => {
    const { client, emulator } = await runningEmulator();
    const got = await client.api(NAME);
    expect([got.status, got.json()]).toEqual([
      404,
      {
        error: {
          code: '',
          message: expect.stringMatching(/^No HTTP resource was found that matches the request URI '/),
        },
      },
    ]);
    expect((await client.call(NAME, PURCHASE_BODY, { 'content-type': 'text/plain' })).status).toBe(415);
    expect((await client.send(`/api/data/v8.0/${NAME}`, { method: 'POST' })).status).toBe(404);
    expect(emulator.receivedCount).toBe(0);
  });

  it('is too long past 16 MiB', async () => {
    const { client } = await runningEmulator();
    const reply = await client.call(NAME, Buffer.alloc(16 * 1024 * 1024 + 1, ' '));
    expect([reply.status, reply.json()]).toEqual([413, { error: { code: '0x8004418a', message: expect.any(String) } }]);
  });

  it('has the codes of parameters that the options ask for', async () => {
    const unconfirmed = { unknownParameterCode: '0x0', missingParameterCode: '0x0' };
    const { client } = await runningEmulator({ unconfirmed });
    for (const body of ['{"Foo":1}', '{}']) {
      expect((await client.call(NAME, body)).json()).toMatchObject({ error: { code: '0x0' } });
    }
  });
});
