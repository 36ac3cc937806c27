import { randomUUID } from 'node:crypto';
import { closeSync, existsSync, fsyncSync, linkSync, openSync, rmSync, statSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { backup, DatabaseSync } from 'node:sqlite';
import { BackupRefusedError } from '../backup-refused.error.js';
import { schemaVersion } from './schema-version.js';
import { whyUnusable } from './why-unusable.js';

/** How many pages (of 4 KiB) are copied between two reports of progress. */
const PAGES_AT_ONCE = 2000;

export interface BackupProgress {
  readonly copiedBytes: number;
  readonly totalBytes: number;
}

/**
 * Copies a database that may be in use into a new file: the state at one instant, whole, checked, and durable when this
 * resolves. Under its name nobody ever sees half of it. Rejects with
 * `BackupRefusedError` or `StoreUnusableError`.
 */
export async function backupFile(
  file: string,
  target: string,
  progress: (progress: BackupProgress) => void,
): Promise<number> {
  if (existsSync(target)) throw targetExists(target);
  const unfinished = join(dirname(target), `.${basename(target)}.unfinished-${randomUUID()}`);
  try {
    await copyInstant(file, unfinished, progress);
    expectSound(unfinished);
    sync(unfinished);
    takeName(unfinished, target);
    sync(dirname(target));
    return statSync(target).size;
  } finally {
    for (const suffix of ['', '-wal', '-shm', '-journal']) rmSync(`${unfinished}${suffix}`, { force: true });
  }
}

/**
 * A transaction that is open for reading keeps one instant: without it, every commit of a gateway would restart the
 * copy.
 */
async function copyInstant(file: string, copy: string, progress: (progress: BackupProgress) => void): Promise<void> {
  closeSync(openSync(copy, 'wx', 0o600));
  const database = openInstant(file);
  try {
    const { page_size: pageBytes } = database.prepare('PRAGMA page_size').get() ?? {};
    await backup(database, copy, {
      rate: PAGES_AT_ONCE,
      progress: ({ totalPages, remainingPages }) =>
        progress({
          copiedBytes: (totalPages - remainingPages) * Number(pageBytes),
          totalBytes: totalPages * Number(pageBytes),
        }),
    });
  } finally {
    database.close();
  }
}

/** Throws `StoreUnusableError`: to read takes room beside the file, too, where no gateway has made it already. */
function openInstant(file: string): DatabaseSync {
  let database: DatabaseSync | null = null;
  try {
    database = new DatabaseSync(file, { readOnly: true });
    database.exec('BEGIN');
    database.prepare('SELECT count(*) FROM sqlite_schema').get();
    return database;
  } catch (error) {
    database?.close();
    throw whyUnusable(file, error, 'guest');
  }
}

/** A backup is worth what a restore finds in it. As one file: no log beside it can be left behind. */
function expectSound(copy: string): void {
  const database = new DatabaseSync(copy);
  try {
    database.exec('PRAGMA journal_mode = DELETE');
    schemaVersion(database, { file: copy, latest: Number.MAX_SAFE_INTEGER });
    const { integrity_check: verdict } = database.prepare('PRAGMA integrity_check(1)').get() ?? {};
    const { violations } = database.prepare('SELECT count(*) AS violations FROM pragma_foreign_key_check').get() ?? {};
    if (verdict === 'ok' && violations === 0) return;
    throw new BackupRefusedError(
      'backup-damaged',
      `The copy is damaged (${String(verdict)}): check the disk, and try again.`,
    );
  } finally {
    database.close();
  }
}

/** Unlike a rename, a link never replaces a file that appeared meanwhile. */
function takeName(unfinished: string, target: string): void {
  try {
    linkSync(unfinished, target);
  } catch (error) {
    throw error instanceof Error && 'code' in error && error.code === 'EEXIST' ? targetExists(target) : error;
  }
}

function targetExists(target: string): BackupRefusedError {
  return new BackupRefusedError('backup-target-exists', `${target} is there already: name a file that is not.`);
}

function sync(path: string): void {
  const descriptor = openSync(path, 'r');
  try {
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
}
