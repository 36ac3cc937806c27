import { describe, expect, it } from '@jest/globals';
import {
  apiBody,
  catalogBody,
  created,
  HOW,
  parameterBody,
  queueBody,
  seededTables,
  USER_ID,
  webhookBody,
} from './support/seeded-tables.js';

const NOBODY = '0199d1a2-0000-4000-8000-000000000001';

describe('an update', () => {
  it('changes what it names, and notes who and when', () => {
    const tables = seededTables();
    const id = created(tables, 'customapi', apiBody(), { userId: null, solution: null });
    const before = tables.find('customapi', id);
    expect(tables.update(['customapi', id], { displayname: 'Other', isprivate: true }, HOW)).toEqual({
      kind: 'done',
      id,
    });
    expect(tables.find('customapi', id)).toEqual({
      ...before,
      displayname: 'Other',
      isprivate: true,
      modifiedon: expect.any(String),
      modifiedby: USER_ID,
      versionnumber: expect.any(Number),
    });
    expect(tables.find('customapi', id)?.versionnumber).not.toBe(before?.versionnumber);
  });

  it('passes over its own id and what only the platform sets', () => {
    const tables = seededTables();
    const id = created(tables, 'customapi', apiBody());
    const body = { customapiid: NOBODY, ismanaged: true, createdon: '2020-01-01T00:00:00Z', name: 'x' };
    expect(tables.update(['customapi', id], body, HOW)).toMatchObject({ kind: 'done' });
    expect(tables.find('customapi', id)).toMatchObject({ customapiid: id, ismanaged: false, name: 'x' });
  });

  it('of the state takes the reason along', () => {
    const tables = seededTables();
    const id = created(tables, 'catalog', catalogBody());
    tables.update(['catalog', id], { statecode: 1 }, HOW);
    expect(tables.find('catalog', id)).toMatchObject({ statecode: 1, statuscode: 2 });
  });

  it('sets and clears a relationship', () => {
    const tables = seededTables();
    const { plugintypeid = null } = tables.putRow('plugintype', { typename: 'Contoso.Purchase' });
    const id = created(tables, 'customapi', apiBody());
    tables.update(['customapi', id], { 'PluginTypeId@odata.bind': `plugintypes(${plugintypeid})` }, HOW);
    expect(tables.find('customapi', id)?.plugintypeid).toBe(plugintypeid);
    tables.update(['customapi', id], { 'PluginTypeId@odata.bind': null }, HOW);
    expect(tables.find('customapi', id)?.plugintypeid).toBeNull();
    tables.update(['customapi', id], { 'PluginTypeId@odata.bind': `plugintypes(${plugintypeid})` }, HOW);
    tables.update(['customapi', id], { PluginTypeId: null }, HOW);
    expect(tables.find('customapi', id)?.plugintypeid).toBeNull();
  });

  const refused: readonly (readonly [string, Record<string, unknown>, number, string, RegExp])[] = [
    [
      'a required column to null',
      { description: null },
      400,
      '0x80040203',
      /'description' is missing for RequestName='UpdateCustomAPI'/,
    ],
    ['a text that is too long', { name: 'x'.repeat(101) }, 400, '0x80044331', /'100'/],
    ['an unknown column', { colour: 1 }, 400, '0x80048d19', /'colour'/],
    ['rows below', { CustomAPIRequestParameters: [] }, 400, '0x80040203', /individually/],
    ['a privilege that does not exist', { executeprivilegename: 'prvNo' }, 400, '0x80040203', /'prvNo' does not exist/],
  ];
  it.each(refused)('of %s is refused, and changes nothing', (_case, body, status, code, message) => {
    const tables = seededTables();
    const id = created(tables, 'customapi', apiBody());
    const before = tables.find('customapi', id);
    expect(tables.update(['customapi', id], { isprivate: true, ...body }, HOW)).toEqual({
      kind: 'refused',
      status,
      code,
      message: expect.stringMatching(message),
    });
    expect(tables.find('customapi', id)).toEqual(before);
  });

  it('of a row that is not there is refused', () => {
    expect(seededTables().update(['customapi', NOBODY], {}, HOW)).toMatchObject({
      status: 404,
      code: '0x80040217',
      message: `Entity 'CustomAPI' With Id = ${NOBODY} Does Not Exist`,
    });
  });

  it('of a message is refused', () => {
    const tables = seededTables();
    const [message] = tables.rows('sdkmessage');
    expect(tables.update(['sdkmessage', `${message?.sdkmessageid}`], { name: 'x' }, HOW)).toMatchObject({
      status: 405,
    });
  });
});

