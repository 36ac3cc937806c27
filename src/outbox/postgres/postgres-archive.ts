import { Archive, type ArchivePage, type ArchiveRow, type ArchiveTable } from '../archive.js';
import type { Database } from './database.js';
import { isEmpty, readArchive, writeArchive } from './operations/archive.js';

/** A whole store, row by row, on PostgreSQL. */
export class PostgresArchive extends Archive {
  constructor(private readonly database: Database) {
    super();
  }

  override isEmpty(): Promise<boolean> {
    return this.database.transact(isEmpty);
  }

  override read(table: ArchiveTable, cursor: string | null, limit: number): Promise<ArchivePage> {
    return this.database.transact((session) => readArchive(session, { table, cursor, limit }));
  }

  override write(table: ArchiveTable, rows: readonly ArchiveRow[]): Promise<void> {
    return this.database.transact((session) => writeArchive(session, { table, rows }));
  }
}
