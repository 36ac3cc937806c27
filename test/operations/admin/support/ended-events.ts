import type { NewEvent } from '../../../../src/outbox/event-record.js';
import type { Store } from '../../../../src/outbox/store.js';
import { accept, claim, DELIVERED, deadFor, settlementOf } from '../../../outbox/support/events.js';

type Status = 'pending' | 'delivering' | 'delivered' | 'dead' | 'cancelled';

/** An event in a status, as it gets there in production. */
export async function eventIn(store: Store, status: Status, facts: Partial<NewEvent> = {}): Promise<string> {
  const [id = ''] = await eventsIn(store, status, [facts]);
  return id;
}

/** Events in a status. What else is due when this is called must not matter to the test. */
export async function eventsIn(
  store: Store,
  status: Status,
  facts: readonly Partial<NewEvent>[],
): Promise<readonly string[]> {
  const ids = await accept(store, ...facts);
  if (status === 'cancelled') {
    for (const id of ids) await store.actions.cancel(id, { by: 'test', reason: null });
  }
  if (status === 'pending' || status === 'cancelled') return ids;
  const claimed = (await claim(store, { limit: 100_000, wanted: [...WANTED] })).filter(({ id }) => ids.includes(id));
  if (claimed.length !== ids.length) throw new Error('not everything was claimed');
  if (status === 'delivering') return ids;
  const settlement = status === 'delivered' ? DELIVERED : deadFor('rejected', false);
  await store.outbox.settle(claimed.map((event) => settlementOf(event, settlement)));
  return ids;
}

const WANTED = ['CustomerPurchase', 'VendorPaymentPosted'].map((type) => ({ type, limit: 100_000 }));
