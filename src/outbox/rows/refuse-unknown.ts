import type { ArchiveRow, ArchiveTable } from '../archive.js';

/** A column that came from elsewhere and has no place here would be lost without a word: such a row is refused. */
export function refuseUnknown(table: ArchiveTable, columns: readonly string[], row: ArchiveRow): void {
  const unknown = Object.keys(row).filter((column) => !columns.includes(column));
  if (unknown.length > 0) throw new Error(`the table ${table} has no column ${unknown.join(', ')}`);
}
