import { randomUUID } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { runningEmulator } from './support/running-emulator.js';
import { customApiBody, documentOf, errorOf, read, rowsOf, write } from './support/tables.js';
import { TILL, told, withTill } from './support/till.js';

const DENIED = [403, '0x80040220'];
const PARAMETER = { name: 'p', displayname: 'p', description: 'p', uniquename: 'Second', type: 10 };

describe('a create with rows below it', () => {
  it('needs the privilege to create those, too', async () => {
    const { till } = await withTill(['prvReadCustomAPI', 'prvCreateCustomAPI']);
    const deep = customApiBody('contoso_Deep', ['OrderId']);
    const outcomes = [
      await write(till, 'POST', 'customapis', deep),
      await write(till, 'PATCH', `customapis(${randomUUID()})`, { ...deep, customapiid: undefined }),
      await write(till, 'POST', 'customapis', customApiBody('contoso_Flat')),
    ].map(told);
    expect(outcomes).toEqual([DENIED, DENIED, 204]);
    till.close();
    const other = await withTill(['prvCreateCustomAPI', 'prvCreateCustomAPIRequestParameter']);
    expect(told(await write(other.till, 'POST', 'customapis', deep))).toBe(204);
    other.till.close();
  });
});

describe('a query', () => {
  it.each([
    "customapis?$filter=CustomAPIRequestParameters/any(p:p/uniquename eq 'OrderId')",
    'customapis?$filter=not CustomAPIRequestParameters/any()',
    'customapis?$filter=isprivate eq false and (name eq null or CustomAPIResponseProperties/all(p:p/type eq 1))',
    'customapis?$orderby=SdkMessageId/name',
    "customapis?$filter=contains(SdkMessageId/name,'x')",
    "customapis/$count?$filter=SdkMessageId/name eq 'x'",
    'customapis?$expand=ownerid($filter=isdisabled eq false)',
    "customapis?$filter=ownerid/systemuserroles_association/any(r:r/name eq 'x')",
  ])('%s needs to read what it asks about', async (path) => {
    const { till, client } = await withTill(['prvReadCustomAPI']);
    expect(told(await read(till, path))).toEqual(DENIED);
    expect(told(await read(client, path))).toBe(200);
    till.close();
  });

  it('of own columns needs no more, a managed property among them', async () => {
    const { till } = await withTill(['prvReadCustomAPI']);
    expect(told(await read(till, 'customapis?$filter=iscustomizable/Value eq true&$orderby=name'))).toBe(200);
    expect(told(await read(till, 'customapis?$filter=nothing/name eq true'))).toEqual([400, '0x0']);
    till.close();
  });
});

describe('a write into a solution', () => {
  it('needs the privilege to change solutions, as AddSolutionComponent does', async () => {
    const { till, client } = await withTill(['prvCreateCustomAPI']);
    const into = { 'MSCRM.SolutionUniqueName': 'BusinessEvents' };
    const body = customApiBody('contoso_Into');
    expect(told(await write(till, 'POST', 'customapis', body, into))).toEqual(DENIED);
    expect(told(await write(client, 'POST', 'customapis', body, into))).toBe(204);
    till.close();
  });
});

