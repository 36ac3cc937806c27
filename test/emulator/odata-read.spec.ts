import { describe, expect, it } from '@jest/globals';
import { customApi, PURCHASE, parameter } from './support/purchase-api.js';
import { runningEmulator } from './support/running-emulator.js';
import { documentOf, errorOf, read, rowsOf } from './support/tables.js';

const NAME = 'contoso_CustomerPurchase';
const TWO = { customApis: [PURCHASE, customApi('contoso_OnRefund', [parameter('Reason', 10)])] };

describe('reading a set', () => {
  it('shows what is selected, the primary key, and the version of each row', async () => {
    const { client, emulator } = await runningEmulator();
    const answer = await documentOf(client, 'customapis?$select=uniquename,isprivate');
    expect(answer).toEqual({
      '@odata.context': `${emulator.url}/api/data/v9.2/$metadata#customapis(uniquename,isprivate)`,
      value: [
        {
          '@odata.etag': expect.stringMatching(/^W\/"\d+"$/),
          customapiid: expect.stringMatching(/^[0-9a-f-]{36}$/),
          uniquename: NAME,
          isprivate: false,
        },
      ],
    });
  });

  it('shows every column but secrets, lookups by their ids, and managed properties with what manages them', async () => {
    const { client, emulator } = await runningEmulator();
    emulator.tables.putRow('serviceendpoint', { serviceendpointid: ID, name: 'hook', authvalue: 'hush', contract: 8 });
    const [endpoint] = await rowsOf(client, 'serviceendpoints');
    expect(endpoint).toMatchObject({ name: 'hook', isauthvalueset: true, _createdby_value: null });
    expect(endpoint).not.toHaveProperty('authvalue');
    expect((await read(client, 'serviceendpoints?$select=authvalue')).status).toBe(400);
    const [api] = await rowsOf(client, 'customapis');
    expect(api).toMatchObject({
      _sdkmessageid_value: expect.stringMatching(/^[0-9a-f-]{36}$/),
      iscustomizable: { Value: true, CanBeChanged: true, ManagedPropertyLogicalName: 'iscustomizableanddeletable' },
    });
  });

  it.each([
    ['$orderby=uniquename desc', ['contoso_OnRefund', NAME]],
    ['$orderby=isprivate,uniquename', [NAME, 'contoso_OnRefund']],
    ['$top=1&$orderby=uniquename', [NAME]],
    ["$filter=uniquename eq 'CONTOSO_onrefund'", ['contoso_OnRefund']],
    ["$filter=uniquename ne 'contoso_OnRefund'", [NAME]],
    ["$filter=startswith(uniquename,'contoso_Cust') or endswith(name,'Refund')", [NAME, 'contoso_OnRefund']],
    ["$filter=not contains(uniquename,'Refund') and isprivate eq false", [NAME]],
    ["$filter=uniquename eq @n&@n='contoso_OnRefund'", ['contoso_OnRefund']],
    [
      '$filter=executeprivilegename eq null and allowedcustomprocessingsteptype ge 1 and createdon gt 2020-01-01T00:00:00Z',
      [NAME, 'contoso_OnRefund'],
    ],
    [
      "$filter=CustomAPIRequestParameters/any(p:p/uniquename eq 'Reason' and p/CustomAPIId/isprivate eq false)",
      ['contoso_OnRefund'],
    ],
    ['$filter=CustomAPIRequestParameters/all(p:p/isoptional eq false)', ['contoso_OnRefund']],
    ["$filter=SdkMessageId/name eq 'contoso_OnRefund'", ['contoso_OnRefund']],
    ['$filter=iscustomizable/Value eq true and iscustomizable/CanBeChanged eq true', null],
    ['$filter=iscustomizable/Value eq true', [NAME, 'contoso_OnRefund']],
  ])('finds by %s', async (options, expected) => {
    const { client } = await runningEmulator(TWO);
    const reply = await read(client, `customapis?$select=uniquename&${options}`);
    expect(reply.status).toBe(expected === null ? 400 : 200);
    if (expected === null) return;
    const rows = (await rowsOf(client, `customapis?$select=uniquename&${options}`)).map(({ uniquename }) => uniquename);
    expect(rows).toEqual(expected);
  });

  it('expands rows behind rows, each with options of its own', async () => {
    const { client } = await runningEmulator(TWO);
    const parameters =
      "CustomAPIRequestParameters($select=uniquename;$filter=isoptional eq false and uniquename ne 'a;b)';$orderby=uniquename desc;$top=1;$expand=CustomAPIId($select=name))";
    const rows = await rowsOf(
      client,
      `customapis?$select=uniquename&$expand=${parameters},PluginTypeId($select=typename)&$filter=uniquename eq '${NAME}'`,
    );
    expect(rows).toMatchObject([
      {
        uniquename: NAME,
        PluginTypeId: null,
        CustomAPIRequestParameters: [{ uniquename: 'TotalAmount', CustomAPIId: { name: NAME } }],
      },
    ]);
  });

  it('counts, in the document and by itself', async () => {
    const { client } = await runningEmulator(TWO);
    expect(await documentOf(client, 'customapis?$count=true&$top=1')).toMatchObject({ '@odata.count': 2, value: [{}] });
    expect((await read(client, "customapis/$count?$filter=uniquename eq 'contoso_OnRefund'")).body).toBe('1');
  });

  it.each([
    ['ABCDE', ['ED', 'CB', 'A']],
    ['ABCD', ['DC', 'BA']],
    ['AB', ['BA']],
  ])('comes in pages of the size the client prefers, by links that end: %s', async (letters, pages) => {
    const customApis = [...letters].map((letter) => customApi(`contoso_${letter}`, []));
    const { client } = await runningEmulator({ customApis });
    const prefer = { prefer: 'odata.maxpagesize=2' };
    const seen: unknown[] = [];
    let next: string | undefined = encodeURI('/api/data/v9.2/customapis?$select=uniquename&$orderby=uniquename desc');
    while (next !== undefined) {
      const authorization = `Bearer ${await client.token()}`;
      const reply = await client.send(next, { headers: { authorization, ...prefer } });
      expect(reply.headers['preference-applied']).toBe('odata.maxpagesize=2');
      const page = reply.json() as unknown as { value: { uniquename: string }[]; '@odata.nextLink'?: string };
      seen.push(page.value.map(({ uniquename }) => uniquename.slice(-1)).join(''));
      next = page['@odata.nextLink'];
    }
    expect(seen).toEqual(pages);
  });

  it.each([
    ['as far as the page reaches', {}, ['TotalAmount', 'Note']],
    ['as links alone, where that is asked for', { expandedCollections: 'linked' as const }, []],
  ])('brings collections with its rows %s, and tells where the rest is', async (_how, unconfirmed, shown) => {
    const { client } = await runningEmulator({ unconfirmed });
    const path =
      'customapis?$select=name&$expand=CustomAPIRequestParameters($select=uniquename;$orderby=uniquename desc)';
    const prefer = { prefer: 'odata.maxpagesize=2' };
    const [api] = (await documentOf(client, path, prefer)).value ?? [];
    const first = api?.CustomAPIRequestParameters as { uniquename: string }[];
    const link = new URL(String(api?.['CustomAPIRequestParameters@odata.nextLink']));
    const authorization = `Bearer ${await client.token()}`;
    const rest = (await client.send(`${link.pathname}${link.search}`, { headers: { authorization } })).json();
    const others = rest.value as unknown as { uniquename: string }[];
    expect(first.map(({ uniquename }) => uniquename)).toEqual(shown);
    expect([...first, ...others].map(({ uniquename }) => uniquename)).toEqual([
      'TotalAmount',
      'Note',
      'EventId',
      'ContactId',
    ]);
  });

  it('annotates what the client wants annotated', async () => {
    const { client } = await runningEmulator();
    const path = 'customapirequestparameters?$select=isoptional,_customapiid_value&$top=1';
    const all = await documentOf(client, path, { prefer: 'odata.include-annotations="*"' });
    expect(all.value?.[0]).toMatchObject({
      'isoptional@OData.Community.Display.V1.FormattedValue': 'No',
      '_customapiid_value@OData.Community.Display.V1.FormattedValue': NAME,
      '_customapiid_value@Microsoft.Dynamics.CRM.lookuplogicalname': 'customapi',
      '_customapiid_value@Microsoft.Dynamics.CRM.associatednavigationproperty': 'CustomAPIId',
    });
    const some = await documentOf(client, path, {
      prefer: 'odata.include-annotations="Microsoft.Dynamics.CRM.lookup*"',
    });
    expect(Object.keys(some.value?.[0] ?? {}).filter((name) => name.includes('@M') || name.includes('@OData'))).toEqual(
      ['_customapiid_value@Microsoft.Dynamics.CRM.lookuplogicalname'],
    );
  });
});

