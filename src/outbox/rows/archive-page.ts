import type { ArchivePage, ArchiveRow, ArchiveTable } from '../archive.js';

/** The columns that identify a row of each table, in the order of reading. */
export const KEY_COLUMNS: Readonly<Record<ArchiveTable, readonly string[]>> = {
  client: ['name'],
  api_key: ['prefix'],
  gate: ['name'],
  event: ['sequence'],
  attempt: ['event_sequence', 'number'],
  receipt: ['event_sequence', 'step', 'operation'],
  audit: ['sequence'],
};

/** The key behind which a page begins, a value for each key column; empty for the first page. */
export function keyOf(cursor: string | null): readonly (string | number)[] {
  return cursor === null ? [] : (JSON.parse(cursor) as (string | number)[]);
}

/** Makes a page of these rows; with fewer rows than asked for it is the last one. */
export function archivePage(table: ArchiveTable, rows: readonly ArchiveRow[], limit: number): ArchivePage {
  const last = rows.length < limit ? undefined : rows.at(-1);
  return { rows, next: last === undefined ? null : JSON.stringify(KEY_COLUMNS[table].map((column) => last[column])) };
}
