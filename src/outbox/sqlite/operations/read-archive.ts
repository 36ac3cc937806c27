import type { ArchivePage, ArchiveRow, ArchiveTable } from '../../archive.js';
import { KEY_COLUMNS } from '../archive-tables.js';
import type { Session } from '../session.js';

interface ReadRequest {
  readonly table: ArchiveTable;
  readonly cursor: string | null;
  readonly limit: number;
}

/** Rows as they are, in the order of their keys; the cursor is the key of the last one. */
export function readArchive(session: Session, { table, cursor, limit }: ReadRequest): ArchivePage {
  const columns = KEY_COLUMNS[table];
  const key = columns.join(', ');
  const after = cursor === null ? [] : (JSON.parse(cursor) as (string | number)[]);
  const beyond = cursor === null ? '' : `WHERE (${key}) > (${columns.map(() => '?').join(', ')})`;
  const rows = session.rows<ArchiveRow>(`SELECT * FROM ${table} ${beyond} ORDER BY ${key} LIMIT ?`, ...after, limit);
  const last = rows.length < limit ? undefined : rows.at(-1);
  return { rows, next: last === undefined ? null : JSON.stringify(columns.map((column) => last[column])) };
}
