import { describe, expect, it } from '@jest/globals';
import type { CatalogPlace, EventDefinition } from '../../../contract/event-definition.js';
import { wishedStateFor } from './wished-state-for.js';

const OPTIONS = { prefix: 'contoso', solution: null };

function definition(name: string, catalog: CatalogPlace, messageName: string | null = null): EventDefinition {
  return {
    type: name,
    name,
    version: 1,
    slug: name.toLowerCase(),
    summary: 'Something happened.',
    catalog,
    key: 'id',
    source: null,
    orderingKey: null,
    whenDead: 'continue',
    example: {},
    messageName,
    displayName: null,
    fields: [],
    eventClass: class {},
  };
}

function uniqueNames(catalog: CatalogPlace): readonly string[] {
  return wishedStateFor([definition('Sale', catalog)], OPTIONS).catalogs.map(({ uniqueName }) => uniqueName);
}

describe('unique names of catalogs', () => {
  it.each([
    [
      { root: 'Contoso Sales', category: 'Customer events' },
      ['contoso_ContosoSales', 'contoso_ContosoSales_CustomerEvents'],
    ],
    [{ root: 'Käufe & Retouren', category: '24/7' }, ['contoso_KaufeRetouren', 'contoso_KaufeRetouren_247']],
    [{ root: 'Sales', category: 'All', rootName: 'Base' }, ['contoso_Base', 'contoso_Base_All']],
    [{ root: 'Sales', category: 'All', rootName: 'Base', categoryName: 'Every' }, ['contoso_Base', 'contoso_Every']],
  ])('of %j are %j', (catalog, names) => {
    expect(uniqueNames(catalog)).toEqual(names);
  });

  it.each([
    [{ root: '販売', category: 'All' }, 'no letter a-z and no digit'],
    [{ root: 'Sales'.repeat(15), category: 'Customers'.repeat(8) }, 'Dataverse takes 128'],
  ])('of %j are refused', (catalog, why) => {
    expect(() => uniqueNames(catalog)).toThrow(why);
  });
});

describe('what several definitions wish', () => {
  const sales = { root: 'Sales', category: 'All' };

  it.each([
    ['one catalog in two spellings', { root: 'sales', category: 'All' }, 'would both be'],
    [
      'one category in two places',
      { root: 'Returns', category: 'All', categoryName: 'Sales_All' },
      'wished in two places',
    ],
  ])('is refused for %s', (_what, catalog, why) => {
    expect(() => wishedStateFor([definition('Sale', sales), definition('Return', catalog)], OPTIONS)).toThrow(why);
  });

  it('is refused for two descriptions of one catalog, and takes the one there is', () => {
    const described = (rootDescription: string) => definition(rootDescription, { ...sales, rootDescription });
    expect(() => wishedStateFor([described('One'), described('Two')], OPTIONS)).toThrow('in different words');
    const { catalogs } = wishedStateFor([definition('Sale', sales), described('One')], OPTIONS);
    expect(catalogs).toMatchObject([{ description: 'One' }, { uniqueName: 'contoso_Sales_All' }]);
  });

  it('is refused for one custom API, whatever the case of its letters', () => {
    const definitions = [definition('Sale', sales, 'OnSale'), definition('Return', sales, 'Onsale')];
    expect(() => wishedStateFor(definitions, OPTIONS)).toThrow('Sale and Return would share the custom API');
  });

  it('has each catalog once, roots before categories', () => {
    const definitions = ['One', 'Two'].map((category) => definition(category, { root: 'Sales', category }));
    const { catalogs } = wishedStateFor(
      [...definitions, definition('Three', { root: 'Sales', category: 'One' })],
      OPTIONS,
    );
    expect(catalogs.map(({ name }) => name)).toEqual(['Sales', 'One', 'Two']);
  });
});
