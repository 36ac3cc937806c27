import { randomUUID } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { runningEmulator } from './support/running-emulator.js';
import { customApiBody, documentOf, errorOf, read, rowsOf, write } from './support/tables.js';

const EMPTY = { customApis: [] };

function catalog(uniquename: string, more: Readonly<Record<string, unknown>> = {}) {
  return { uniquename, name: uniquename, displayname: uniquename, description: 'For tests.', ...more };
}

describe('creating a row', () => {
  it('answers 204 with its address, rows below it included, and the custom API can be called', async () => {
    const { client, emulator } = await runningEmulator(EMPTY);
    expect((await client.call('contoso_OnPurchase', '{}')).status).toBe(404);
    const body = customApiBody('contoso_OnPurchase', ['OrderId']);
    const reply = await write(client, 'POST', 'customapis', body, { 'mscrm.solutionuniquename': 'BusinessEvents' });
    expect(reply).toMatchObject({ status: 204, body: '' });
    const address = `${emulator.url}/api/data/v9.2/customapis(${body.customapiid})`;
    expect(reply.headers['odata-entityid']).toBe(address);
    expect(await rowsOf(client, `customapis(${body.customapiid})/CustomAPIRequestParameters`)).toMatchObject([
      { uniquename: 'OrderId' },
    ]);
    expect((await client.call('contoso_OnPurchase', '{}')).status).toBe(400);
    expect((await client.call('contoso_OnPurchase', '{"OrderId":"1"}')).status).toBe(204);
    expect(await rowsOf(client, `solutioncomponents?$filter=objectid eq ${body.customapiid}`)).toHaveLength(2);
  });

  it('gives the row back to a client that prefers it, as it selects and expands', async () => {
    const { client } = await runningEmulator(EMPTY);
    const body = customApiBody('contoso_OnPurchase', ['OrderId']);
    const path = 'customapis?$select=uniquename&$expand=CustomAPIRequestParameters($select=uniquename)';
    const reply = await write(client, 'POST', path, body, { prefer: 'return=representation' });
    expect(reply.status).toBe(201);
    expect(reply.headers['preference-applied']).toBe('return=representation');
    expect(reply.json()).toMatchObject({
      uniquename: 'contoso_OnPurchase',
      CustomAPIRequestParameters: [{ uniquename: 'OrderId' }],
    });
  });

  it.each([
    ['no leading slash', (id: string) => `catalogs(${id})`],
    ['a leading slash', (id: string) => `/catalogs(${id})`],
    ['the whole address', (id: string, url: string) => `${url}/api/data/v9.2/catalogs(${id})`],
    ['an alternate key', () => "/catalogs(uniquename='contoso_Root')"],
  ])('binds a lookup by %s', async (_how, bind) => {
    const { client, emulator } = await runningEmulator(EMPTY);
    const catalogid = randomUUID();
    await write(client, 'POST', 'catalogs', catalog('contoso_Root', { catalogid }));
    const below = catalog('contoso_Below', { 'ParentCatalogId@odata.bind': bind(catalogid, emulator.url) });
    expect((await write(client, 'POST', 'catalogs', below)).status).toBe(204);
    const rows = await rowsOf(
      client,
      "catalogs?$select=name&$expand=ParentCatalogId($select=name)&$filter=ParentCatalogId/uniquename eq 'contoso_Root'",
    );
    expect(rows).toMatchObject([{ name: 'contoso_Below', ParentCatalogId: { name: 'contoso_Root' } }]);
  });

  it.each([
    ['no JSON', '{"uniquename":', 400, '0x80048d19'],
    ['no object', '[]', 400, '0x80048d19'],
    ['no UTF-8', Buffer.of(0x7b, 0xff, 0x7d), 400, '0x80048d19'],
    ['an unknown column', '{"nosuch":1}', 400, '0x80048d19'],
  ])('is refused for %s', async (_what, body, status, code) => {
    const { client } = await runningEmulator(EMPTY);
    const reply = await client.api('customapis', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body,
    });
    expect({ status: reply.status, code: errorOf(reply).code }).toEqual({ status, code });
    expect(await rowsOf(client, 'customapis')).toEqual([]);
  });

  it('is refused for a body of another type, and for a place where nothing can be created', async () => {
    const { client } = await runningEmulator(EMPTY);
    const typed = { method: 'POST', headers: { 'content-type': 'text/plain' }, body: '{}' };
    expect((await client.api('customapis', typed)).status).toBe(415);
    expect((await write(client, 'DELETE', 'customapis')).status).toBe(405);
    expect((await write(client, 'POST', 'EntityDefinitions', {})).status).toBe(501);
  });

  it('makes the row part of the collection it is created in', async () => {
    const { client } = await runningEmulator(EMPTY);
    await write(client, 'POST', 'customapis', customApiBody('contoso_A'));
    const parameter = { uniquename: 'P', name: 'P', displayname: 'P', description: 'P', type: 10 };
    const path = "customapis(uniquename='contoso_A')/CustomAPIRequestParameters";
    expect((await write(client, 'POST', path, parameter)).status).toBe(204);
    expect(await rowsOf(client, path)).toMatchObject([{ uniquename: 'P' }]);
    const user = (await rowsOf(client, 'systemusers'))[0]?.systemuserid;
    expect(
      (await write(client, 'POST', `systemusers(${user})/systemuserroles_association`, { name: 'x' })).status,
    ).toBe(405);
  });

  it('happens once when two at once name the same id', async () => {
    const { client } = await runningEmulator(EMPTY);
    const body = customApiBody('contoso_OnPurchase');
    const replies = await Promise.all([
      write(client, 'POST', 'customapis', body),
      write(client, 'POST', 'customapis', body),
    ]);
    expect(replies.map(({ status }) => status).toSorted()).toEqual([204, 412]);
    expect(await rowsOf(client, 'customapis')).toHaveLength(1);
  });
});

