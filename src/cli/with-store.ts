import { SystemClock } from '../kernel/clock.js';
import { openStore } from '../outbox/open-store.js';
import type { Store } from '../outbox/store.js';
import type { CliContext } from './cli-context.js';
import { findStore } from './find-store.js';

/**
 * Works on the store beside a running gateway, or without one, and closes it in every case. `mayCreate`: a missing
 * store is created, for the first client comes before the first start. `shown` is where the store is, for people; if no
 * setting names it, they are told.
 */
export async function withStore<T>(
  context: CliContext,
  work: (store: Store, shown: string) => Promise<T>,
  mayCreate = false,
): Promise<T> {
  const { shown, isGuessed, ...settings } = findStore(context, mayCreate);
  if (isGuessed) context.stderr.write(`DATABASE_URL is not set: the store is ${shown}\n`);
  const store = await openStore({ ...settings, role: 'guest', clock: new SystemClock() });
  try {
    return await work(store, shown);
  } finally {
    await store.close();
  }
}
