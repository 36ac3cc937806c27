import { randomUUID } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { DEFAULT_APPLICATION_USER } from '../../src/emulator/emulator-options.js';
import { Client } from './support/client.js';
import { PURCHASE_BODY } from './support/purchase-api.js';
import { runningEmulator } from './support/running-emulator.js';
import { customApiBody, documentOf, errorOf, read, rowsOf, write } from './support/tables.js';
import { giveRole, TILL, told, withTill } from './support/till.js';

const NAME = 'contoso_CustomerPurchase';
describe('an application', () => {
  it('gets as far as its row and its roles let it', async () => {
    const { emulator } = await runningEmulator();
    emulator.registerApplicationUser({ ...TILL, access: 'no-application-user' });
    const till = new Client(emulator, TILL);
    const outcomes: unknown[] = [told(await till.call(NAME, PURCHASE_BODY))];
    emulator.registerApplicationUser({ ...TILL, access: 'no-roles' });
    outcomes.push(told(await till.call(NAME, PURCHASE_BODY)));
    giveRole(emulator, []);
    outcomes.push(told(await till.call(NAME, PURCHASE_BODY)));
    const user = emulator.tables.rows('systemuser').find(({ applicationid }) => applicationid === TILL.clientId);
    emulator.tables.changeRow('systemuser', String(user?.systemuserid), { isdisabled: true });
    outcomes.push(told(await till.call(NAME, PURCHASE_BODY)));
    emulator.tables.removeRow('systemuser', String(user?.systemuserid));
    outcomes.push(told(await till.call(NAME, PURCHASE_BODY)));
    expect(outcomes).toEqual([[403, '0x80072560'], [403, '0x80042f09'], 204, [403, '0x80040225'], [403, '0x80072560']]);
    till.close();
  });

  it('becomes a user by the Web API alone', async () => {
    const { client, emulator } = await runningEmulator();
    emulator.registerApplicationUser({ ...TILL, access: 'no-application-user' });
    const till = new Client(emulator, TILL);
    const [unit] = await rowsOf(
      client,
      'businessunits?$select=businessunitid&$filter=_parentbusinessunitid_value eq null',
    );
    const unitBind = { 'businessunitid@odata.bind': `/businessunits(${unit?.businessunitid})` };
    const [systemuserid, roleid] = [randomUUID(), randomUUID()];
    await write(client, 'POST', 'systemusers', { systemuserid, applicationid: TILL.clientId, ...unitBind });
    await write(client, 'POST', 'roles', { roleid, name: 'Till', ...unitBind });
    const role = { '@odata.id': `${emulator.url}/api/data/v9.2/roles(${roleid})` };
    await write(client, 'POST', `systemusers(${systemuserid})/systemuserroles_association/$ref`, role);
    expect(told(await till.call(NAME, PURCHASE_BODY))).toBe(204);
    expect(await documentOf(till, 'WhoAmI()')).toMatchObject({
      UserId: systemuserid,
      BusinessUnitId: unit?.businessunitid,
    });
    till.close();
  });

  it('reads and writes only what its privileges name', async () => {
    const { till } = await withTill(['prvReadCustomAPI', 'prvCreateCustomAPI']);
    const api = `customapis(uniquename='${NAME}')`;
    const outcomes = [
      await read(till, 'customapis'),
      await write(till, 'POST', 'customapis', customApiBody('contoso_A')),
      await write(till, 'PATCH', api, { name: 'x' }),
      await write(till, 'DELETE', api),
      await read(till, 'catalogs'),
      await read(till, 'customapis?$expand=CustomAPIRequestParameters'),
      await read(till, `${api}/CustomAPIRequestParameters`),
      await write(till, 'PUT', `${api}/name`, { value: 'x' }),
      await read(till, 'WhoAmI'),
      await till.call(NAME, PURCHASE_BODY),
    ].map(told);
    const denied = [403, '0x80040220'];
    expect(outcomes).toEqual([200, 204, denied, denied, denied, denied, denied, denied, 200, 204]);
    till.close();
  });

  it('sees and changes only what it owns, where its privileges reach no further', async () => {
    const names = ['Create', 'Read', 'Write', 'Delete'].map((deed) => `prv${deed}CustomAPI`);
    const { till, client } = await withTill([...names, 'prvReadUser', 'prvReadPublisher'], 1);
    expect(await rowsOf(till, 'customapis')).toEqual([]);
    await write(till, 'POST', 'customapis', customApiBody('contoso_Own'));
    expect(await rowsOf(till, 'customapis')).toMatchObject([{ uniquename: 'contoso_Own' }]);
    expect(await rowsOf(client, 'customapis')).toHaveLength(2);
    expect(await rowsOf(till, 'systemusers')).toMatchObject([{ applicationid: TILL.clientId }]);
    expect(await rowsOf(till, 'publishers')).not.toEqual([]);
    const [own, other] = ['contoso_Own', NAME].map((name) => `customapis(uniquename='${name}')`) as [string, string];
    const outcomes = [
      await read(till, own),
      await write(till, 'PATCH', own, { name: 'x' }),
      await read(till, other),
      await write(till, 'PATCH', other, { name: 'x' }),
      await write(till, 'DELETE', other),
    ].map(told);
    const denied = [403, '0x80040220'];
    expect(outcomes).toEqual([200, 204, denied, denied, denied]);
    till.close();
  });

  it('is told which privilege it lacks', async () => {
    const { till, emulator } = await withTill([]);
    const reply = await read(till, 'customapis');
    const privilege = emulator.tables.rows('privilege').find(({ name }) => name === 'prvReadCustomAPI');
    expect(errorOf(reply).message).toMatch(
      /^Principal user \(Id=[0-9a-f-]{36}, type=8, .*\) is missing prvReadCustomAPI privilege/,
    );
    expect(errorOf(reply).message).toContain(`(Id=${privilege?.privilegeid})`);
    till.close();
  });

  it('needs the privilege that a custom API asks for, from the moment it asks', async () => {
    const { till, client } = await withTill([]);
    expect(told(await till.call(NAME, PURCHASE_BODY))).toBe(204);
    await write(client, 'PATCH', `customapis(uniquename='${NAME}')`, { executeprivilegename: 'prvReadAccount' });
    expect(told(await till.call(NAME, PURCHASE_BODY))).toEqual([403, '0x80040220']);
    expect(told(await client.call(NAME, PURCHASE_BODY))).toBe(204);
    till.close();
  });
});

