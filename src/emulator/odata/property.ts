import type { ColumnDefinition, LookupDefinition, TableDefinition } from '../tables/table-definition.js';

/** Something of a row that can be selected, compared and sorted by. */
export type Property =
  | { readonly kind: 'column'; readonly name: string; readonly column: ColumnDefinition }
  /** `_customapiid_value`: the id in a lookup, and the tables that it may belong to. */
  | {
      readonly kind: 'lookup';
      readonly name: string;
      readonly column: string;
      readonly lookups: readonly LookupDefinition[];
    };

/** The readable properties of a table, in the order of the definition: no secret, and the primary key first. */
export function propertiesOf(table: TableDefinition): ReadonlyMap<string, Property> {
  const key: ColumnDefinition = { name: table.primaryKey, type: 'guid' };
  const columns = [key, ...table.columns.filter(({ name }) => name !== key.name)]
    .filter(({ readable = true }) => readable)
    .map((column) => ({ kind: 'column', name: column.name, column }) as const);
  const lookups = [...new Set(table.lookups.map(({ column }) => column))].map(
    (column) =>
      ({
        kind: 'lookup',
        name: `_${column}_value`,
        column,
        lookups: table.lookups.filter((lookup) => lookup.column === column),
      }) as const,
  );
  return new Map([...columns, ...lookups].map((property) => [property.name, property]));
}
