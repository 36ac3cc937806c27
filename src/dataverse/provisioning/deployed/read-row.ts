import { booleanOf, isRow, type TableRow, textOf } from '../../tables/table-row.js';
import type { Cells, DeployedRow } from './deployed-state.js';

/** A row as it is compared. The primary key is given whether or not it was selected. */
export function readRow(row: TableRow, primaryKey: string, columns: readonly string[]): DeployedRow {
  const cells: Cells = Object.fromEntries(columns.map((column) => [column, cellIn(row, column)]));
  return { id: textOf(row, primaryKey) ?? '', isManaged: booleanOf(row, 'ismanaged') ?? false, cells };
}

/** Of a managed property its value; what was never filled and what was emptied are the same. */
function cellIn(row: TableRow, column: string): Cells[string] {
  const value = row[column];
  if (isRow(value)) return booleanOf(row, column);
  if (typeof value === 'number' || typeof value === 'boolean') return value;
  return textOf(row, column) || null;
}