describe('privileges', () => {
  it('are listed by user and by role, all of them or those asked about', async () => {
    const { till, client, emulator } = await withTill(['prvReadCustomAPI', 'prvReadAccount']);
    const user = emulator.tables.rows('systemuser').find(({ applicationid }) => applicationid === TILL.clientId);
    const [role] = await rowsOf(client, "roles?$filter=name eq 'Till'");
    const bound = `systemusers(${user?.systemuserid})/Microsoft.Dynamics.CRM.`;
    const names = async (path: string) => {
      const { RolePrivileges } = (await documentOf(client, path)) as unknown as {
        RolePrivileges: { PrivilegeName: string }[];
      };
      return RolePrivileges.map(({ PrivilegeName }) => PrivilegeName);
    };
    expect(await names(`${bound}RetrieveUserPrivileges()`)).toEqual(['prvReadCustomAPI', 'prvReadAccount']);
    expect(await names(`${bound}RetrieveUserPrivilegeByPrivilegeName(PrivilegeName='prvReadAccount')`)).toEqual([
      'prvReadAccount',
    ]);
    expect(
      await names(`${bound}RetrieveUserSetOfPrivilegesByNames(PrivilegeNames=@p)?@p=["prvReadAccount","prvX"]`),
    ).toEqual(['prvReadAccount']);
    expect(await names(`RetrieveRolePrivilegesRole(RoleId=${role?.roleid})`)).toEqual([
      'prvReadCustomAPI',
      'prvReadAccount',
    ]);
    expect(await documentOf(client, `${bound}RetrieveUserPrivileges`)).toMatchObject({
      RolePrivileges: [{ Depth: 'Global', PrivilegeId: expect.any(String), BusinessUnitId: user?.businessunitid }, {}],
    });
    till.close();
  });

  it('are added to a role, all or none, as often as one likes', async () => {
    const { client, till, emulator } = await withTill([]);
    const [role] = await rowsOf(client, "roles?$filter=name eq 'Till'");
    const id = (name: string) => emulator.tables.rows('privilege').find((row) => row.name === name)?.privilegeid;
    const path = `roles(${role?.roleid})/Microsoft.Dynamics.CRM.AddPrivilegesRole`;
    const add = (Privileges: unknown) => write(client, 'POST', path, { Privileges });
    const wanted = [
      { PrivilegeId: id('prvReadCustomAPI'), Depth: 'Global' },
      { PrivilegeId: id('prvReadCatalog'), Depth: '3' },
    ];
    const withUnknown = [...wanted, { PrivilegeId: randomUUID(), Depth: 'Global' }];
    expect((await add(withUnknown)).status).toBe(400);
    expect((await add(undefined)).status).toBe(400);
    expect(told(await read(till, 'customapis'))).toEqual([403, '0x80040220']);
    expect([(await add(wanted)).status, (await add(wanted)).status]).toEqual([204, 204]);
    expect([(await read(till, 'customapis')).status, (await read(till, 'catalogs')).status]).toEqual([200, 200]);
    expect(emulator.tables.rows('roleprivileges').filter(({ roleid }) => roleid === role?.roleid)).toHaveLength(2);
    till.close();
  });

  it.each([
    ['a function by POST', 'POST', 'WhoAmI()', 404],
    ['an action by GET', 'GET', 'AddSolutionComponent', 404],
    ['a bound function at the root', 'GET', 'RetrieveUserPrivileges()', 404],
    [
      'a bound function on the wrong table',
      'GET',
      `customapis(uniquename='${NAME}')/Microsoft.Dynamics.CRM.RetrieveUserPrivileges()`,
      404,
    ],
    ['an unbound one with its namespace', 'GET', 'Microsoft.Dynamics.CRM.WhoAmI()', 404],
    [
      'one on a row that is not there',
      'GET',
      `systemusers(${randomUUID()})/Microsoft.Dynamics.CRM.RetrieveUserPrivileges()`,
      404,
    ],
    ['a custom API by GET', 'GET', NAME, 404],
  ])('and other operations are not found for %s', async (_what, method, path, status) => {
    const { client } = await runningEmulator();
    const reply = method === 'GET' ? await read(client, path) : await write(client, method, path, {});
    expect(reply.status).toBe(status);
  });

  it('tell an action that is there from one that is not, without calling it', async () => {
    const { client } = await runningEmulator();
    expect(errorOf(await read(client, NAME))).toMatchObject({
      code: '',
      message: expect.stringContaining('No HTTP resource'),
    });
    expect(errorOf(await read(client, 'contoso_Nothing'))).toMatchObject({ code: '0x8006088a' });
  });
});

describe('WhoAmI', () => {
  it('tells the user of the caller', async () => {
    const { client, emulator } = await runningEmulator();
    const user = emulator.tables
      .rows('systemuser')
      .find(({ applicationid }) => applicationid === DEFAULT_APPLICATION_USER.clientId);
    expect(await documentOf(client, 'WhoAmI')).toMatchObject({
      UserId: user?.systemuserid,
      BusinessUnitId: user?.businessunitid,
      OrganizationId: emulator.tables.rows('organization')[0]?.organizationid,
    });
  });
});
