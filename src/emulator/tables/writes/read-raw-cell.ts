import { RowNotPossibleError } from '../row-not-possible.error.js';
import type { Cell, ColumnDefinition, TableDefinition } from '../table-definition.js';
import { isGuid } from './read-cell.js';

/** The type of value that each column can hold beside null, without any rule about the value. */
const HOLDS: Readonly<Record<ColumnDefinition['type'], { readonly what: string; fits(cell: Cell): boolean }>> = {
  string: { what: 'a text', fits: (cell) => typeof cell === 'string' },
  integer: { what: 'a whole number', fits: Number.isInteger },
  picklist: { what: 'a whole number', fits: Number.isInteger },
  bigint: { what: 'a whole number', fits: Number.isInteger },
  decimal: { what: 'a number', fits: (cell) => typeof cell === 'number' },
  boolean: { what: 'true or false', fits: (cell) => typeof cell === 'boolean' },
  'managed-property': { what: 'true or false', fits: (cell) => typeof cell === 'boolean' },
  guid: { what: 'an id', fits: (cell) => typeof cell === 'string' && isGuid(cell) },
  instant: { what: 'an instant', fits: (cell) => typeof cell === 'string' && !Number.isNaN(Date.parse(cell)) },
};

/**
 * The cells of a raw write as rows keep them: ids in lower case. Throws a `RowNotPossibleError` where the table has no
 * such column, or it cannot hold such a value.
 */
export function readRawCells(
  table: TableDefinition,
  cells: Readonly<Record<string, Cell>>,
): Readonly<Record<string, Cell>> {
  return Object.fromEntries(Object.entries(cells).map(([name, cell]) => [name, readRawCell(table, name, cell)]));
}

function readRawCell(table: TableDefinition, name: string, cell: Cell): Cell {
  const type = typeOf(table, name);
  if (type === null) throw new RowNotPossibleError(`The table ${table.logicalName} has no column '${name}'.`);
  const { what, fits } = HOLDS[type];
  if (cell === null) return null;
  if (!fits(cell)) {
    throw new RowNotPossibleError(
      `The column '${name}' of ${table.logicalName} holds ${what} or null, not ${JSON.stringify(cell)}.`,
    );
  }
  return type === 'guid' ? `${cell}`.toLowerCase() : cell;
}

/** Lookups hold ids. */
function typeOf({ columns, lookups }: TableDefinition, name: string): ColumnDefinition['type'] | null {
  const column = columns.find((candidate) => candidate.name === name);
  return column?.type ?? (lookups.some((lookup) => lookup.column === name) ? 'guid' : null);
}
