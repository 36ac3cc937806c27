import type { ArchivePage, ArchiveRow, ArchiveTable } from '../../archive.js';
import { archivePage, KEY_COLUMNS, keyOf } from '../../rows/archive-page.js';
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
  const beyond = cursor === null ? '' : `WHERE (${key}) > (${columns.map(() => '?').join(', ')})`;
  const select = `SELECT * FROM ${table} ${beyond} ORDER BY ${key} LIMIT ?`;
  return archivePage(table, session.rows<ArchiveRow>(select, ...keyOf(cursor), limit), limit);
}
