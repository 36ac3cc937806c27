import type { Store } from './store.js';

/** Whether a store has neither a client nor an event, now or before: it is new, or another one than it was taken for. */
export async function holdsNothing({ clients, outbox }: Pick<Store, 'clients' | 'outbox'>): Promise<boolean> {
  if ((await clients.list()).length > 0) return false;
  const { counts, removed } = await outbox.measure();
  return [...counts, ...removed].every(({ count }) => count === 0);
}
