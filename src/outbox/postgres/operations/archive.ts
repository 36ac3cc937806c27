import { ARCHIVE_TABLES, type ArchivePage, type ArchiveRow, type ArchiveTable } from '../../archive.js';
import type { EventStatus } from '../../event-record.js';
import { archivePage, KEY_COLUMNS, keyOf } from '../../rows/archive-page.js';
import { refuseUnknown } from '../../rows/refuse-unknown.js';
import type { Session, Value } from '../session.js';

const SELECT_COLUMNS = `
SELECT attname::text AS name, format_type(atttypid, NULL) AS type FROM pg_attribute
WHERE attrelid = to_regclass($1) AND attnum > 0 AND NOT attisdropped ORDER BY attnum`;

/** Whether nothing was ever stored. */
export async function isEmpty(session: Session): Promise<boolean> {
  const rows = await Promise.all(ARCHIVE_TABLES.map((table) => session.row(`SELECT 1 FROM ${table} LIMIT 1`)));
  return rows.every((row) => row === null);
}

interface ReadRequest {
  readonly table: ArchiveTable;
  readonly cursor: string | null;
  readonly limit: number;
}

/** Rows as they are, in the order of their keys; the cursor is the key of the last one. */
export async function readArchive(session: Session, { table, cursor, limit }: ReadRequest): Promise<ArchivePage> {
  const columns = KEY_COLUMNS[table];
  const key = columns.join(', ');
  const beyond = cursor === null ? '' : `WHERE (${key}) > (${columns.map((_, index) => `$${index + 2}`).join(', ')})`;
  const select = `SELECT * FROM ${table} ${beyond} ORDER BY ${key} LIMIT $1`;
  return archivePage(table, await session.rows<ArchiveRow>(select, limit, ...keyOf(cursor)), limit);
}

interface Column {
  readonly name: string;
  readonly type: string;
}

/** Adds rows as they are, and counts them in the tallies. If one of them exists already, none is added. */
export async function writeArchive(
  session: Session,
  { table, rows }: { readonly table: ArchiveTable; readonly rows: readonly ArchiveRow[] },
): Promise<void> {
  if (rows.length === 0) return;
  const columns = await session.rows<Column>(SELECT_COLUMNS, table);
  const names = columns.map(({ name }) => name);
  for (const row of rows) refuseUnknown(table, names, row);
  const arrays = columns.map(({ type }, index) => `$${index + 1}::${type}[]`).join(', ');
  const insert = `INSERT INTO ${table} (${names.join(', ')}) SELECT * FROM unnest(${arrays})`;
  await session.change(insert, ...names.map((name) => rows.map((row): Value => row[name] ?? null) as Value));
  if (table === 'event' || table === 'audit') await continueBehind(session, table);
  if (table === 'event') for (const row of rows) count(session, row);
}

/** Numbers that came with the rows must not be given to new ones. */
async function continueBehind(session: Session, table: 'event' | 'audit'): Promise<void> {
  await session.row(
    `SELECT setval(pg_get_serial_sequence($1, 'sequence'), (SELECT max(sequence) FROM ${table}))`,
    table,
  );
}

function count({ tally }: Session, { type, status, place, overdue }: ArchiveRow): void {
  tally.entered(String(type), status as EventStatus);
  if (status === 'dead' && place === 'first') tally.entered(String(type), 'blocking');
  if (overdue === 1) tally.entered(String(type), 'overdue');
}
