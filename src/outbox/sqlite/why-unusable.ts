import { messageOf } from '../../kernel/message-of.js';
import type { StoreRole } from '../store.js';
import { StoreUnusableError } from '../store-unusable.error.js';
import { SQLITE, sqliteCode } from './sqlite-fault.js';

const DISK_FULL: Readonly<Record<StoreRole, string>> = {
  owner: 'the disk is full: make room, then start again',
  guest: 'the disk is full: make room, then repeat this command',
};

/** There is no room for the index of the write-ahead log: SQLite calls that an error of the disk. */
const IOERR_SHMSIZE = 4874;

const NOT_ALLOWED = 'let this user write the file and its folder, or point DATABASE_URL elsewhere';
const NOT_A_FILE = 'its path leads through a file or ends at a folder: name a file in a folder';

const OF_SQLITE: ReadonlyMap<number, string> = new Map([
  [SQLITE.BUSY, 'another program keeps it locked: stop that program and start again'],
  [SQLITE.READONLY, NOT_ALLOWED],
  [SQLITE.CANTOPEN, NOT_ALLOWED],
  [SQLITE.PERM, NOT_ALLOWED],
  [SQLITE.IOERR, 'the disk does not do its work: check it, or restore a backup on another one'],
  [SQLITE.CORRUPT, 'it is damaged: restore it from a backup'],
  [SQLITE.NOTADB, 'it is not a database: move it away, or point DATABASE_URL to another file'],
]);

const OF_SYSTEM: ReadonlyMap<string, string> = new Map([
  ['EACCES', NOT_ALLOWED],
  ['EPERM', NOT_ALLOWED],
  ['EROFS', NOT_ALLOWED],
  ['ENOENT', NOT_ALLOWED],
  ['ENOTDIR', NOT_A_FILE],
  ['EEXIST', NOT_A_FILE],
]);

/**
 * Turns any error of opening a database into words for the person who starts the gateway, or runs a command
 * beside it: what is wrong, what to do.
 */
export function whyUnusable(file: string, error: unknown, role: StoreRole): StoreUnusableError {
  if (error instanceof StoreUnusableError) return error;
  if (isDiskFull(error)) {
    return new StoreUnusableError(`${file} cannot be used: ${DISK_FULL[role]}`, { cause: error });
  }
  const message = messageOf(error);
  return new StoreUnusableError(`${file} cannot be used: ${advice(error) ?? 'see the cause'} (${message})`, {
    cause: error,
  });
}

function advice(error: unknown): string | undefined {
  const ofSqlite = sqliteCode(error);
  if (ofSqlite !== null) return OF_SQLITE.get(ofSqlite & 0xff);
  return OF_SYSTEM.get(systemCode(error));
}

function isDiskFull(error: unknown): boolean {
  const ofSqlite = sqliteCode(error);
  if (ofSqlite === null) return systemCode(error) === 'ENOSPC';
  return ofSqlite === IOERR_SHMSIZE || (ofSqlite & 0xff) === SQLITE.FULL;
}

function systemCode(error: unknown): string {
  const code: unknown = error instanceof Error && 'code' in error ? error.code : null;
  return typeof code === 'string' ? code : '';
}
