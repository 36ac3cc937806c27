import type { ClientBase } from 'pg';
import { StoreUnusableError } from '../store-unusable.error.js';
import { tryToWork } from './advisory-locks.js';

/**
 * Takes the right to work on a database for as long as the connection lives: shared by gateways, or `alone`. Throws
 * `StoreUnusableError` where somebody else's work excludes that.
 */
export async function takeWork(client: ClientBase, alone: boolean): Promise<void> {
  const { rows } = await client.query<{ taken: boolean }>(tryToWork(alone));
  if (rows[0]?.taken === true) return;
  const why = alone
    ? 'gateways work on it: stop every one of them first'
    : 'it is being copied: start the gateway when the copy has ended';
  throw new StoreUnusableError(why, { code: 'store-in-use' });
}
