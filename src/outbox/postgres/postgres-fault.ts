import { DatabaseError } from 'pg';

/**
 * What an error means for the transaction it hit. `isolate`: something about one call is wrong, others may do;
 * `again`: two transactions stood in each other's way, the same work will do next time; `refused`: rolled back, whoever
 * called decides; `lost`: the connection is gone, and with it what was not committed.
 */
export type PostgresFault = 'isolate' | 'again' | 'refused' | 'lost';

/** Classes and codes of https://www.postgresql.org/docs/current/errcodes-appendix.html */
const AGAIN: ReadonlySet<string> = new Set(['40001', '40P01']);
/** Connection exceptions, operator intervention (shutdown, cut sessions), and a server that became a standby. */
const LOST = /^(08...|57P0.|25006)$/;
const OF_ONE_CALL = /^(22|23)/;

/** An error thrown before COMMIT was sent: nothing was stored, whatever it is. */
export function faultOfStatement(error: unknown): PostgresFault {
  const code = sqlState(error);
  if (code === null) return isTransportError(error) ? 'lost' : 'isolate';
  if (AGAIN.has(code)) return 'again';
  if (LOST.test(code) || isFatal(error)) return 'lost';
  return OF_ONE_CALL.test(code) ? 'isolate' : 'refused';
}

/** Whether COMMIT surely did nothing, going by the error it was answered with; anything else leaves it open. */
export function isRefusedCommit(error: unknown): boolean {
  const code = sqlState(error);
  return code !== null && !LOST.test(code) && !isFatal(error);
}

/** The server's five-character code, or null where it was not the server that spoke. */
export function sqlState(error: unknown): string | null {
  return error instanceof DatabaseError && error.code !== undefined ? error.code : null;
}

function isFatal(error: unknown): boolean {
  return error instanceof DatabaseError && (error.severity === 'FATAL' || error.severity === 'PANIC');
}

/** Errors of sockets have a code; the client's own about a lost connection are recognised by their class alone. */
function isTransportError(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  return 'code' in error || /connection|not queryable|read timeout|timeout exceeded/i.test(error.message);
}
