import { describe, expect, it } from '@jest/globals';
import {
  apiBody,
  catalogBody,
  created,
  HOW,
  parameterBody,
  rowOf,
  seededTables,
  stepBody,
  webhookBody,
} from './support/seeded-tables.js';

const NAME = 'contoso_OnPurchase';

/** A custom API with a parameter, a category it is assigned to, and a webhook. */
function provisioned() {
  const tables = seededTables();
  const api = created(tables, 'customapi', apiBody({ CustomAPIRequestParameters: [parameterBody()] }));
  const root = created(
    tables,
    'catalog',
    catalogBody({ SubCatalogs: [catalogBody({ uniquename: 'contoso_Sales_Orders' })] }),
  );
  const category = `${rowOf(tables, 'catalog', { parentcatalogid: root }).catalogid}`;
  const assignment = created(tables, 'catalogassignment', {
    'CustomAPIId@odata.bind': `customapis(${api})`,
    'CatalogId@odata.bind': `catalogs(${category})`,
  });
  const endpoint = created(tables, 'serviceendpoint', webhookBody());
  return { tables, api, root, category, assignment, endpoint };
}

describe('deleting a custom API', () => {
  it('takes its parameters, its message and that message’s filter along', () => {
    const { tables, api } = provisioned();
    expect(tables.delete(['customapi', api], HOW)).toEqual({ kind: 'done', id: api });
    expect(tables.rows('customapi')).toEqual([]);
    expect(tables.rows('customapirequestparameter')).toEqual([]);
    expect(tables.rows('sdkmessage').filter(({ name }) => name === NAME)).toEqual([]);
    const orphans = tables.rows('sdkmessagefilter').filter((row) => !tables.find('sdkmessage', `${row.sdkmessageid}`));
    expect(orphans).toEqual([]);
  });

  it('leaves its assignment behind, which then points to nothing and holds its category', () => {
    const { tables, api, assignment, category } = provisioned();
    tables.delete(['customapi', api], HOW);
    expect(tables.find('catalogassignment', assignment)?.object).toBeNull();
    expect(tables.delete(['catalog', category], HOW)).toMatchObject({ code: '0x8004f01f' });
  });

  it('is refused while a step hangs on its message, and then deletes nothing', () => {
    const { tables, api, endpoint } = provisioned();
    const step = created(tables, 'sdkmessageprocessingstep', stepBody(tables, { message: NAME, endpoint }));
    const counts = () => tables.definitions.map(({ logicalName }) => tables.rows(logicalName).length);
    const before = counts();
    const message = rowOf(tables, 'sdkmessage', { name: NAME }).sdkmessageid;
    expect(tables.delete(['customapi', api], HOW)).toEqual({
      kind: 'refused',
      status: 400,
      code: '0x8004f01f',
      message: `The SdkMessage(${message}) component cannot be deleted because it is referenced by 1 other components. For a list of referenced components, use the RetrieveDependenciesForDeleteRequest.`,
    });
    expect(counts()).toEqual(before);
    tables.delete(['sdkmessageprocessingstep', step], HOW);
    expect(tables.delete(['customapi', api], HOW)).toMatchObject({ kind: 'done' });
  });

  it('lets its name be used again', () => {
    const { tables, api } = provisioned();
    tables.delete(['customapi', api], HOW);
    expect(created(tables, 'customapi', apiBody())).not.toBe(api);
  });
});

describe('deleting', () => {
  it('a service endpoint takes its steps along, with their images and jobs', () => {
    const { tables, endpoint } = provisioned();
    const step = created(tables, 'sdkmessageprocessingstep', stepBody(tables, { message: NAME, endpoint }));
    tables.putRow('sdkmessageprocessingstepimage', { sdkmessageprocessingstepid: step });
    tables.putRow('asyncoperation', { owningextensionid: step });
    expect(tables.delete(['serviceendpoint', endpoint], HOW)).toMatchObject({ kind: 'done' });
    for (const table of ['sdkmessageprocessingstep', 'sdkmessageprocessingstepimage', 'asyncoperation']) {
      expect(tables.rows(table)).toEqual([]);
    }
  });

  it('a category is refused while something is assigned to it', () => {
    const { tables, category, assignment } = provisioned();
    expect(tables.delete(['catalog', category], HOW)).toMatchObject({ status: 400, code: '0x8004f01f' });
    tables.delete(['catalogassignment', assignment], HOW);
    expect(tables.delete(['catalog', category], HOW)).toMatchObject({ kind: 'done' });
  });

  it('a root takes its categories along, unless something is assigned to one', () => {
    const { tables, root, assignment } = provisioned();
    expect(tables.delete(['catalog', root], HOW)).toMatchObject({ code: '0x8004f01f' });
    expect(tables.rows('catalog')).toHaveLength(2);
    tables.delete(['catalogassignment', assignment], HOW);
    expect(tables.delete(['catalog', root], HOW)).toMatchObject({ kind: 'done' });
    expect(tables.rows('catalog')).toEqual([]);
  });

  it('a publisher is refused while it has solutions', () => {
    const { tables } = provisioned();
    const { publisherid } = rowOf(tables, 'publisher', { uniquename: 'contoso' });
    expect(tables.delete(['publisher', `${publisherid}`], HOW)).toMatchObject({ status: 405, code: '0x80040227' });
  });

  it('an unmanaged solution leaves its components where they are', () => {
    const { tables } = provisioned();
    const api = created(tables, 'customapi', apiBody({ uniquename: 'contoso_Other' }), {
      ...HOW,
      solution: 'BusinessEvents',
    });
    const { solutionid } = rowOf(tables, 'solution', { uniquename: 'BusinessEvents' });
    expect(tables.delete(['solution', `${solutionid}`], HOW)).toMatchObject({ kind: 'done' });
    expect(tables.rows('solutioncomponent').filter((row) => row.solutionid === solutionid)).toEqual([]);
    expect(tables.find('customapi', api)).not.toBeNull();
  });

  it.each(['Default', 'Active'])('the solution %s is refused', (uniquename) => {
    const { tables } = provisioned();
    const { solutionid } = rowOf(tables, 'solution', { uniquename });
    expect(tables.delete(['solution', `${solutionid}`], HOW)).toMatchObject({ status: 400, code: '0x8004f005' });
  });

  it('an enabled user is refused, a disabled one is not', () => {
    const { tables } = provisioned();
    const businessunitid = `${tables.rows('businessunit')[0]?.businessunitid}`;
    const id = created(tables, 'systemuser', {
      lastname: 'x',
      'businessunitid@odata.bind': `businessunits(${businessunitid})`,
    });
    expect(tables.delete(['systemuser', id], HOW)).toMatchObject({ kind: 'refused' });
    tables.update(['systemuser', id], { isdisabled: true }, HOW);
    expect(tables.delete(['systemuser', id], HOW)).toMatchObject({ kind: 'done' });
  });

  it('what is not there is refused', () => {
    const { tables } = provisioned();
    expect(tables.delete(['catalog', '0199d1a2-0000-4000-8000-000000000001'], HOW)).toMatchObject({
      status: 404,
      code: '0x80040217',
    });
  });

  it('a component takes it out of every solution', () => {
    const { tables, api } = provisioned();
    tables.delete(['customapi', api], HOW);
    expect(tables.rows('solutioncomponent').filter(({ objectid }) => objectid === api)).toEqual([]);
  });
});
