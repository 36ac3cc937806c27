import { describe, expect, it } from '@jest/globals';
import { Schema } from './schema.js';
import type { TableDefinition } from './table-definition.js';

const schema = new Schema();
const tables = schema.definitions.map((table) => [table.logicalName, table] as const);

function columnsOf({ columns, lookups }: TableDefinition): readonly string[] {
  return [...columns.map(({ name }) => name), ...new Set(lookups.map(({ column }) => column))];
}

describe.each(tables)('the definition of %s', (_name, table) => {
  it('names each column once, its primary key and primary name among them', () => {
    const columns = columnsOf(table);
    expect(columns.toSorted()).toEqual([...new Set(columns)].toSorted());
    expect(columns).toEqual(expect.arrayContaining([table.primaryKey, table.primaryName, 'versionnumber']));
  });

  it('points to tables that there are, by names that are its own', () => {
    const navigations = table.lookups.map(({ navigation }) => navigation);
    expect(navigations).toEqual([...new Set(navigations)]);
    for (const { target } of table.lookups) expect(schema.find(target)).not.toBeNull();
  });

  it('is pointed to by collections of different names', () => {
    const collections = schema.collectionsOf(table.logicalName).map(({ lookup }) => lookup.collection);
    expect(collections.toSorted()).toEqual([...new Set(collections)].toSorted());
  });

  it('makes alternate keys of columns that it has', () => {
    for (const columns of table.alternateKeys ?? [])
      expect(columnsOf(table)).toEqual(expect.arrayContaining([...columns]));
  });

  it('has defaults that its own columns take', () => {
    for (const { type, options, default: byDefault = null } of table.columns) {
      if (type === 'picklist' && byDefault !== null) expect(options).toContain(byDefault);
      if (type === 'boolean' && byDefault !== null) expect(typeof byDefault).toBe('boolean');
    }
  });
});

it('finds a table by its set and by its logical name', () => {
  expect(schema.find('customapis')).toBe(schema.get('customapi'));
  expect(schema.find('CustomAPIs')).toBeNull();
  expect(() => schema.get('nowhere')).toThrow(/'nowhere'/);
});

it('has associations between tables and columns that there are', () => {
  for (const { intersect, ends } of schema.associations) {
    const columns = columnsOf(schema.get(intersect));
    for (const { table, column } of ends) {
      expect(schema.find(table)).not.toBeNull();
      expect(columns).toContain(column);
    }
  }
});
