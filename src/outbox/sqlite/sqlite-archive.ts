import { Archive, type ArchivePage, type ArchiveRow, type ArchiveTable } from '../archive.js';
import type { Writer } from './writer.js';

/** A whole store, row by row, on SQLite. */
export class SqliteArchive extends Archive {
  constructor(private readonly writer: Writer) {
    super();
  }

  override isEmpty(): Promise<boolean> {
    return this.writer.call('isEmpty', undefined);
  }

  override read(table: ArchiveTable, cursor: string | null, limit: number): Promise<ArchivePage> {
    return this.writer.call('readArchive', { table, cursor, limit });
  }

  override write(table: ArchiveTable, rows: readonly ArchiveRow[]): Promise<void> {
    return this.writer.call('writeArchive', { table, rows });
  }
}
