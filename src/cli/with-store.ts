import { SystemClock } from '../kernel/clock.js';
import { openStore } from '../outbox/open-store.js';
import type { Store } from '../outbox/store.js';
import { readStoreSettings } from '../settings/read-settings.js';
import type { CliContext } from './cli-context.js';

/** Works on the store beside a running gateway, or without one, and lets it go whatever happens. */
export async function withStore<T>(context: CliContext, work: (store: Store) => Promise<T>): Promise<T> {
  const { databaseUrl } = readStoreSettings(context.environment);
  const store = await openStore({ databaseUrl, role: 'guest', clock: new SystemClock() });
  try {
    return await work(store);
  } finally {
    await store.close();
  }
}
