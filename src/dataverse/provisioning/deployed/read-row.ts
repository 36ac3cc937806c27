import { booleanOf, isRow, type TableRow, textOf } from '../../tables/table-row.js';
import type { Cells, DeployedRow } from './deployed-state.js';

/** A row in the form that is compared. The primary key is included whether or not it was selected. */
export function readRow(row: TableRow, primaryKey: string, columns: readonly string[]): DeployedRow {
  const cells: Cells = Object.fromEntries(columns.map((column) => [column, cellIn(row, column)]));
  return { id: textOf(row, primaryKey) ?? '', isManaged: booleanOf(row, 'ismanaged') ?? false, cells };
}

/** A managed property as its value; an empty cell and one that was never filled are the same. */
function cellIn(row: TableRow, column: string): Cells[string] {
  const value = row[column];
  if (isRow(value)) return booleanOf(row, column);
  if (typeof value === 'number' || typeof value === 'boolean') return value;
  return textOf(row, column) || null;
}
