import type { DatabaseSync } from 'node:sqlite';
import { StoreUnusableError } from '../store-unusable.error.js';

/** `PRAGMA synchronous` when every commit waits for its fsync: https://sqlite.org/pragma.html#pragma_synchronous */
const FULL = 2;

/** The write-ahead log is folded into the database every 16 MiB (of 4 KiB pages): two more fsyncs each time. */
const CHECKPOINT_PAGES = 4000;

/** A log that grew larger, behind a long reader, gives the space back. */
const LOG_LIMIT_BYTES = 64 * 1024 * 1024;

/** Indexes stay in memory up to this much; a negative number is KiB. */
const CACHE_KIB = -32 * 1024;

/**
 * What is set anew on every connection: builds differ in their defaults, and a file does not remember `synchronous`. Freed
 * space is filled with zeros, so that erased content is nowhere in the file; it costs nothing but where an event is larger
 * than a page.
 */
export function setDurability(database: DatabaseSync): void {
  database.exec(`
    PRAGMA journal_mode = WAL;
    PRAGMA synchronous = FULL;
    PRAGMA wal_autocheckpoint = ${CHECKPOINT_PAGES};
    PRAGMA journal_size_limit = ${LOG_LIMIT_BYTES};
    PRAGMA cache_size = ${CACHE_KIB};
    PRAGMA secure_delete = ON`);
}

/**
 * Writes once and then reads back how safely that was written: before its first write a connection may claim what it
 * does not do. Throws `StoreUnusableError` where a commit would not be on disk when it returns.
 */
export function proveDurability(database: DatabaseSync, file: string): void {
  writeOnce(database);
  const { journal_mode: mode } = database.prepare('PRAGMA journal_mode').get() ?? {};
  const { synchronous } = database.prepare('PRAGMA synchronous').get() ?? {};
  if (mode === 'wal' && synchronous === FULL) return;
  throw new StoreUnusableError(
    `${file} cannot be written durably (journal mode ${String(mode)}, synchronous ${String(synchronous)}): ` +
      'put it on a local disk, not on a network share',
  );
}

/** The smallest write there is. It leaves the version as another process may just have set it. */
function writeOnce(database: DatabaseSync): void {
  database.exec('BEGIN IMMEDIATE');
  const { user_version: version } = database.prepare('PRAGMA user_version').get() ?? {};
  database.exec(`PRAGMA user_version = ${Number(version)}; COMMIT`);
}
