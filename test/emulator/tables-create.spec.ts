import { describe, expect, it } from '@jest/globals';
import { ACTIVE_SOLUTION_ID } from '../../src/emulator/tables/seeds/well-known-ids.js';
import {
  apiBody,
  catalogBody,
  created,
  HOW,
  parameterBody,
  rowOf,
  seededTables,
  USER_ID,
} from './support/seeded-tables.js';

const ID = '0199d1a2-0000-4000-8000-000000000001';
const INSTANT = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}Z$/;

describe('a create', () => {
  it('fills in what the body leaves out, and what only the platform knows', () => {
    const tables = seededTables();
    const id = created(tables, 'customapi', apiBody());
    expect(tables.find('customapi', id)).toMatchObject({
      customapiid: id,
      bindingtype: 0,
      isfunction: false,
      boundentitylogicalname: null,
      iscustomizable: true,
      statecode: 0,
      statuscode: 1,
      componentstate: 0,
      ismanaged: false,
      solutionid: ACTIVE_SOLUTION_ID,
      createdby: USER_ID,
      ownerid: USER_ID,
      createdon: expect.stringMatching(INSTANT),
      versionnumber: expect.any(Number),
    });
  });

  it('takes the id that the client names', () => {
    const tables = seededTables();
    expect(created(tables, 'catalog', catalogBody({ catalogid: ID.toUpperCase() }))).toBe(ID);
    expect(tables.find('catalog', ID.toUpperCase())).toMatchObject({ uniquename: 'contoso_Sales' });
  });

  it('passes over columns that only the platform sets, and over annotations', () => {
    const tables = seededTables();
    const body = catalogBody({ ismanaged: true, createdon: '2020-01-01T00:00:00Z', '@odata.type': 'x', 'name@x.y': 1 });
    expect(tables.find('catalog', created(tables, 'catalog', body))).toMatchObject({
      ismanaged: false,
      createdon: expect.not.stringMatching(/^2020/),
    });
  });

  it('gives an id where the body names none, or null', () => {
    const tables = seededTables();
    expect(created(tables, 'catalog', catalogBody({ catalogid: null }))).toMatch(/^[0-9a-f-]{36}$/);
  });

  it('passes over relationships that only the platform sets', () => {
    const tables = seededTables();
    const { sdkmessageid } = rowOf(tables, 'sdkmessage', { name: 'Create' });
    const id = created(tables, 'customapi', apiBody({ 'SdkMessageId@odata.bind': `sdkmessages(${sdkmessageid})` }));
    expect(tables.find('customapi', id)?.sdkmessageid).not.toBe(sdkmessageid);
  });

  it('stores an empty text as null', () => {
    const tables = seededTables();
    const id = created(tables, 'publisher', {
      uniquename: 'p',
      friendlyname: 'P',
      customizationprefix: 'abc',
      description: '',
    });
    expect(tables.find('publisher', id)?.description).toBeNull();
  });

  it('creates parameters and properties within their custom API', () => {
    const tables = seededTables();
    const api = apiBody({
      CustomAPIRequestParameters: [parameterBody(), parameterBody({ uniquename: 'Note', isoptional: true })],
      CustomAPIResponseProperties: [{ ...parameterBody({ uniquename: 'Answer' }), isoptional: undefined }].map(
        ({ isoptional, ...property }) => property,
      ),
    });
    const id = created(tables, 'customapi', api);
    expect(tables.rows('customapirequestparameter')).toMatchObject([
      { customapiid: id, uniquename: 'OrderId', type: 10, isoptional: false },
      { customapiid: id, uniquename: 'Note', isoptional: true },
    ]);
    expect(tables.rows('customapiresponseproperty')).toMatchObject([{ customapiid: id, uniquename: 'Answer' }]);
  });

  it('creates categories within their catalog', () => {
    const tables = seededTables();
    const id = created(
      tables,
      'catalog',
      catalogBody({ SubCatalogs: [catalogBody({ uniquename: 'contoso_Sales_Orders' })] }),
    );
    expect(rowOf(tables, 'catalog', { uniquename: 'contoso_Sales_Orders' }).parentcatalogid).toBe(id);
  });

  it('leaves nothing behind where something below is refused', () => {
    const tables = seededTables();
    const { revision } = tables;
    const parameters = [parameterBody(), parameterBody({ uniquename: 'Other', type: 13 })];
    const before = tables.definitions.map(({ logicalName }) => tables.rows(logicalName).length);
    expect(tables.create('customapi', apiBody({ CustomAPIRequestParameters: parameters }), HOW)).toMatchObject({
      kind: 'refused',
      code: '0x8004431a',
    });
    expect(tables.definitions.map(({ logicalName }) => tables.rows(logicalName).length)).toEqual(before);
    expect(tables.revision).toBeGreaterThan(revision);
  });
});

