import type { ArchivePage, ArchiveRow, ArchiveTable } from '../archive.js';

/** Which columns tell the rows of a table apart, in the order in which they are read. */
export const KEY_COLUMNS: Readonly<Record<ArchiveTable, readonly string[]>> = {
  client: ['name'],
  api_key: ['prefix'],
  gate: ['name'],
  event: ['sequence'],
  attempt: ['event_sequence', 'number'],
  receipt: ['event_sequence', 'step', 'operation'],
  audit: ['sequence'],
};

/** The key behind which a page begins, a value for each key column; none for the first page. */
export function keyOf(cursor: string | null): readonly (string | number)[] {
  return cursor === null ? [] : (JSON.parse(cursor) as (string | number)[]);
}

/** The page that these rows are; where there are fewer than asked for, it is the last. */
export function archivePage(table: ArchiveTable, rows: readonly ArchiveRow[], limit: number): ArchivePage {
  const last = rows.length < limit ? undefined : rows.at(-1);
  return { rows, next: last === undefined ? null : JSON.stringify(KEY_COLUMNS[table].map((column) => last[column])) };
}
