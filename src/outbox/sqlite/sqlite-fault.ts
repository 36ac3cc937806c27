/**
 * What an error thrown by node:sqlite means for its transaction. `rolled-back`: it surely did not happen. `lost`:
 * nobody can tell what the file holds, so nothing may be answered any more.
 */
export type SqliteFault = 'rolled-back' | 'lost';

/** Primary result codes, https://sqlite.org/rescode.html: the low byte of the extended code. */
export const SQLITE = {
  PERM: 3,
  BUSY: 5,
  LOCKED: 6,
  NOMEM: 7,
  READONLY: 8,
  IOERR: 10,
  CORRUPT: 11,
  FULL: 13,
  CANTOPEN: 14,
  NOTADB: 26,
} as const;

/** The file was renamed or removed under the connection: commits would go into a file that nobody will open. */
const READONLY_DBMOVED = 1032;

const LOST_IN_STATEMENT: ReadonlySet<number> = new Set([SQLITE.IOERR, SQLITE.CORRUPT, SQLITE.CANTOPEN, SQLITE.NOTADB]);

/**
 * Codes with which a COMMIT fails before its last frame is written; after any other code, the commit may have happened.
 */
const HARMLESS_IN_COMMIT: ReadonlySet<number> = new Set([SQLITE.BUSY, SQLITE.LOCKED, SQLITE.NOMEM, SQLITE.FULL]);

/**
 * An error thrown before COMMIT was reached. An error that is not SQLite's is a bug in an operation, and rolled back.
 */
export function faultOfStatement(error: unknown): SqliteFault {
  const code = sqliteCode(error);
  if (code === null) return 'rolled-back';
  return code === READONLY_DBMOVED || LOST_IN_STATEMENT.has(code & 0xff) ? 'lost' : 'rolled-back';
}

/** An error thrown by COMMIT itself, which includes its fsync. */
export function faultOfCommit(error: unknown): SqliteFault {
  const code = sqliteCode(error);
  return code !== null && HARMLESS_IN_COMMIT.has(code & 0xff) ? 'rolled-back' : 'lost';
}

/** SQLite's extended result code, or null where the error is not SQLite's. */
export function sqliteCode(error: unknown): number | null {
  const code: unknown = error instanceof Error && 'errcode' in error ? error.errcode : null;
  return typeof code === 'number' ? code : null;
}

/** Whether another connection holds the requested lock. */
export function isBusy(error: unknown): boolean {
  const code = sqliteCode(error);
  return code !== null && (code & 0xff) === SQLITE.BUSY;
}