describe('a value', () => {
  const refused: readonly (readonly [string, string, unknown, string, RegExp])[] = [
    [
      'of an unknown column',
      'colour',
      'red',
      '0x80048d19',
      /Invalid property 'colour' was found in entity 'Microsoft.Dynamics.CRM.customapi'/,
    ],
    ['of a column in the wrong case', 'Name', 'x', '0x80048d19', /Invalid property 'Name'/],
    ['that is no text', 'name', 7, '0x80048d19', /Cannot convert the literal '7' to the expected type 'Edm.String'/],
    [
      'that is too long',
      'description',
      'x'.repeat(301),
      '0x80044331',
      /'description' attribute of the 'customapi' entity exceeded the maximum allowed length of '300'/,
    ],
    ['that is no boolean', 'isprivate', 'true', '0x80048d19', /'Edm.Boolean'/],
    ['that is no number', 'bindingtype', '0', '0x80048d19', /'Edm.Int32'/],
    ['that is no whole number', 'bindingtype', 0.5, '0x80048d19', /'Edm.Int32'/],
    ['that is no option', 'bindingtype', 3, '0x8004431a', /outside the valid range/],
    ['that is no GUID', 'customapiid', 'x', '0x80048d19', /'Edm.Guid'/],
    ['that is no managed property', 'iscustomizable', true, '0x80048d19', /ManagedProperty/],
    [
      'that is null in a required column',
      'displayname',
      null,
      '0x80040203',
      /Required field 'displayname' is missing for RequestName='CreateCustomAPI'/,
    ],
    ['that is empty in a required column', 'description', '', '0x80040203', /Required field 'description'/],
    ['that is no list of rows', 'CustomAPIRequestParameters', {}, '0x80048d19', /StartArray/],
    ['that is no row', 'CustomAPIRequestParameters', [7], '0x80048d19', /StartObject/],
  ];
  it.each(refused)('%s is refused', (_case, name, value, code, message) => {
    expect(seededTables().create('customapi', apiBody({ [name]: value }), HOW)).toEqual({
      kind: 'refused',
      status: 400,
      code,
      message: expect.stringMatching(message),
    });
  });

  it.each([
    ['customizationoptionvalueprefix', 2 ** 31, '0x8004431a'],
    ['customizationoptionvalueprefix', -(2 ** 31), null],
    ['customizationoptionvalueprefix', 2 ** 31 - 1, null],
  ])('in %s of %j: %s', (column, value, code) => {
    const body = { uniquename: 'p', friendlyname: 'P', customizationprefix: 'abc', [column]: value };
    expect(seededTables().create('publisher', body, HOW)).toMatchObject(code === null ? { kind: 'done' } : { code });
  });

  it.each([
    ['2026-11-22T10:00:00Z', '2026-11-22T10:00:00Z'],
    ['2026-11-22T11:30:00.5+01:30', '2026-11-22T10:00:00Z'],
    ['2026-11-22', null],
    ['22 November 2026', null],
    ['2026-13-22T10:00:00Z', null],
  ])('that is the instant %s is stored as %j', (postponeuntil, stored) => {
    const tables = seededTables();
    const id = `${tables.putRow('asyncoperation', {}).asyncoperationid}`;
    const result = tables.update(['asyncoperation', id], { postponeuntil }, HOW);
    expect(result).toMatchObject(stored === null ? { code: '0x80048d19' } : { kind: 'done' });
    expect(tables.find('asyncoperation', id)?.postponeuntil).toBe(stored);
  });

  it.each([null, [], 'text', 7])('of a body that is %j is refused', (body) => {
    expect(seededTables().create('customapi', body, HOW)).toMatchObject({ status: 400, code: '0x80048d19' });
  });

  it('of the greatest length is taken', () => {
    const tables = seededTables();
    expect(created(tables, 'customapi', apiBody({ description: 'ü'.repeat(300) }))).toEqual(expect.any(String));
  });
});

describe('a second row', () => {
  it('with an id that is taken is refused, so that a lost answer can be told from a failure', () => {
    const tables = seededTables();
    created(tables, 'catalog', catalogBody({ catalogid: ID }));
    expect(tables.create('catalog', catalogBody({ catalogid: ID, uniquename: 'contoso_Other' }), HOW)).toMatchObject({
      status: 412,
      code: '0x80040237',
    });
  });

  it('with a unique name that is taken is refused, in whatever case', () => {
    const tables = seededTables();
    created(tables, 'catalog', catalogBody());
    const twin = catalogBody({ uniquename: 'contoso_SALES' });
    expect(tables.create('catalog', twin, HOW)).toMatchObject({ status: 412, code: '0x80060892' });
  });

  it('of one parameter name is refused within one custom API, not in another', () => {
    const tables = seededTables();
    const [one, other] = ['contoso_One', 'contoso_Other'].map((uniquename) =>
      created(tables, 'customapi', apiBody({ uniquename })),
    );
    const of = (id: string | undefined) => parameterBody({ 'CustomAPIId@odata.bind': `customapis(${id})` });
    created(tables, 'customapirequestparameter', of(one));
    expect(tables.create('customapirequestparameter', of(one), HOW)).toMatchObject({ status: 412, code: '0x80060892' });
    expect(tables.create('customapirequestparameter', of(other), HOW)).toMatchObject({ kind: 'done' });
  });
});

it.each([
  'sdkmessage',
  'sdkmessagefilter',
  'solutioncomponent',
  'asyncoperation',
  'privilege',
  'entity',
  'workflow',
  'plugintype',
])('a %s cannot be created', (table) => {
  expect(seededTables().create(table, { name: 'x' }, HOW)).toMatchObject({ status: 405, code: '0x80040800' });
});
