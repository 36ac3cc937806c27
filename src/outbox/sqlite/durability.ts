import type { DatabaseSync } from 'node:sqlite';
import { StoreUnusableError } from '../store-unusable.error.js';

/** `PRAGMA synchronous` when every commit waits for its fsync: https://sqlite.org/pragma.html#pragma_synchronous */
const FULL = 2;

/** The write-ahead log is folded into the database every 16 MiB (of 4 KiB pages), which costs two more fsyncs. */
const CHECKPOINT_PAGES = 4000;

/** A log that grew larger because of a long reader is cut back to this size. */
const LOG_LIMIT_BYTES = 64 * 1024 * 1024;

/** Up to this much of the indexes stays in memory; a negative number is KiB. */
const CACHE_KIB = -32 * 1024;

/**
 * Set anew on every connection: builds differ in their defaults, and a file does not remember `synchronous`. Freed
 * space is filled with zeros, so that erased content is nowhere in the file; that costs nothing unless an event is
 * larger than a page.
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
 * Writes once and then reads back how safely that was written: before its first write a connection may report a wrong
 * value. Throws `StoreUnusableError` where a commit would not be on disk when it returns.
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

/** The smallest write there is. It does not change the version, which another process may just have set. */
function writeOnce(database: DatabaseSync): void {
  database.exec('BEGIN IMMEDIATE');
  const { user_version: version } = database.prepare('PRAGMA user_version').get() ?? {};
  database.exec(`PRAGMA user_version = ${Number(version)}; COMMIT`);
}
