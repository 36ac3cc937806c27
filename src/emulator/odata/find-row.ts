import { sameCell } from '../tables/same-cell.js';
import type { Cell, Row, TableDefinition } from '../tables/table-definition.js';
import { ODataError } from './odata.error.js';
import { prepareExpression } from './prepared-expression.js';
import { readLiteral } from './read-literal.js';
import { splitOutside } from './split-outside.js';
import type { TableSource } from './table-source.js';

/** How an address names a row. */
export type RowKey =
  | { readonly kind: 'id'; readonly id: string }
  | { readonly kind: 'alternate'; readonly cells: ReadonlyMap<string, Cell> };

/**
 * Reads the key in parentheses behind the name of a set. `aliases` are the query's `@name=value`. Throws an
 * `ODataError`.
 */
export function readKey(inside: string, table: TableDefinition, aliases: ReadonlyMap<string, string>): RowKey {
  const [only = '', ...others] = splitOutside(inside, ',');
  if (others.length === 0 && !only.includes('=')) return { kind: 'id', id: idOf(readCell(only, aliases), inside) };
  const cells = new Map([only, ...others].map((pair) => readPair(pair, aliases)));
  if (cells.size === 1 && cells.has(table.primaryKey))
    return { kind: 'id', id: idOf(cells.get(table.primaryKey) ?? null, inside) };
  const keys = table.alternateKeys ?? [];
  if (keys.some((key) => key.length === cells.size && key.every((column) => cells.has(column)))) {
    return { kind: 'alternate', cells };
  }
  const message = `The specified key attributes are not a defined key for the ${table.logicalName} entity`;
  throw new ODataError(message, '0x80060888');
}

/** The row that a key means, or null. */
export function findRow(key: RowKey, table: TableDefinition, source: Pick<TableSource, 'find' | 'rows'>): Row | null {
  if (key.kind === 'id') return source.find(table.logicalName, key.id);
  const cells = [...key.cells];
  return (
    source
      .rows(table.logicalName)
      .find((row) => cells.every(([column, cell]) => sameCell(row[column] ?? null, cell))) ?? null
  );
}

/** A lookup that is part of a key has the name that it is read by: `_customapiid_value`. */
function readPair(pair: string, aliases: ReadonlyMap<string, string>): readonly [string, Cell] {
  const at = pair.indexOf('=');
  const name = pair.slice(0, at).trim();
  return [/^_(.+)_value$/.exec(name)?.[1] ?? name, readCell(pair.slice(at + 1).trim(), aliases)];
}

function readCell(text: string, aliases: ReadonlyMap<string, string>): Cell {
  const given = text.startsWith('@') ? (aliases.get(text)?.trim() ?? 'null') : text;
  const prepared = prepareExpression(given);
  const [string] = prepared?.strings ?? [];
  if (prepared?.text === "'0'" && string !== undefined) return string;
  const literal = readLiteral(given);
  if (literal === null) throw new ODataError(`Bad Request - Error in query syntax: '${text}'.`, '0x80060888');
  return literal.value;
}

function idOf(cell: Cell, inside: string): string {
  if (typeof cell === 'string' && readLiteral(cell)?.type === 'guid') return cell.toLowerCase();
  throw new ODataError(`Expected a row's id and found '${inside}'.`, '0x80060888');
}