describe('an immutable column', () => {
  const columns: readonly (readonly [string, string, unknown])[] = [
    ['customapi', 'uniquename', 'contoso_Other'],
    ['customapi', 'bindingtype', 1],
    ['customapi', 'boundentitylogicalname', 'account'],
    ['customapi', 'isfunction', true],
    ['customapi', 'allowedcustomprocessingsteptype', 2],
    ['customapi', 'workflowsdkstepenabled', true],
    ['customapirequestparameter', 'uniquename', 'Other'],
    ['customapirequestparameter', 'type', 7],
    ['customapirequestparameter', 'isoptional', true],
    ['customapirequestparameter', 'logicalentityname', 'account'],
    ['customapirequestparameter', 'CustomAPIId@odata.bind', "customapis(uniquename='contoso_OnPurchase')"],
    ['customapiresponseproperty', 'uniquename', 'Other'],
    ['customapiresponseproperty', 'type', 7],
    ['catalog', 'uniquename', 'contoso_Other'],
    ['catalog', 'ParentCatalogId@odata.bind', "catalogs(uniquename='contoso_Root')"],
    ['catalogassignment', 'CatalogId@odata.bind', "catalogs(uniquename='contoso_Sales')"],
    ['catalogassignment', 'CustomAPIId@odata.bind', "customapis(uniquename='contoso_OnPurchase')"],
  ];

  function withRows(immutableColumns: 'refused' | 'ignored') {
    const tables = seededTables({ immutableColumns });
    const customapi = created(tables, 'customapi', apiBody());
    const of = { 'CustomAPIId@odata.bind': `customapis(${customapi})` };
    const root = created(tables, 'catalog', catalogBody({ uniquename: 'contoso_Root' }));
    const catalog = created(tables, 'catalog', catalogBody({ 'ParentCatalogId@odata.bind': `catalogs(${root})` }));
    const { isoptional, ...property } = parameterBody(of);
    const ids: Readonly<Record<string, string>> = {
      customapi,
      catalog,
      customapirequestparameter: created(tables, 'customapirequestparameter', parameterBody(of)),
      customapiresponseproperty: created(tables, 'customapiresponseproperty', property),
      catalogassignment: created(tables, 'catalogassignment', {
        ...of,
        'CatalogId@odata.bind': `catalogs(${catalog})`,
      }),
    };
    return { tables, idOf: (table: string) => ids[table] ?? '' };
  }

  it.each(columns)('of a %s, %s, cannot be changed', (table, column, value) => {
    const { tables, idOf } = withRows('refused');
    expect(tables.update([table, idOf(table)], { [column]: value }, HOW)).toMatchObject({
      status: 400,
      code: '0x80040203',
      message: expect.stringMatching(/cannot be changed after it is created/),
    });
  });

  it.each(columns)('of a %s, %s, is passed over where the emulator is told so', (table, column, value) => {
    const { tables, idOf } = withRows('ignored');
    const { modifiedon, modifiedby, versionnumber, ...before } = tables.find(table, idOf(table)) ?? {};
    expect(tables.update([table, idOf(table)], { [column]: value }, HOW)).toMatchObject({ kind: 'done' });
    expect(tables.find(table, idOf(table))).toMatchObject(before);
  });
});

describe('a managed row', () => {
  const managed = (iscustomizable: boolean) => {
    const tables = seededTables();
    const id = created(tables, 'customapi', apiBody());
    tables.changeRow('customapi', id, { ismanaged: true, iscustomizable });
    return { tables, id };
  };

  it('that is not customizable cannot be changed, but by the import of its solution', () => {
    const { tables, id } = managed(false);
    expect(tables.update(['customapi', id], { name: 'x' }, HOW)).toMatchObject({
      status: 400,
      message: expect.stringMatching(/iscustomizable/),
    });
    expect(tables.update(['customapi', id], { name: 'x' }, { ...HOW, managed: true })).toMatchObject({ kind: 'done' });
  });

  it('that is customizable can be changed', () => {
    const { tables, id } = managed(true);
    expect(tables.update(['customapi', id], { name: 'x' }, HOW)).toMatchObject({ kind: 'done' });
  });

  it('cannot be deleted', () => {
    const { tables, id } = managed(true);
    expect(tables.delete(['customapi', id], HOW)).toMatchObject({ status: 400, code: '0x8004f032' });
  });

  it('can get optional request parameters, no required ones', () => {
    const { tables, id } = managed(true);
    const body = (isoptional: boolean) => parameterBody({ isoptional, 'CustomAPIId@odata.bind': `customapis(${id})` });
    expect(tables.create('customapirequestparameter', body(false), HOW)).toMatchObject({
      status: 400,
      message: expect.stringMatching(/optional/),
    });
    expect(tables.create('customapirequestparameter', body(true), HOW)).toMatchObject({ kind: 'done' });
  });
});

describe('a secret', () => {
  const secrets = [
    ['authvalue', 'isauthvalueset', webhookBody()],
    ['saskey', 'issaskeyset', queueBody()],
    ['sastoken', 'issastokenset', queueBody({ authtype: 3, sastoken: 'token' })],
  ] as const;
  it.each(secrets)('in %s shows as %s, and is of a column that reads do not give', (column, shown, body) => {
    const tables = seededTables();
    const id = created(tables, 'serviceendpoint', body);
    expect(tables.find('serviceendpoint', id)).toMatchObject({ [column]: body[column], [shown]: true });
    expect(tables.definition('serviceendpoint')?.columns.find(({ name }) => name === column)?.readable).toBe(false);
    tables.update(['serviceendpoint', id], { description: 'x' }, HOW);
    expect(tables.find('serviceendpoint', id)?.[shown]).toBe(true);
  });

  it('that is taken away shows as not set', () => {
    const tables = seededTables();
    const id = created(tables, 'serviceendpoint', webhookBody());
    tables.update(['serviceendpoint', id], { authvalue: null }, HOW);
    expect(tables.find('serviceendpoint', id)?.isauthvalueset).toBe(false);
  });
});