describe('who hands out roles', () => {
  async function withRole(privileges: readonly string[]) {
    const running = await withTill(['prvReadRole', 'prvReadUser', ...privileges]);
    const { tables } = running.emulator;
    const id = (table: string, column: string, value: string) =>
      `${tables.rows(table).find((row) => row[column] === value)?.[tables.definition(table)?.primaryKey ?? '']}`;
    const administrator = id('role', 'name', 'System Administrator');
    const own = id('role', 'name', 'Till');
    return { ...running, id, administrator, own, self: id('systemuser', 'applicationid', TILL.clientId) };
  }

  it.each([
    ['from the side of the role', 'roles', 'systemusers'],
    ['from the side of the user', 'systemusers', 'roles'],
  ])('holds what they give, %s', async (_side, set, other) => {
    const { till, administrator, own, self } = await withRole(['prvWriteRole', 'prvWriteUser', 'prvAssignRole']);
    const give = (role: string) => {
      const [from, to] = set === 'roles' ? [role, self] : [self, role];
      return write(till, 'POST', `${set}(${from})/systemuserroles_association/$ref`, {
        '@odata.id': `${other}(${to})`,
      });
    };
    expect(told(await give(administrator))).toEqual(DENIED);
    expect(told(await give(own))).toBe(204);
    till.close();
  });

  it.each([
    ['prvAssignRole', ['prvWriteRole', 'prvWriteUser']],
    ['prvWriteUser', ['prvWriteRole', 'prvAssignRole']],
    ['prvWriteRole', ['prvWriteUser', 'prvAssignRole']],
  ])('needs %s', async (lacking, privileges) => {
    const { till, own, self } = await withRole(privileges);
    const path = `roles(${own})/systemuserroles_association`;
    const outcomes = [
      await write(till, 'POST', `${path}/$ref`, { '@odata.id': `systemusers(${self})` }),
      await write(till, 'DELETE', `${path}(${self})/$ref`),
    ];
    expect(outcomes.map(told)).toEqual([DENIED, DENIED]);
    expect(errorOf(outcomes[0] as never).message).toContain(`missing ${lacking} privilege`);
    till.close();
  });

  it('adds to a role no privilege that it does not hold, by neither way', async () => {
    const { till, own, id } = await withRole(['prvWriteRole', 'prvReadCatalog']);
    const add = (PrivilegeName: string) =>
      write(till, 'POST', `roles(${own})/Microsoft.Dynamics.CRM.AddPrivilegesRole`, {
        Privileges: [{ PrivilegeName, Depth: 'Global' }],
      });
    const connect = (name: string) =>
      write(till, 'POST', `roles(${own})/roleprivileges_association/$ref`, {
        '@odata.id': `privileges(${id('privilege', 'name', name)})`,
      });
    const [held, other] = ['prvReadCatalog', 'prvReadAccount'];
    expect([await add(other), await connect(other), await add(held), await connect(held)].map(told)).toEqual([
      DENIED,
      DENIED,
      204,
      204,
    ]);
    till.close();
  });

  it('cannot change System Administrator', async () => {
    const { client, administrator, id } = await withRole([]);
    const kept = [400, '0x80041d31'];
    const privilege = `roleprivileges_association(${id('privilege', 'name', 'prvReadCustomAPI')})`;
    const outcomes = [
      await write(client, 'POST', `roles(${administrator})/Microsoft.Dynamics.CRM.AddPrivilegesRole`, {
        Privileges: [{ PrivilegeName: 'prvReadCustomAPI', Depth: 'Basic' }],
      }),
      await write(client, 'DELETE', `roles(${administrator})/${privilege}/$ref`),
    ].map(told);
    expect(outcomes).toEqual([kept, kept]);
    expect(await rowsOf(client, 'customapis')).toHaveLength(1);
  });
});

describe('an address', () => {
  it('is answered in the version that it names', async () => {
    const { client, emulator } = await runningEmulator();
    const headers = { authorization: `Bearer ${await client.token()}`, prefer: 'odata.maxpagesize=1' };
    for (const version of ['v9.1', 'v9.2']) {
      const root = `${emulator.url}/api/data/${version}`;
      const reply = await client.send(`/api/data/${version}/publishers`, { headers });
      expect(reply.json()['@odata.context']).toBe(`${root}/$metadata#publishers`);
      expect(reply.json()['@odata.nextLink']).toMatch(new RegExp(`^${root}/publishers\\?`));
      const who = await client.send(`/api/data/${version}/WhoAmI`, { headers });
      expect(who.json()['@odata.context']).toContain(`${root}/$metadata`);
    }
  });

  it('may end in a slash', async () => {
    const { client } = await runningEmulator();
    expect(await rowsOf(client, 'customapis/?$top=1')).toHaveLength(1);
  });
});

