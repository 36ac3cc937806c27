import type { Clock } from '../kernel/clock.js';
import { openPostgresStore } from './postgres/open-postgres-store.js';
import { openSqliteStore } from './sqlite/open-sqlite-store.js';
import { sqliteFile } from './sqlite-file.js';
import type { Store, StoreRole } from './store.js';
import { StoreUnusableError } from './store-unusable.error.js';

/** Where the store is, who opens it, and which clock counts. */
export interface OpenStoreOptions {
  /**
   * The setting DATABASE_URL: `sqlite:./folder/file.db`, `sqlite:/folder/file.db`, `sqlite::memory:`, or
   * `postgres://role:password@host:5432/database`.
   */
  readonly databaseUrl: string;
  readonly role: StoreRole;
  /** On SQLite it decides when events are due and leases end; on PostgreSQL the server's clock does. */
  readonly clock: Clock;
  /**
   * For an owner of a database on a server: no gateway works on it now, and none can start on it before this store is
   * closed. The owner of an SQLite file is always alone.
   */
  readonly alone?: boolean;
  /** Accept a PostgreSQL server that may lose what it committed. */
  readonly allowFsyncOff?: boolean;
}

/**
 * Opens the database, creating or migrating it where that is needed. All engines are opened here. Rejects with
 * `StoreUnusableError`, whose message says why and what to do.
 */
export async function openStore(options: OpenStoreOptions): Promise<Store> {
  const { databaseUrl, role, clock, alone = false, allowFsyncOff = false } = options;
  if (isPostgres(databaseUrl)) return openPostgresStore({ databaseUrl, role, alone, allowFsyncOff });
  const file = sqliteFile(databaseUrl);
  if (file === null) throw new StoreUnusableError(refusal(databaseUrl));
  return openSqliteStore({ file, role }, clock);
}

/** Whether DATABASE_URL names a database on a PostgreSQL server. */
function isPostgres(databaseUrl: string): boolean {
  return /^postgres(ql)?:\/\//i.test(databaseUrl);
}

/** Names at most the scheme: a database URL may hold a password. */
function refusal(databaseUrl: string): string {
  const scheme = /^[a-z][a-z0-9+.-]*(?=:)/i.exec(databaseUrl)?.[0].toLowerCase();
  const expected =
    'write DATABASE_URL as sqlite:./folder/file.db, sqlite:/folder/file.db or postgres://role:password@host:5432/database';
  if (scheme === 'sqlite')
    return `DATABASE_URL names no file by an absolute path or one that begins with a dot: ${expected}`;
  return `DATABASE_URL names no database this gateway knows: ${expected}`;
}
