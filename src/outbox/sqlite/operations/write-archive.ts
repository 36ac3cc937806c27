import type { ArchiveRow, ArchiveTable } from '../../archive.js';
import type { EventStatus } from '../../event-record.js';
import { refuseUnknown } from '../../rows/refuse-unknown.js';
import type { Session } from '../session.js';

const SELECT_COLUMNS = 'SELECT name FROM pragma_table_info(?)';

/** Adds rows as they are, and counts them in the tallies. If one of them exists already, none is added. */
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

function count({ tally }: Session, { type, status, place, overdue }: ArchiveRow): void {
  tally.entered(String(type), status as EventStatus);
  if (status === 'dead' && place === 'first') tally.entered(String(type), 'blocking');
  if (overdue === 1) tally.entered(String(type), 'overdue');
}
