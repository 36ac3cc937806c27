import type { Cell, Row, TableDefinition } from '../tables/table-definition.js';
import type { ValueType } from './compare-cells.js';
import type { Navigation } from './navigation.js';
import { ODataError } from './odata.error.js';
import type { Path } from './query.js';
import type { Relations } from './relations.js';
import { valueTypeOf } from './value-type.js';
import type { Vocabulary } from './vocabulary.js';

/** A row under test, and the rows for the variables of lambdas. */
export interface Scope {
  readonly row: Row;
  readonly variables: ReadonlyMap<string, Row>;
}

/** Where the names in an expression are looked up. */
export interface Binding {
  readonly vocabulary: Vocabulary;
  readonly relations: Relations;
  readonly table: TableDefinition;
  readonly variables: ReadonlyMap<string, TableDefinition>;
}

/** A typed value that can be read from any row in scope. */
export interface BoundValue {
  /** Null for the literal null, which can be compared with everything. */
  readonly type: ValueType | null;
  readonly read: (scope: Scope) => Cell;
}

/** Resolves a path, once for all rows. Throws an `ODataError` where it leads nowhere. */
export function bindValue(path: Path, binding: Binding): BoundValue {
  const plain = path.length > 1 && path.at(-1) === 'Value' ? managedProperty(path.slice(0, -1), binding) : null;
  if (plain !== null) return plain;
  const { table, row } = bindRow(path.slice(0, -1), binding);
  const property = binding.vocabulary.property(table, path.at(-1) ?? '');
  const column = property.kind === 'column' ? property.name : property.column;
  const type = property.kind === 'column' ? valueTypeOf(property.column) : 'guid';
  return { type, read: (scope) => row(scope)?.[column] ?? null };
}

/** Resolves a path that ends in a collection to its rows. */
export function bindCollection(
  path: Path,
  binding: Binding,
): { readonly target: TableDefinition; readonly read: (scope: Scope) => readonly Row[] } {
  const { table, row } = bindRow(path.slice(0, -1), binding);
  const navigation = binding.vocabulary.navigation(table, path.at(-1) ?? '');
  if (navigation.kind === 'single') {
    throw new ODataError('Any/All may only be used following a collection.');
  }
  const read = (scope: Scope) => {
    const id = row(scope)?.[table.primaryKey];
    return id === undefined ? [] : binding.relations.many(id, navigation);
  };
  return { target: navigation.target, read };
}

/** `iscustomizable/Value`: the boolean inside of a managed property. Null where the path is none. */
function managedProperty(path: Path, binding: Binding): BoundValue | null {
  const { table, row } = bindRow(path.slice(0, -1), binding);
  const property = binding.vocabulary.properties(table).get(path.at(-1) ?? '');
  if (property?.kind !== 'column' || property.column.type !== 'managed-property') return null;
  return { type: 'boolean', read: (scope) => row(scope)?.[property.name] ?? null };
}

interface BoundRow {
  readonly table: TableDefinition;
  readonly row: (scope: Scope) => Row | null;
}

function bindRow(path: Path, binding: Binding): BoundRow {
  const [first = '', ...others] = path;
  const variable = binding.variables.get(first);
  const start: BoundRow =
    variable === undefined
      ? { table: binding.table, row: ({ row }) => row }
      : { table: variable, row: ({ variables }) => variables.get(first) ?? null };
  const steps = variable === undefined ? path : others;
  return steps.reduce((from, name) => step(from, singleOf(from.table, name, binding), binding), start);
}

function step(from: BoundRow, navigation: Extract<Navigation, { kind: 'single' }>, { relations }: Binding): BoundRow {
  const row = (scope: Scope) => {
    const before = from.row(scope);
    return before === null ? null : relations.one(before, navigation);
  };
  return { table: navigation.target, row };
}

function singleOf(
  table: TableDefinition,
  name: string,
  { vocabulary }: Binding,
): Extract<Navigation, { kind: 'single' }> {
  const navigation = vocabulary.navigation(table, name);
  if (navigation.kind === 'single') return navigation;
  throw new ODataError(`The collection '${name}' can only be followed by any or all.`);
}