describe('changing a row', () => {
  it('changes what it names, and moves the version', async () => {
    const { client } = await runningEmulator(EMPTY);
    await write(client, 'POST', 'customapis', customApiBody('contoso_A'));
    const path = "customapis(uniquename='contoso_A')";
    const before = await documentOf(client, path);
    const reply = await write(client, 'PATCH', path, { displayname: 'New' }, { 'if-match': '*' });
    expect(reply).toMatchObject({
      status: 204,
      headers: { 'odata-entityid': expect.stringContaining('/customapis(') },
    });
    const after = await documentOf(client, path);
    expect(after).toMatchObject({ displayname: 'New', name: 'contoso_A' });
    expect(after['@odata.etag']).not.toBe(before['@odata.etag']);
    const shown = await write(
      client,
      'PATCH',
      `${path}?$select=name`,
      { name: 'N' },
      { prefer: 'return=representation' },
    );
    expect(shown).toMatchObject({ status: 200 });
    expect(shown.json()).toMatchObject({ name: 'N' });
  });

  it('creates the row where there is none, by id and by alternate key, unless told not to', async () => {
    const { client } = await runningEmulator(EMPTY);
    const { customapiid, uniquename: _named, ...body } = customApiBody('contoso_A');
    const byKey = "customapis(uniquename='contoso_B')";
    expect((await write(client, 'PATCH', byKey, body, { 'if-match': '*' })).status).toBe(404);
    expect((await write(client, 'PATCH', byKey, body)).status).toBe(204);
    const byId = `customapis(${customapiid})`;
    expect(
      (await write(client, 'PATCH', byId, { ...body, uniquename: 'contoso_A' }, { 'if-none-match': '*' })).status,
    ).toBe(204);
    expect((await write(client, 'PATCH', byId, { name: 'x' }, { 'if-none-match': '*' })).status).toBe(412);
    expect(await documentOf(client, byKey)).toMatchObject({ uniquename: 'contoso_B' });
    expect(await documentOf(client, byId)).toMatchObject({ uniquename: 'contoso_A' });
  });

  it('loses to who was faster, where the client names the version it knows', async () => {
    const { client } = await runningEmulator(EMPTY);
    await write(client, 'POST', 'customapis', customApiBody('contoso_A'));
    const path = "customapis(uniquename='contoso_A')";
    const version = String((await documentOf(client, path))['@odata.etag']);
    const replies = await Promise.all(
      ['one', 'other'].map((displayname) => write(client, 'PATCH', path, { displayname }, { 'if-match': version })),
    );
    expect(replies.map(({ status }) => status).toSorted()).toEqual([204, 412]);
    expect((await write(client, 'DELETE', path, undefined, { 'if-match': version })).status).toBe(412);
  });

  it('sets and empties a single property', async () => {
    const { client } = await runningEmulator(EMPTY);
    await write(client, 'POST', 'customapis', customApiBody('contoso_A'));
    const path = "customapis(uniquename='contoso_A')/executeprivilegename";
    expect((await write(client, 'PUT', path, { value: 'prvReadAccount' })).status).toBe(204);
    expect(await documentOf(client, path)).toMatchObject({ value: 'prvReadAccount' });
    expect((await write(client, 'DELETE', path)).status).toBe(204);
    expect((await read(client, path)).status).toBe(204);
  });
});

