import { randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { DataverseConnection } from '../../src/dataverse/dataverse-connection.js';
import type { TableOperation } from '../../src/dataverse/provisioning/change.js';
import { TableClient } from '../../src/dataverse/tables/table-client.js';
import { literal } from '../../src/dataverse/tables/table-query.js';
import { booleanOf, childrenOf, expandedOf, lookupOf, numberOf, textOf } from '../../src/dataverse/tables/table-row.js';
import { Emulator } from '../../src/emulator/emulator.js';
import { DEFAULT_APPLICATION_USER } from '../../src/emulator/emulator-options.js';
import type { Fault } from '../../src/emulator/faults/fault.js';
import { always, optionsFor, ShiftedClock } from './support/gateway-side.js';
import { QUICK } from './support/table-answers.js';

const { clientId, clientSecret } = DEFAULT_APPLICATION_USER;
const TEXTS = { name: 'contoso_Till', displayname: 'Till', description: 'For tests.' };

/** The other side as a product of its own, written from the same documentation and sharing no code. */
describe('TableClient against the emulator', () => {
  let emulator: Emulator;
  let connection: DataverseConnection;
  let tables: TableClient;

  beforeAll(async () => {
    emulator = await Emulator.start();
    const applicationUsers = [{ clientId, credential: { kind: 'secret', clientSecret } as const }];
    const options = optionsFor(emulator, emulator.caCertificate, { tenantId: emulator.tenantId, applicationUsers });
    connection = new DataverseConnection(options, new ShiftedClock());
    tables = new TableClient(connection, { applicationUser: clientId, ...always, patience: QUICK });
  });

  afterAll(async () => {
    connection.close();
    await emulator.stop();
  });

  afterEach(() => {
    emulator.reset();
    for (const { customapiid } of apis()) emulator.tables.removeRow('customapi', `${customapiid}`);
    for (const { catalogid } of emulator.tables.rows('catalog')) emulator.tables.removeRow('catalog', `${catalogid}`);
    emulator.registerApplicationUser({ clientId, clientSecret, access: 'no-roles' });
    emulator.registerApplicationUser({ clientId, clientSecret });
  });

  function create(id = randomUUID(), uniquename = 'contoso_Till'): Extract<TableOperation, { kind: 'create' }> {
    const parameter = (name: string) => ({
      ...TEXTS,
      uniquename: name,
      name: `${uniquename}.${name}`,
      type: 10,
      isoptional: false,
    });
    return {
      kind: 'create',
      set: 'customapis',
      primaryKey: 'customapiid',
      id,
      row: {
        ...TEXTS,
        uniquename,
        bindingtype: 0,
        isfunction: false,
        isprivate: false,
        allowedcustomprocessingsteptype: 1,
        workflowsdkstepenabled: false,
        iscustomizable: { Value: false },
        CustomAPIRequestParameters: [parameter('EventId'), parameter('EventSource')],
      },
      binds: [],
    };
  }

  const apis = () => emulator.tables.rows('customapi');

  it('creates, reads, changes and deletes', async () => {
    const operation = create();
    const { set, id } = operation;
    await tables.write(operation, { solution: 'BusinessEvents' });

    const [row = {}] = await tables.list(set, {
      select: ['uniquename', 'bindingtype', 'iscustomizable', '_sdkmessageid_value'],
      filter: `uniquename eq ${literal('contoso_Till')}`,
      expand: ['CustomAPIRequestParameters($select=uniquename;$orderby=uniquename)', 'SdkMessageId($select=name)'],
    });
    expect(textOf(row, 'customapiid')).toBe(id);
    expect(numberOf(row, 'bindingtype')).toBe(0);
    expect(booleanOf(row, 'iscustomizable')).toBe(false);
    expect(lookupOf(row, 'sdkmessageid')).toMatch(/^[0-9a-f-]{36}$/);
    expect(textOf(expandedOf(row, 'SdkMessageId') ?? {}, 'name')).toBe('contoso_Till');
    const parameters = childrenOf(row, 'CustomAPIRequestParameters').map((child) => textOf(child, 'uniquename'));
    expect(parameters).toEqual(['EventId', 'EventSource']);

    await tables.write({ kind: 'update', set, id, row: { displayname: 'Tills' }, binds: [] });
    expect(await tables.find(set, id, { select: ['displayname'] })).toMatchObject({ displayname: 'Tills' });

    await tables.write({ kind: 'delete', set, id });
    expect(await tables.find(set, id, { select: ['displayname'] })).toBeNull();
  });

  it.each(['whole', 'linked'] as const)('has expanded collections in full where they come %s', async (how) => {
    const other = await Emulator.start({ unconfirmed: { expandedCollections: how } });
    const applicationUsers = [{ clientId, credential: { kind: 'secret', clientSecret } as const }];
    const options = optionsFor(other, other.caCertificate, { tenantId: other.tenantId, applicationUsers });
    const way = new DataverseConnection(options, new ShiftedClock());
    const there = new TableClient(way, { applicationUser: clientId, ...always, patience: QUICK });
    await there.write(create());
    const query = { select: ['uniquename'], expand: ['CustomAPIRequestParameters($select=uniquename)'] };
    const [row = {}] = await there.list('customapis', query);
    way.close();
    await other.stop();
    expect(childrenOf(row, 'CustomAPIRequestParameters')).toHaveLength(2);
  });

  it('never makes a row by updating it', async () => {
    const update = {
      kind: 'update',
      set: 'customapis',
      id: randomUUID(),
      row: { displayname: 'x' },
      binds: [],
    } as const;
    await expect(tables.write(update)).rejects.toMatchObject({ name: 'DataverseRefusedError' });
    expect(apis()).toHaveLength(0);
  });

  it('points to a row that a filter finds when the write is due', async () => {
    const root = { set: 'catalogs', primaryKey: 'catalogid', id: randomUUID() };
    const catalog = (uniquename: string) => ({ ...TEXTS, uniquename, iscustomizable: { Value: false } });
    await tables.write({ ...root, kind: 'create', row: catalog('contoso_Root'), binds: [] });
    const to = { filter: "uniquename eq 'contoso_Root'", primaryKey: 'catalogid' };
    const binds = [{ navigation: 'ParentCatalogId', set: 'catalogs', to }];
    await tables.write({ ...root, kind: 'create', id: randomUUID(), row: catalog('contoso_Category'), binds });
    const category = emulator.tables.rows('catalog').find(({ uniquename }) => uniquename === 'contoso_Category');
    expect(category?.parentcatalogid).toBe(root.id);
  });

  it.each<[string, Fault]>([
    ['a reset before it is done', { kind: 'reset', when: 'before-commit' }],
    ['a reset after it is done', { kind: 'reset', when: 'after-commit' }],
    ['a 502 after it is done', { kind: 'status', status: 502, when: 'after-commit' }],
    ['a deadlock', { kind: 'status', status: 500, code: '0x80044150' }],
    ['a throttle', { kind: 'throttle', retryAfterSeconds: 0 }],
    ['a token that has just expired', { kind: 'expired-token' }],
  ])('does everything exactly once through %s', async (_name, fault) => {
    const operation = create();
    const { set, id } = operation;
    const match = { target: 'table' } as const;
    emulator.fault({ ...fault, match: { ...match, method: 'POST' } });
    await tables.write(operation);
    expect(apis()).toMatchObject([{ customapiid: id }]);

    emulator.fault({ ...fault, match: { ...match, method: 'PATCH' } });
    await tables.write({ kind: 'update', set, id, row: { displayname: 'Tills' }, binds: [] });
    expect(apis()).toMatchObject([{ displayname: 'Tills' }]);

    emulator.fault({ ...fault, match: { ...match, method: 'GET' } });
    expect(await tables.list(set, { select: ['displayname'] })).toMatchObject([{ displayname: 'Tills' }]);

    emulator.fault({ ...fault, match: { ...match, method: 'DELETE' } });
    await tables.write({ kind: 'delete', set, id });
    expect(apis()).toEqual([]);
  });

  it('tells a name that is taken from its own row', async () => {
    await tables.write(create());
    await expect(tables.write(create())).rejects.toMatchObject({ status: 412 });
    expect(apis()).toHaveLength(1);
  });

  it('makes one row of two creations at once', async () => {
    const operation = create();
    await Promise.all([tables.write(operation), tables.write(operation)]);
    expect(apis()).toHaveLength(1);
  });

  it('gives a role once, however often it is told to', async () => {
    const [user] = emulator.tables.rows('systemuser');
    const role = emulator.tables.rows('role').find(({ name }) => name === 'System Customizer');
    const ends = [
      { set: 'systemusers', id: `${user?.systemuserid}` },
      { set: 'roles', id: `${role?.roleid}` },
    ] as const;
    emulator.fault({ kind: 'reset', when: 'after-commit' });
    for (let count = 0; count < 2; count += 1) await tables.associate(ends[0], 'systemuserroles_association', ends[1]);
    const given = emulator.tables.rows('systemuserroles').filter(({ roleid }) => roleid === role?.roleid);
    expect(given).toHaveLength(1);
  });

  it('reads what there is to call', async () => {
    await tables.write(create());
    expect(await tables.metadata()).toContain('<Action Name="contoso_Till"');
    expect(await tables.callFunction('WhoAmI')).toMatchObject({ UserId: expect.any(String) });
    expect(await tables.callAction('contoso_Till', { EventId: 'a', EventSource: 'b' })).toBeNull();
  });

  it('is refused in words that name the privilege', async () => {
    const [pair] = emulator.tables.rows('systemuserroles');
    const { roleid = null } = emulator.tables.putRow('role', { name: 'Narrow' });
    emulator.tables.changeRow('systemuserroles', `${pair?.systemuserroleid}`, { roleid });
    await expect(tables.list('catalogs', { select: ['name'] })).rejects.toThrow(/0x80040220.*prvReadCatalog/);
  });
});