describe('reading a row', () => {
  it.each([
    ['its id', (id: string) => `customapis(${id})`],
    ['its id in capitals', (id: string) => `customapis(${id.toUpperCase()})`],
    ['its id by the name of the column', (id: string) => `customapis(customapiid=${id})`],
    ['its alternate key', () => `customapis(uniquename='${NAME}')`],
    ['its alternate key in other letters', () => `customapis(uniquename='${NAME.toUpperCase()}')`],
    ['its alternate key by alias', () => `customapis(uniquename=@u)?@u='${NAME}'`],
  ])('finds it by %s', async (_how, path) => {
    const { client, emulator } = await runningEmulator();
    const [row] = emulator.tables.rows('customapi');
    const found = await documentOf(client, path(String(row?.customapiid)));
    expect(found).toMatchObject({
      '@odata.context': expect.stringMatching(/#customapis\/\$entity$/),
      uniquename: NAME,
    });
  });

  it('answers 304 to a client that has this version', async () => {
    const { client } = await runningEmulator();
    const path = `customapis(uniquename='${NAME}')`;
    const { '@odata.etag': version } = await documentOf(client, path);
    expect((await read(client, path, { 'if-none-match': String(version) })).status).toBe(304);
    expect((await read(client, path, { 'if-none-match': 'null' })).status).toBe(200);
  });

  it('follows navigation properties, to rows, to a row of them, to a column', async () => {
    const { client } = await runningEmulator();
    const api = `customapis(uniquename='${NAME}')`;
    const parameters = await rowsOf(
      client,
      `${api}/CustomAPIRequestParameters?$select=uniquename&$orderby=uniquename&$filter=isoptional eq true`,
    );
    expect(parameters.map(({ uniquename }) => uniquename)).toEqual(['ContactId', 'Note']);
    const id = parameters[0]?.customapirequestparameterid;
    expect(await documentOf(client, `${api}/CustomAPIRequestParameters(${id})/CustomAPIId/SdkMessageId`)).toMatchObject(
      { name: NAME },
    );
    expect(await documentOf(client, `${api}/uniquename`)).toMatchObject({ value: NAME });
    expect((await read(client, `${api}/executeprivilegename`)).status).toBe(204);
    expect((await read(client, `${api}/PluginTypeId`)).status).toBe(204);
    expect(await documentOf(client, `${api}/CustomAPIRequestParameters/$ref?$top=1`)).toMatchObject({
      value: expect.arrayContaining([{ '@odata.id': expect.stringContaining('/customapirequestparameters(') }]),
    });
  });
});

describe('a read that makes no sense', () => {
  const MISSING = '00000000-0000-4000-8000-000000000009';
  it.each([
    [
      'customapis?$select=nosuch',
      400,
      '0x0',
      "Could not find a property named 'nosuch' on type 'Microsoft.Dynamics.CRM.customapi'.",
    ],
    ['customapis?$select=UniqueName', 400, '0x0', "Could not find a property named 'UniqueName'"],
    ["customapis?$filter=nosuch eq 'x'", 400, '0x0', "Could not find a property named 'nosuch'"],
    ['customapis?$filter=constructor eq null', 400, '0x0', "Could not find a property named 'constructor'"],
    ['customapis?$orderby=nosuch', 400, '0x0', "Could not find a property named 'nosuch'"],
    [
      'customapis?$expand=customapirequestparameters',
      400,
      '0x0',
      "Could not find a property named 'customapirequestparameters'",
    ],
    [
      'customapis?$expand=CustomAPIRequestParameters($select=nosuch)',
      400,
      '0x0',
      "on type 'Microsoft.Dynamics.CRM.customapirequestparameter'.",
    ],
    ["customapis?$filter=uniquename eq 'x", 400, '0x0', 'unterminated string'],
    ['customapis?$filter=', 400, '0x0', 'empty'],
    ['customapis?$filter=uniquename', 400, '0x0', 'must evaluate to a single boolean value'],
    [
      'customapis?$filter=isprivate eq 1',
      400,
      '0x0',
      "Found operand types 'Edm.Boolean' and 'Edm.Int32' for operator kind 'Equal'.",
    ],
    ["customapis?$filter=createdon gt 'yesterday'", 400, '0x0', 'incompatible types'],
    [
      'customapis?$filter=SdkMessageId/any(s:s/name eq null)',
      400,
      '0x0',
      'Any/All may only be used following a collection.',
    ],
    ['customapis?$top=-1', 400, '0x0', '$top'],
    ['customapis?$skip=1', 400, '0x80060888', 'The query parameter $skip is not supported.'],
    ['customapis?$skiptoken=abc', 400, '0x0', 'skip token'],
    ['customapi', 404, '0x8006088a', "Resource not found for the segment 'customapi'."],
    ['CustomApis', 404, '0x8006088a', "Resource not found for the segment 'CustomApis'."],
    [`customapis(${MISSING})`, 404, '0x80040217', `Entity 'CustomAPI' With Id = ${MISSING} Does Not Exist`],
    [`customapis(${MISSING})/CustomAPIRequestParameters`, 404, '0x80040217', 'Does Not Exist'],
    ["customapis(uniquename='nosuch')", 404, '0x80060891', 'does not exist'],
    ["customapis(name='x')", 400, '0x80060888', 'not a defined key'],
    ['customapis(12)', 400, '0x80060888', "Expected a row's id"],
    [`customapis(${MISSING})/nosuch`, 404, '0x8006088a', "Resource not found for the segment 'nosuch'."],
    ['customapis/CustomAPIRequestParameters', 404, '0x8006088a', 'Resource not found'],
  ])('is refused: %s', async (path, status, code, message) => {
    const { client } = await runningEmulator();
    const reply = await read(client, path);
    expect({ status: reply.status, ...errorOf(reply) }).toEqual({
      status,
      code,
      message: expect.stringContaining(message),
    });
  });
});

const ID = '00000000-0000-4000-8000-000000000001';
