import { resolve } from 'node:path';
import type { Clock } from '../kernel/clock.js';
import { openSqliteStore } from './sqlite/open-sqlite-store.js';
import type { Store, StoreRole } from './store.js';
import { StoreUnusableError } from './store-unusable.error.js';

/** Where the store is, who opens it, and whose time counts. */
export interface OpenStoreOptions {
  /** The setting DATABASE_URL: `sqlite:./folder/file.db`, `sqlite:/folder/file.db` or `sqlite::memory:`. */
  readonly databaseUrl: string;
  readonly role: StoreRole;
  /** Decides when events are due and leases end. */
  readonly clock: Clock;
}

/**
 * Opens the database, creating or migrating it where that is needed. The one door to every engine. Rejects with
 * `StoreUnusableError`, whose message says why and what to do.
 */
export async function openStore({ databaseUrl, role, clock }: OpenStoreOptions): Promise<Store> {
  return openSqliteStore({ file: sqliteFile(databaseUrl), role }, clock);
}

/** A path, absolute or beginning with a dot. `//` begins a host in any URL and `?` its settings: neither exists here. */
const SQLITE_PATH = /^sqlite:((?:\.{1,2})?\/(?!\/)[^?#\0]*[^?#\0/])$/;

function sqliteFile(databaseUrl: string): string {
  if (databaseUrl === 'sqlite::memory:') return ':memory:';
  const path = SQLITE_PATH.exec(databaseUrl)?.[1];
  if (path === undefined) throw new StoreUnusableError(refusal(databaseUrl));
  return resolve(path);
}

/** Names the scheme at most: a database URL may hold a password. */
function refusal(databaseUrl: string): string {
  const scheme = /^[a-z][a-z0-9+.-]*(?=:)/i.exec(databaseUrl)?.[0].toLowerCase();
  const expected = 'write DATABASE_URL as sqlite:./folder/file.db or sqlite:/folder/file.db';
  if (scheme === 'postgres' || scheme === 'postgresql') return `PostgreSQL is not supported yet: ${expected}`;
  if (scheme === 'sqlite')
    return `DATABASE_URL names no file by an absolute path or one that begins with a dot: ${expected}`;
  return `DATABASE_URL names no database this gateway knows: ${expected}`;
}
