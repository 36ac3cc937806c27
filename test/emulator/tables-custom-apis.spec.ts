import { describe, expect, it } from '@jest/globals';
import { apiBody, created, HOW, parameterBody, rowOf, seededTables } from './support/seeded-tables.js';

const NAME = 'contoso_OnPurchase';

describe('creating a custom API', () => {
  const filters = [
    [{ allowedcustomprocessingsteptype: 0 }, { primaryobjecttypecode: 'none', iscustomprocessingstepallowed: false }],
    [{ allowedcustomprocessingsteptype: 1 }, { primaryobjecttypecode: 'none', iscustomprocessingstepallowed: true }],
    [{ allowedcustomprocessingsteptype: 2 }, { primaryobjecttypecode: 'none', iscustomprocessingstepallowed: true }],
    [
      { bindingtype: 1, boundentitylogicalname: 'account' },
      { primaryobjecttypecode: 'account', iscustomprocessingstepallowed: true },
    ],
  ] as const;
  it.each(filters)('%j creates its message with the filter %j', (more, filter) => {
    const tables = seededTables();
    const id = created(tables, 'customapi', apiBody(more));
    const { sdkmessageid = null } = rowOf(tables, 'sdkmessage', { name: NAME });
    expect(tables.find('customapi', id)?.sdkmessageid).toBe(sdkmessageid);
    expect(tables.rows('sdkmessagefilter').filter((row) => row.sdkmessageid === sdkmessageid)).toMatchObject([
      { ...filter, isvisible: true },
    ]);
  });

  it('creates no filter for a global one where the emulator is told so', () => {
    const tables = seededTables({ globalApiHasFilter: false });
    const filters = tables.rows('sdkmessagefilter').length;
    created(tables, 'customapi', apiBody());
    expect(tables.rows('sdkmessagefilter')).toHaveLength(filters);
    created(
      tables,
      'customapi',
      apiBody({ uniquename: 'contoso_Bound', bindingtype: 1, boundentitylogicalname: 'account' }),
    );
    expect(tables.rows('sdkmessagefilter')).toHaveLength(filters + 1);
  });

  it('hands on what its message shows of it, then and later', () => {
    const tables = seededTables();
    const id = created(tables, 'customapi', apiBody({ isprivate: true, executeprivilegename: 'prvReadAccount' }));
    expect(rowOf(tables, 'sdkmessage', { name: NAME })).toMatchObject({
      isprivate: true,
      executeprivilegename: 'prvReadAccount',
    });
    tables.update(['customapi', id], { isprivate: false, executeprivilegename: null }, HOW);
    expect(rowOf(tables, 'sdkmessage', { name: NAME })).toMatchObject({ isprivate: false, executeprivilegename: null });
  });

  const refused: readonly (readonly [string, Record<string, unknown>, number, RegExp])[] = [
    ['with the name of a system message', { uniquename: 'contoso_Clash' }, 412, /already exists/],
    ['with a space in its name', { uniquename: 'contoso_On Purchase' }, 400, /not valid/],
    ['with a dot in its name', { uniquename: 'contoso_On.Purchase' }, 400, /not valid/],
    ['that is global and bound', { boundentitylogicalname: 'account' }, 400, /must be empty/],
    ['that is bound to nothing', { bindingtype: 1 }, 400, /not a table/],
    ['that is bound to no table', { bindingtype: 2, boundentitylogicalname: 'nowhere' }, 400, /not a table/],
    ['that is a function for workflows', { isfunction: true, workflowsdkstepenabled: true }, 400, /workflow/],
    ['with a privilege that does not exist', { executeprivilegename: 'prvNo' }, 400, /'prvNo' does not exist/],
  ];
  it.each(refused)('%s is refused', (_case, more, status, message) => {
    const tables = seededTables();
    tables.putRow('sdkmessage', { name: 'CONTOSO_Clash' });
    expect(tables.create('customapi', apiBody(more), HOW)).toMatchObject({
      kind: 'refused',
      status,
      message: expect.stringMatching(message),
    });
  });
});

describe('a request parameter', () => {
  const refused: readonly (readonly [string, Record<string, unknown>, Record<string, unknown>, RegExp])[] = [
    ['with a dot in its name', { uniquename: 'Order.Id' }, {}, /reserved characters/],
    ['with a colon in its name', { uniquename: 'Order:Id' }, {}, /reserved characters/],
    ['of a plain type with a table', { logicalentityname: 'account' }, {}, /logicalentityname/],
    ['of an entity in a workflow', { type: 3 }, { workflowsdkstepenabled: true }, /workflow/],
    ['of a text array in a workflow', { type: 11 }, { workflowsdkstepenabled: true }, /workflow/],
    ['of a reference in a global workflow step', { type: 5 }, { workflowsdkstepenabled: true }, /workflow/],
    ['of an unknown type', { type: 13 }, {}, /outside the valid range/],
    ['without type', { type: null }, {}, /'type' is missing/],
  ];
  it.each(refused)('%s is refused', (_case, parameter, api, message) => {
    const body = apiBody({ ...api, CustomAPIRequestParameters: [parameterBody(parameter)] });
    expect(seededTables().create('customapi', body, HOW)).toMatchObject({
      kind: 'refused',
      status: 400,
      message: expect.stringMatching(message),
    });
  });

  it.each([
    [5, 'account'],
    [3, null],
    [4, 'contact'],
    [10, null],
  ])('of type %j with table %j is taken', (type, logicalentityname) => {
    const body = apiBody({ CustomAPIRequestParameters: [parameterBody({ type, logicalentityname })] });
    expect(seededTables().create('customapi', body, HOW)).toMatchObject({ kind: 'done' });
  });
});

it('refuses a response property that says whether it is optional', () => {
  const body = apiBody({ CustomAPIResponseProperties: [parameterBody()] });
  expect(seededTables().create('customapi', body, HOW)).toMatchObject({
    status: 400,
    message: expect.stringMatching(/Invalid property 'isoptional'/),
  });
});
