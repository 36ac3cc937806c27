import type { ArchiveRow, ArchiveTable } from '../../archive.js';
import type { EventStatus } from '../../event-record.js';
import type { Session } from '../session.js';

const SELECT_COLUMNS = 'SELECT name FROM pragma_table_info(?)';

/** Adds rows as they are; what they count for is added to the tallies. A row that is there already fails them all. */
export function writeArchive(
  session: Session,
  { table, rows }: { readonly table: ArchiveTable; readonly rows: readonly ArchiveRow[] },
): void {
  const columns = session.rows<{ readonly name: string }>(SELECT_COLUMNS, table).map(({ name }) => name);
  const insert = `INSERT INTO ${table} (${columns.join(', ')}) VALUES (${columns.map(() => '?').join(', ')})`;
  for (const row of rows) {
    refuseUnknown(table, columns, row);
    session.change(insert, ...columns.map((column) => row[column] ?? null));
    if (table === 'event') count(session, row);
  }
}

/** A column that came from elsewhere and has no place here would be lost without a word. */
function refuseUnknown(table: ArchiveTable, columns: readonly string[], row: ArchiveRow): void {
  const unknown = Object.keys(row).filter((column) => !columns.includes(column));
  if (unknown.length > 0) throw new Error(`the table ${table} has no column ${unknown.join(', ')}`);
}

function count({ tally }: Session, { type, status, place }: ArchiveRow): void {
  tally.entered(String(type), status as EventStatus);
  if (status === 'dead' && place === 'first') tally.entered(String(type), 'blocking');
}
