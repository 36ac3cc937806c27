import type { ArchiveRow, ArchiveTable } from '../archive.js';

/** Refuses a row with a column that this version does not have: the column would be lost in silence. */
export function refuseUnknown(table: ArchiveTable, columns: readonly string[], row: ArchiveRow): void {
  const unknown = Object.keys(row).filter((column) => !columns.includes(column));
  if (unknown.length > 0) throw new Error(`the table ${table} has no column ${unknown.join(', ')}`);
}