describe('requests that would do something else than they say', () => {
  it.each(['fetchXml=<fetch/>', 'savedQuery=x', 'userQuery=x', 'FETCHXML=x'])('are refused: %s', async (option) => {
    const { client } = await runningEmulator();
    const reply = await read(client, `customapis?${option}`);
    expect(reply.status).toBe(501);
    expect(errorOf(reply).message).toContain(`'${option.split('=')[0]}'`);
  });

  it.each(['$select=name&$select=uniquename', '$top=1&$top=2', '$expand=ownerid($top=1;$top=2)'])(
    'are refused where an option comes twice: %s',
    async (options) => {
      const { client } = await runningEmulator();
      const reply = await read(client, `customapis?${options}`);
      expect([reply.status, errorOf(reply).message]).toEqual([400, expect.stringContaining('more than once')]);
    },
  );

  it('are no upserts under another key than the address says', async () => {
    const { client, emulator } = await runningEmulator();
    const { tables } = emulator;
    const publisher = { friendlyname: 'P', customizationprefix: 'pyp' };
    await write(client, 'PATCH', "publishers(uniquename='py')", { ...publisher, uniquename: 'other' });
    const [id, other] = [randomUUID(), randomUUID()];
    await write(client, 'PATCH', `publishers(${id})`, { ...publisher, uniquename: 'byid', publisherid: other });
    const names = tables.rows('publisher').map(({ uniquename }) => uniquename);
    expect(names).toEqual(expect.arrayContaining(['py', 'byid']));
    expect(names).not.toContain('other');
    expect([tables.find('publisher', id) === null, tables.find('publisher', other) === null]).toEqual([false, true]);
  });

  it('are upserts whose key has a lookup, and belong to what the address says', async () => {
    const { client, emulator } = await runningEmulator({ customApis: [] });
    const apis = [customApiBody('contoso_One'), customApiBody('contoso_Two')];
    for (const api of apis) await write(client, 'POST', 'customapis', api);
    const [one, two] = apis.map(({ customapiid }) => customapiid);
    const body = { ...PARAMETER, 'CustomAPIId@odata.bind': `customapis(${two})` };
    const path = `customapirequestparameters(_customapiid_value=${one},uniquename='First')`;
    expect(told(await write(client, 'PATCH', path, body))).toBe(204);
    expect(emulator.tables.rows('customapirequestparameter')).toMatchObject([
      { customapiid: one, uniquename: 'First' },
    ]);
  });

  it('are refused where the version is not the one they name, of a column and of a link too', async () => {
    const { client } = await runningEmulator();
    const old = { 'If-Match': 'W/"1"' };
    const path = "publishers(uniquename='contoso')";
    const api = "customapis(uniquename='contoso_CustomerPurchase')";
    const outcomes = [
      await write(client, 'PUT', `${path}/friendlyname`, { value: 'stolen' }, old),
      await write(client, 'DELETE', `${path}/description`, undefined, old),
      await write(client, 'DELETE', `${api}/PluginTypeId/$ref`, undefined, old),
    ].map(told);
    expect(outcomes).toEqual(Array(3).fill([412, '0x80060882']));
    const row = await documentOf(client, path);
    expect(row).toMatchObject({ friendlyname: 'contoso' });
    const current = { 'If-Match': `${row['@odata.etag']}` };
    expect(told(await write(client, 'PUT', `${path}/friendlyname`, { value: 'mine' }, current))).toBe(204);
  });

  it('are refused where the platform alone sets the link', async () => {
    const { client } = await runningEmulator();
    const api = "customapis(uniquename='contoso_CustomerPurchase')/SdkMessageId/$ref";
    const outcomes = [
      await write(client, 'DELETE', api),
      await write(client, 'PUT', api, { '@odata.id': `sdkmessages(${randomUUID()})` }),
    ].map(told);
    expect(outcomes).toEqual(Array(2).fill([400, '0x80060888']));
  });
});
