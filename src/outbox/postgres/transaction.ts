import type { PoolClient } from 'pg';
import { messageOf } from '../../kernel/message-of.js';
import { StorageError, type StorageErrorCode } from '../storage.error.js';
import { faultOfStatement, isRefusedCommit } from './postgres-fault.js';
import { Session } from './session.js';

/** Begins a transaction: takes the locks in their order, then reads the time by which the work is done. */
export async function begin(client: PoolClient, locks: readonly (string | null)[]): Promise<Session> {
  const taken = locks.filter((lock) => lock !== null).map((lock) => `${lock}; `);
  const results = await client.query(`BEGIN; ${taken.join('')}SELECT gateway_now() AS now`);
  const last = Array.isArray(results) ? results.at(-1) : results;
  return new Session(client, Number(last.rows[0].now));
}

/** Commits and gives the connection back; `unsure` is the code for a commit that may or may not have happened. */
export async function commit(client: PoolClient, unsure: StorageErrorCode): Promise<void> {
  // The only notice a server gives while it commits: the commit is on its own disk, but not on the standby's.
  let warning: string | undefined;
  const onNotice = ({ message }: { message?: string | undefined }) => {
    warning = message ?? 'the server warned while it committed';
  };
  client.on('notice', onNotice);
  try {
    await client.query('COMMIT');
  } catch (error) {
    client.release(true);
    if (isRefusedCommit(error)) throw notStored(error);
    throw new StorageError(unsure, 'the connection was lost while it committed', { cause: error });
  }
  client.off('notice', onNotice);
  client.release();
  if (warning !== undefined) throw new StorageError(unsure, warning);
}

/** Throws away a connection that may be broken, or in the middle of something. */
export async function giveUp(client: PoolClient, error: unknown): Promise<void> {
  if (faultOfStatement(error) === 'lost') return client.release(true);
  try {
    await client.query('ROLLBACK');
    client.release();
  } catch {
    client.release(true);
  }
}

/** The error for a caller whose work surely left nothing behind. */
export function notStored(cause: unknown): StorageError {
  if (cause instanceof StorageError) return cause;
  return new StorageError('storage-not-stored', messageOf(cause), { cause });
}
