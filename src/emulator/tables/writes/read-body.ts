import { findRow } from '../../odata/find-row.js';
import { readRowAddress } from '../../odata/row-address.js';
import type { CollectionDefinition } from '../schema.js';
import type { Cell, ColumnDefinition, LookupDefinition, TableDefinition } from '../table-definition.js';
import type { Refusal } from '../write-result.js';
import { readCell } from './read-cell.js';
import {
  immutable,
  invalid,
  lookupWrittenDirectly,
  notFound,
  notFoundByKey,
  unknownNavigation,
  unknownProperty,
  unreadable,
  wrongTarget,
} from './refusals.js';
import type { WriteScope } from './write-scope.js';

/** A body after reading: the cells it sets, and the rows to create below. */
export interface ReadBody {
  readonly kind: 'read';
  readonly cells: Readonly<Record<string, Cell>>;
  readonly children: readonly Children[];
}

/** Rows to be created with the row that they will point to. */
export interface Children {
  readonly collection: CollectionDefinition;
  readonly bodies: readonly unknown[];
}

type Outcome = Refusal | null;
type Verb = 'create' | 'update';

/** Reads the body of a create or an update against its table; the first fault is the refusal. */
export function readBody(
  scope: WriteScope,
  table: TableDefinition,
  given: { readonly body: unknown; readonly verb: Verb },
): ReadBody | { readonly kind: 'refused'; readonly refusal: Refusal } {
  const { body, verb } = given;
  if (typeof body !== 'object' || body === null || Array.isArray(body)) {
    const exception = "Microsoft.OData.ODataException: A 'StartObject' node was expected.";
    return { kind: 'refused', refusal: unreadable(table, exception) };
  }
  const reader = new BodyReader(scope, table, verb);
  for (const [name, value] of Object.entries(body)) {
    const refusal = reader.take(name, value);
    if (refusal !== null) return { kind: 'refused', refusal };
  }
  return { kind: 'read', cells: reader.cells, children: reader.children };
}

class BodyReader {
  readonly cells: Record<string, Cell> = {};
  readonly children: Children[] = [];

  constructor(
    private readonly scope: WriteScope,
    private readonly table: TableDefinition,
    private readonly verb: Verb,
  ) {}

  take(name: string, value: unknown): Outcome {
    if (name.endsWith('@odata.bind')) return this.#bind(name.slice(0, -'@odata.bind'.length), value);
    if (name.includes('@')) return null;
    const column = this.table.columns.find((candidate) => candidate.name === name);
    if (column !== undefined) return this.#cell(column, value);
    if (
      this.table.lookups.some((lookup) => name === lookup.column && name !== lookup.navigation) ||
      /^_\w+_value$/.test(name)
    ) {
      return lookupWrittenDirectly();
    }
    return this.#navigation(name, value);
  }

  #cell(column: ColumnDefinition, value: unknown): Outcome {
    const { name, onCreate = true, onUpdate = true } = column;
    if (this.verb === 'create' ? !onCreate : !onUpdate && !onCreate) return null;
    if (this.verb === 'update' && name === this.table.primaryKey) return null;
    if (this.verb === 'update' && !onUpdate) return this.#fixed(name);
    const read = readCell(this.table, column, value);
    if (read.kind === 'refused') return read.refusal;
    this.cells[name] = read.cell;
    return null;
  }

  #fixed(name: string): Outcome {
    return this.scope.points.immutableColumns === 'refused' ? immutable(this.table, name) : null;
  }

  #navigation(name: string, value: unknown): Outcome {
    const lookup = this.table.lookups.find(({ navigation }) => navigation === name);
    if (lookup !== undefined && value === null) return this.#link(lookup, null);
    if (lookup !== undefined) return lookupWrittenDirectly();
    const collection = this.scope.schema
      .collectionsOf(this.table.logicalName)
      .find((candidate) => candidate.lookup.collection === name);
    if (collection === undefined) return unknownProperty(this.table, name);
    if (this.verb === 'update' || collection.lookup.deepInsert !== true) {
      return invalid(
        `Rows of '${collection.table.logicalName}' cannot be written within '${name}'; create them individually.`,
      );
    }
    if (!Array.isArray(value))
      return unreadable(this.table, "Microsoft.OData.ODataException: A 'StartArray' node was expected.");
    this.children.push({ collection, bodies: value });
    return null;
  }

  #bind(navigation: string, value: unknown): Outcome {
    const lookup = this.table.lookups.find((candidate) => candidate.navigation === navigation);
    if (lookup === undefined) return unknownNavigation(this.table, navigation);
    if (value === null) return this.#link(lookup, null);
    const { rows, schema } = this.scope;
    const target = schema.get(lookup.target);
    const key = typeof value === 'string' ? readRowAddress(value, target) : null;
    if (key === null) return wrongTarget(this.table, lookup, `${value}`);
    const row = findRow(key, target, { find: (name, id) => rows.find(name, id), rows: (name) => rows.of(name) });
    if (row !== null) return this.#link(lookup, row[target.primaryKey] ?? null);
    return key.kind === 'id' ? notFound(target, key.id) : notFoundByKey(target);
  }

  #link(lookup: LookupDefinition, id: Cell): Outcome {
    const { column, onCreate = true, onUpdate = true } = lookup;
    if (!onCreate) return null;
    if (this.verb === 'update' && !onUpdate) return this.#fixed(column);
    this.cells[column] = id;
    return null;
  }
}
