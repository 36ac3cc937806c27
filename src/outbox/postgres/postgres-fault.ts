import { DatabaseError } from 'pg';

/**
 * What an error means for its transaction. `isolate`: one call is at fault, the others may succeed. `again`: two
 * transactions collided, the same work will succeed next time. `refused`: rolled back, the caller decides. `lost`: the
 * connection is lost, and with it everything uncommitted.
 */
export type PostgresFault = 'isolate' | 'again' | 'refused' | 'lost';

/** Classes and codes of https://www.postgresql.org/docs/current/errcodes-appendix.html */
const AGAIN: ReadonlySet<string> = new Set(['40001', '40P01']);
/** Connection exceptions, operator intervention (shutdown, cut sessions), and a server that became a standby. */
const LOST = /^(08...|57P0.|25006)$/;
const OF_ONE_CALL = /^(22|23)/;

/** An error thrown before COMMIT was sent: nothing was stored, in every case. */
export function faultOfStatement(error: unknown): PostgresFault {
  const code = sqlState(error);
  if (code === null) return isTransportError(error) ? 'lost' : 'isolate';
  if (AGAIN.has(code)) return 'again';
  if (LOST.test(code) || isFatal(error)) return 'lost';
  return OF_ONE_CALL.test(code) ? 'isolate' : 'refused';
}

/** Whether COMMIT surely did nothing, judged by its error; after any other error it may have happened. */
export function isRefusedCommit(error: unknown): boolean {
  const code = sqlState(error);
  return code !== null && !LOST.test(code) && !isFatal(error);
}

/** The server's five-character code, or null where the error is not the server's. */
export function sqlState(error: unknown): string | null {
  return error instanceof DatabaseError && error.code !== undefined ? error.code : null;
}

function isFatal(error: unknown): boolean {
  return error instanceof DatabaseError && (error.severity === 'FATAL' || error.severity === 'PANIC');
}

/** Errors of sockets have a code; the client's own errors about a lost connection are known only by their class. */
function isTransportError(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  return 'code' in error || /connection|not queryable|read timeout|timeout exceeded/i.test(error.message);
}
