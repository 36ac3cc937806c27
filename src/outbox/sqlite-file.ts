import { resolve } from 'node:path';

/**
 * A path, absolute or beginning with a dot. In a URL `//` begins a host and `?` begins settings: SQLite has neither.
 */
const SQLITE_PATH = /^sqlite:((?:\.{1,2})?\/(?!\/)[^?#\0]*[^?#\0/])$/;

/** The absolute path of the SQLite file that DATABASE_URL names, `:memory:`, or null where it names none. */
export function sqliteFile(databaseUrl: string): string | null {
  if (databaseUrl === 'sqlite::memory:') return ':memory:';
  const path = SQLITE_PATH.exec(databaseUrl)?.[1];
  return path === undefined ? null : resolve(path);
}
