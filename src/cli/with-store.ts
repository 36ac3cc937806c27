import { SystemClock } from '../kernel/clock.js';
import { openStore } from '../outbox/open-store.js';
import type { Store } from '../outbox/store.js';
import type { CliContext } from './cli-context.js';
import { findStore } from './find-store.js';

/**
 * Works on the store beside a running gateway, or without one, and lets it go whatever happens. `mayCreate`: a store
 * that is not there yet is made, for the first client comes before the first start.
 */
export async function withStore<T>(
  context: CliContext,
  work: (store: Store) => Promise<T>,
  mayCreate = false,
): Promise<T> {
  const store = await openStore({ ...findStore(context, mayCreate), role: 'guest', clock: new SystemClock() });
  try {
    return await work(store);
  } finally {
    await store.close();
  }
}
