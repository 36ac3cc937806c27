import type { Row, TableDefinition } from '../tables/table-definition.js';
import { notFound, notFoundByKey } from '../tables/writes/refusals.js';
import { findRow, type RowKey, readKey } from './find-row.js';
import type { Navigation } from './navigation.js';
import { ODataError, unknownSegment } from './odata.error.js';
import type { Property } from './property.js';
import type { Relations } from './relations.js';
import type { PathStep } from './resource-path.js';
import type { Vocabulary } from './vocabulary.js';

/** The row that a navigation property was followed from. */
export interface Origin {
  readonly table: TableDefinition;
  readonly row: Row;
  readonly navigation: string;
}

/** Where a path leads to. */
export type Place =
  /** A set, or the rows of a collection: then `origin` is the row that has it. */
  | {
      readonly kind: 'rows';
      readonly table: TableDefinition;
      readonly rows: readonly Row[];
      readonly origin: Origin | null;
    }
  /** One row; null where there is none of this key, or where a lookup is empty. */
  | {
      readonly kind: 'row';
      readonly table: TableDefinition;
      readonly row: Row | null;
      readonly key: RowKey | null;
      readonly origin: Origin | null;
    }
  | { readonly kind: 'property'; readonly table: TableDefinition; readonly row: Row; readonly property: Property };

/** Where names and rows are looked up, and the query's part of the keys in the path. */
export interface Ground {
  readonly vocabulary: Vocabulary;
  readonly relations: Relations;
  readonly aliases: ReadonlyMap<string, string>;
}

/** Follows a path from a set through keys, navigation properties and columns. Throws an `ODataError` where it leads nowhere. */
export function followPath([first, ...others]: readonly PathStep[], ground: Ground): Place {
  const { source } = ground.vocabulary;
  const table = first === undefined ? null : source.definition(first.name);
  if (first === undefined || table === null || table.setName !== first.name) return unknownSegment(first?.name ?? '');
  const set: Place = { kind: 'rows', table, rows: source.rows(table.logicalName), origin: null };
  const start = first.inside === null ? set : keyed(set, first.inside, ground);
  return others.reduce((place, step) => follow(place, step, ground), start);
}

function follow(place: Place, { name, inside }: PathStep, ground: Ground): Place {
  if (place.kind !== 'row') return unknownSegment(name);
  const { table, row, key } = place;
  const navigation = ground.vocabulary.navigations(table).get(name);
  const property = ground.vocabulary.properties(table).get(name);
  if (navigation === undefined && property === undefined) return unknownSegment(name);
  if (row === null) return noRow(table, key);
  if (navigation === undefined) return { kind: 'property', table, row, property: property ?? unknownSegment(name) };
  const next = behind(navigation, { table, row, navigation: name }, ground);
  return inside === null ? next : keyed(next, inside, ground);
}

function behind(navigation: Navigation, origin: Origin, { relations }: Ground): Place {
  const { target: table } = navigation;
  if (navigation.kind === 'single') {
    return { kind: 'row', table, row: relations.one(origin.row, navigation), key: null, origin };
  }
  return { kind: 'rows', table, rows: relations.many(origin.row[origin.table.primaryKey], navigation), origin };
}

function keyed(place: Place, inside: string, ground: Ground): Place {
  if (place.kind !== 'rows') return unknownSegment(inside);
  const { table, rows, origin } = place;
  const key = readKey(inside, table, ground.aliases);
  const row = findRow(key, table, ground.vocabulary.source);
  const isThere = row !== null && (origin === null || rows.includes(row));
  return { kind: 'row', table, row: isThere ? row : null, key, origin };
}

/** The refusal of a request whose row is not there. */
export function noRow(table: TableDefinition, key: RowKey | null): never {
  const { message, code, status } = key?.kind === 'id' ? notFound(table, key.id) : notFoundByKey(table);
  throw new ODataError(message, code, status);
}
