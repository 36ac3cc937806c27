import { describe, expect, it } from '@jest/globals';
import { RowNotPossibleError } from '../../src/emulator/tables/row-not-possible.error.js';
import { apiBody, created, HOW, rowOf, seededTables, stepBody, webhookBody } from './support/seeded-tables.js';

const NAME = 'contoso_OnPurchase';
const NOBODY = '0199d1a2-0000-4000-8000-000000000001';

describe('a row that is put', () => {
  it('passes by every rule, and is complete', () => {
    const tables = seededTables();
    const row = tables.putRow('customapi', { uniquename: 'foreign', description: 'x'.repeat(400), ismanaged: true });
    expect(row).toMatchObject({ uniquename: 'foreign', name: null, ismanaged: true, bindingtype: 0, statecode: 0 });
    expect(rowOf(tables, 'sdkmessage', { name: 'foreign' }).sdkmessageid).toBe(row.sdkmessageid);
  });

  it('replaces the one of its id, and keeps its message', () => {
    const tables = seededTables();
    const { customapiid = null, sdkmessageid } = tables.putRow('customapi', { uniquename: NAME });
    const replaced = tables.putRow('customapi', { customapiid, uniquename: NAME, name: 'New' });
    expect(tables.rows('customapi')).toEqual([replaced]);
    expect(replaced).toMatchObject({ name: 'New', sdkmessageid });
    expect(tables.rows('sdkmessage').filter(({ name }) => name === NAME)).toHaveLength(1);
  });

  it('is part of the default solution, as what is made by hand is', () => {
    const tables = seededTables();
    const { catalogid = null } = tables.putRow('catalog', { uniquename: 'foreign' });
    expect(tables.rows('solutioncomponent').filter(({ objectid }) => objectid === catalogid)).toHaveLength(1);
  });

  it('shows that its secrets are set, unless told what to show', () => {
    const tables = seededTables();
    expect(tables.putRow('serviceendpoint', { authvalue: 'x' }).isauthvalueset).toBe(true);
    expect(tables.putRow('serviceendpoint', { authvalue: 'x', isauthvalueset: false }).isauthvalueset).toBe(false);
  });
});

describe('a row that is changed', () => {
  it('passes by every rule, immutable columns among them', () => {
    const tables = seededTables();
    const id = created(tables, 'customapi', apiBody());
    tables.changeRow('customapi', id, { allowedcustomprocessingsteptype: 0, uniquename: 'x', sdkmessageid: NOBODY });
    expect(tables.find('customapi', id)).toMatchObject({
      allowedcustomprocessingsteptype: 0,
      uniquename: 'x',
      sdkmessageid: NOBODY,
    });
  });

  it('keeps its id', () => {
    const tables = seededTables();
    const id = created(tables, 'customapi', apiBody());
    tables.changeRow('customapi', id, { customapiid: NOBODY, name: 'x' });
    expect(tables.find('customapi', id)).toMatchObject({ customapiid: id, name: 'x' });
  });
});

describe('a row that is removed', () => {
  it('takes along what would have held it', () => {
    const tables = seededTables();
    const api = created(tables, 'customapi', apiBody());
    const endpoint = created(tables, 'serviceendpoint', webhookBody());
    created(tables, 'sdkmessageprocessingstep', stepBody(tables, { message: NAME, endpoint }));
    tables.changeRow('customapi', api, { ismanaged: true });
    expect(tables.removeRow('customapi', api)).toBe(true);
    expect(tables.rows('sdkmessageprocessingstep')).toEqual([]);
    expect(tables.rows('sdkmessage').filter(({ name }) => name === NAME)).toEqual([]);
    expect(tables.find('serviceendpoint', endpoint)).not.toBeNull();
    expect(tables.removeRow('customapi', api)).toBe(false);
  });
});

it('ends where rows point to each other in a circle', () => {
  const tables = seededTables();
  const { catalogid: one = null } = tables.putRow('catalog', { uniquename: 'a' });
  const { catalogid: other = null } = tables.putRow('catalog', { uniquename: 'b', parentcatalogid: one });
  tables.changeRow('catalog', `${one}`, { parentcatalogid: other });
  expect(tables.delete(['catalog', `${one}`], HOW)).toMatchObject({ kind: 'done' });
  expect(tables.rows('catalog')).toEqual([]);
});

it('refuses what no row can be', () => {
  const tables = seededTables();
  const id = created(tables, 'customapi', apiBody());
  expect(() => tables.putRow('customapi', { colour: 'red' })).toThrow(RowNotPossibleError);
  expect(() => tables.changeRow('customapi', id, { Name: 'x' })).toThrow("The table customapi has no column 'Name'.");
  expect(() => tables.changeRow('customapi', NOBODY, { name: 'x' })).toThrow(
    `There is no customapi with the id ${NOBODY}.`,
  );
});

it.each([
  ['customapi', { bindingtype: '0' }, 'The column \'bindingtype\' of customapi holds a whole number or null, not "0".'],
  ['customapi', { isprivate: 1 }, 'true or false'],
  ['customapi', { iscustomizable: 'false' }, 'true or false'],
  ['customapi', { name: 7 }, 'a text'],
  ['customapi', { createdon: 'yesterday' }, 'an instant'],
  ['customapi', { customapiid: 'hello' }, 'an id'],
  ['asyncoperation', { owningextensionid: 'nope' }, 'an id'],
  ['asyncoperation', { statecode: 1.5 }, 'a whole number'],
])('refuses a cell of another type: %s %j', (table, cells, message) => {
  const tables = seededTables();
  const before = tables.rows(table);
  expect(() => tables.putRow(table, cells)).toThrow(RowNotPossibleError);
  expect(() => tables.putRow(table, cells)).toThrow(message);
  expect(tables.rows(table)).toEqual(before);
});

it('keeps ids in lower case, so that rows find each other', () => {
  const tables = seededTables();
  const [api, parameter] = ['BBBBBBBB-0000-4000-8000-000000000001', 'BBBBBBBB-0000-4000-8000-000000000002'];
  expect(tables.putRow('customapi', { customapiid: api, uniquename: NAME }).customapiid).toBe(api.toLowerCase());
  tables.putRow('customapirequestparameter', { customapirequestparameterid: parameter, customapiid: api });
  tables.changeRow('customapirequestparameter', parameter, { customapiid: api, uniquename: 'OrderId' });
  expect(rowOf(tables, 'customapirequestparameter', { customapiid: api.toLowerCase() }).uniquename).toBe('OrderId');
  tables.removeRow('customapi', api);
  expect(tables.rows('customapirequestparameter')).toEqual([]);
});

it('runs several writes as one', () => {
  const tables = seededTables();
  const result = tables.atomically(() => {
    tables.create('customapi', apiBody(), HOW);
    tables.putRow('customapi', { uniquename: 'other' });
    return tables.create('customapi', apiBody(), HOW);
  });
  expect(result).toMatchObject({ kind: 'refused', status: 412 });
  expect(tables.rows('customapi')).toEqual([]);
});