describe('deleting a row', () => {
  it('takes it away with what hangs on it, once', async () => {
    const { client } = await runningEmulator(EMPTY);
    await write(client, 'POST', 'customapis', customApiBody('contoso_A', ['OrderId']));
    const [row] = await rowsOf(client, 'customapis');
    expect((await write(client, 'DELETE', `customapis(${row?.customapiid})`)).status).toBe(204);
    expect(await rowsOf(client, 'customapirequestparameters')).toEqual([]);
    expect((await client.call('contoso_A', '{"OrderId":"1"}')).status).toBe(404);
    const again = await write(client, 'DELETE', `customapis(${row?.customapiid})`);
    expect(again.status).toBe(404);
    expect(errorOf(again)).toMatchObject({ code: '0x80040217', message: expect.stringContaining('Does Not Exist') });
  });
});

describe('references', () => {
  const USERS =
    "systemusers?$select=fullname&$expand=systemuserroles_association($select=name)&$filter=lastname eq 'Till'";

  it('connect and disconnect rows of a many-to-many relationship, from either side', async () => {
    const { client, emulator } = await runningEmulator(EMPTY);
    const [unit] = await rowsOf(client, 'businessunits?$filter=_parentbusinessunitid_value eq null');
    const systemuserid = randomUUID();
    const user = {
      systemuserid,
      lastname: 'Till',
      applicationid: randomUUID(),
      'businessunitid@odata.bind': `/businessunits(${unit?.businessunitid})`,
    };
    expect((await write(client, 'POST', 'systemusers', user)).status).toBe(204);
    const [role] = await rowsOf(client, "roles?$filter=name eq 'System Customizer'");
    const roleAddress = `${emulator.url}/api/data/v9.2/roles(${role?.roleid})`;
    const path = `systemusers(${systemuserid})/systemuserroles_association`;
    expect((await write(client, 'POST', `${path}/$ref`, { '@odata.id': roleAddress })).status).toBe(204);
    expect((await write(client, 'POST', `${path}/$ref`, { '@odata.id': roleAddress })).status).toBe(204);
    expect(await rowsOf(client, USERS)).toMatchObject([
      { systemuserroles_association: [{ name: 'System Customizer' }] },
    ]);
    expect((await write(client, 'DELETE', `${path}(${role?.roleid})/$ref`)).status).toBe(204);
    expect(await rowsOf(client, USERS)).toMatchObject([{ systemuserroles_association: [] }]);
    const other = `roles(${role?.roleid})/systemuserroles_association/$ref`;
    expect((await write(client, 'POST', other, { '@odata.id': `systemusers(${systemuserid})` })).status).toBe(204);
    expect(await rowsOf(client, USERS)).toMatchObject([{ systemuserroles_association: [{}] }]);
    expect((await write(client, 'DELETE', `${path}/$ref?$id=${roleAddress}`)).status).toBe(204);
    expect(await rowsOf(client, USERS)).toMatchObject([{ systemuserroles_association: [] }]);
  });

  it('set and empty a lookup', async () => {
    const { client, emulator } = await runningEmulator(EMPTY);
    await write(client, 'POST', 'customapis', customApiBody('contoso_A'));
    const { plugintypeid } = emulator.tables.putRow('plugintype', {
      plugintypeid: randomUUID(),
      name: 'Handler',
      typename: 'Handler',
    });
    const path = "customapis(uniquename='contoso_A')/PluginTypeId";
    expect((await write(client, 'PUT', `${path}/$ref`, { '@odata.id': `plugintypes(${plugintypeid})` })).status).toBe(
      204,
    );
    expect(await documentOf(client, path)).toMatchObject({ name: 'Handler' });
    expect((await write(client, 'DELETE', `${path}/$ref`)).status).toBe(204);
    expect((await read(client, path)).status).toBe(204);
  });

  it.each([
    ['a row that is not there', { '@odata.id': 'roles(00000000-0000-4000-8000-000000000009)' }, 404],
    ['a set', { '@odata.id': 'roles' }, 404],
    ['nothing', {}, 404],
    ['rows of another table', { '@odata.id': "customapis(uniquename='contoso_A')" }, 404],
  ])('are refused to %s', async (_what, body, status) => {
    const { client } = await runningEmulator(EMPTY);
    await write(client, 'POST', 'customapis', customApiBody('contoso_A'));
    const [user] = await rowsOf(client, 'systemusers');
    const reply = await write(
      client,
      'POST',
      `systemusers(${user?.systemuserid})/systemuserroles_association/$ref`,
      body,
    );
    expect(reply.status).toBe(status);
  });
});
