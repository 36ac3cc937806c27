/** The tables of a store, in the order in which they can be written. Tallies are computed from the events. */
export const ARCHIVE_TABLES = ['client', 'api_key', 'gate', 'event', 'attempt', 'receipt', 'audit'] as const;

export type ArchiveTable = (typeof ARCHIVE_TABLES)[number];

/** A row by column name; every engine has the same columns. Instants are milliseconds since 1970, flags 0 and 1. */
export type ArchiveRow = Readonly<Record<string, string | number | null>>;

export interface ArchivePage {
  readonly rows: readonly ArchiveRow[];
  /** Where the next page begins, or null when this is the last one. */
  readonly next: string | null;
}

/** A whole store, read or written row by row: how events move from one engine to another. */
export abstract class Archive {
  /** Whether nothing was ever stored. */
  abstract isEmpty(): Promise<boolean>;

  abstract read(table: ArchiveTable, cursor: string | null, limit: number): Promise<ArchivePage>;

  /** Adds rows as they are; one transaction. */
  abstract write(table: ArchiveTable, rows: readonly ArchiveRow[]): Promise<void>;
}
