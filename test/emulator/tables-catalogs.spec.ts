import { describe, expect, it } from '@jest/globals';
import { apiBody, catalogBody, created, HOW, rowOf, seededTables } from './support/seeded-tables.js';

describe('a catalog', () => {
  it('has two levels at most, however they are created', () => {
    const tables = seededTables();
    const root = created(tables, 'catalog', catalogBody());
    const below = (id: string, name: string) =>
      catalogBody({ uniquename: `contoso_${name}`, 'ParentCatalogId@odata.bind': `catalogs(${id})` });
    const category = created(tables, 'catalog', below(root, 'Orders'));
    expect(tables.create('catalog', below(category, 'Web'), HOW)).toMatchObject({
      status: 400,
      message: expect.stringMatching(/two levels/),
    });
    const nested = catalogBody({
      uniquename: 'contoso_A',
      SubCatalogs: [catalogBody({ uniquename: 'contoso_B', SubCatalogs: [catalogBody({ uniquename: 'contoso_C' })] })],
    });
    expect(tables.create('catalog', nested, HOW)).toMatchObject({
      status: 400,
      message: expect.stringMatching(/two levels/),
    });
    expect(tables.rows('catalog')).toHaveLength(2);
  });

  const refused: readonly (readonly [string, Record<string, unknown>, RegExp])[] = [
    ['with a space in its name', { uniquename: 'contoso_My Sales' }, /not valid/],
    ['with a description over 100 characters', { description: 'x'.repeat(101) }, /'100'/],
    ['without display name', { displayname: null }, /'displayname' is missing/],
    ['with its assignments', { Catalog_CatalogAssignment: [{ name: 'x' }] }, /individually/],
  ];
  it.each(refused)('%s is refused', (_case, more, message) => {
    expect(seededTables().create('catalog', catalogBody(more), HOW)).toMatchObject({
      status: 400,
      message: expect.stringMatching(message),
    });
  });
});

describe('an assignment', () => {
  function withCategory() {
    const tables = seededTables();
    const root = created(tables, 'catalog', catalogBody());
    const bind = { 'ParentCatalogId@odata.bind': `catalogs(${root})` };
    const category = created(tables, 'catalog', catalogBody({ uniquename: 'contoso_Orders', ...bind }));
    const api = created(tables, 'customapi', apiBody());
    const inCategory = { 'CatalogId@odata.bind': `catalogs(${category})` };
    return { tables, root, category, api, inCategory };
  }

  it('is of a custom API, a table or a process action', () => {
    const { tables, api, inCategory } = withCategory();
    const { entityid = null } = rowOf(tables, 'entity', { logicalname: 'account' });
    const { workflowid = null } = tables.putRow('workflow', { name: 'Approve', category: 3 });
    const objects = [
      ['CustomAPIId', `customapis(${api})`, 'customapi', api],
      ['EntityId', `entities(${entityid})`, 'entity', entityid],
      ['WorkflowId', `workflows(${workflowid})`, 'workflow', workflowid],
    ] as const;
    for (const [navigation, address, objectidtype, object] of objects) {
      const id = created(tables, 'catalogassignment', { ...inCategory, [`${navigation}@odata.bind`]: address });
      expect(tables.find('catalogassignment', id)).toMatchObject({ object, objectidtype });
    }
  });

  it('needs no name', () => {
    const { tables, api, inCategory } = withCategory();
    const id = created(tables, 'catalogassignment', { ...inCategory, 'CustomAPIId@odata.bind': `customapis(${api})` });
    expect(tables.find('catalogassignment', id)?.name).toBeNull();
  });

  it('to a root catalog is refused', () => {
    const { tables, api, root } = withCategory();
    const body = { 'CatalogId@odata.bind': `catalogs(${root})`, 'CustomAPIId@odata.bind': `customapis(${api})` };
    expect(tables.create('catalogassignment', body, HOW)).toMatchObject({
      status: 400,
      message: expect.stringMatching(/second-level/),
    });
  });

  it('of one object to one category is refused the second time', () => {
    const { tables, api, inCategory } = withCategory();
    const body = { ...inCategory, 'CustomAPIId@odata.bind': `customapis(${api})` };
    created(tables, 'catalogassignment', body);
    expect(tables.create('catalogassignment', body, HOW)).toMatchObject({ status: 412, code: '0x80060892' });
  });

  it('that points to nothing any more is no second one of another', () => {
    const { tables, api, inCategory } = withCategory();
    for (const uniquename of ['contoso_A', 'contoso_B']) {
      const other = created(tables, 'customapi', apiBody({ uniquename }));
      created(tables, 'catalogassignment', { ...inCategory, 'CustomAPIId@odata.bind': `customapis(${other})` });
      tables.delete(['customapi', other], HOW);
    }
    const orphans = tables.rows('catalogassignment');
    expect(orphans.map(({ object }) => object)).toEqual([null, null]);
    const renamed = tables.update(['catalogassignment', `${orphans[0]?.catalogassignmentid}`], { name: 'x' }, HOW);
    expect(renamed).toMatchObject({ kind: 'refused', message: expect.stringContaining("'object'") });
    expect(tables.find('customapi', api)).not.toBeNull();
  });

  it('of a function is refused', () => {
    const { tables, inCategory } = withCategory();
    const api = created(tables, 'customapi', apiBody({ uniquename: 'contoso_Get', isfunction: true }));
    const body = { ...inCategory, 'CustomAPIId@odata.bind': `customapis(${api})` };
    expect(tables.create('catalogassignment', body, HOW)).toMatchObject({
      status: 400,
      message: expect.stringMatching(/function/),
    });
  });

  it('of a workflow that is no action is refused', () => {
    const { tables, inCategory } = withCategory();
    const { workflowid } = tables.putRow('workflow', { name: 'Flow', category: 5 });
    const body = { ...inCategory, 'WorkflowId@odata.bind': `workflows(${workflowid})` };
    expect(tables.create('catalogassignment', body, HOW)).toMatchObject({
      status: 400,
      message: expect.stringMatching(/process actions/),
    });
  });

  it.each(['object', 'catalogid'])('without %s is refused', (column) => {
    const { tables, api, inCategory } = withCategory();
    const body = column === 'object' ? inCategory : { 'CustomAPIId@odata.bind': `customapis(${api})` };
    expect(tables.create('catalogassignment', body, HOW)).toMatchObject({
      status: 400,
      message: expect.stringContaining(`'${column}'`),
    });
  });

  it('cannot be created within its custom API', () => {
    const { tables } = withCategory();
    const body = apiBody({ uniquename: 'contoso_Other', CatalogAssignments: [{ name: 'x' }] });
    expect(tables.create('customapi', body, HOW)).toMatchObject({
      status: 400,
      message: expect.stringMatching(/individually/),
    });
  });
});
