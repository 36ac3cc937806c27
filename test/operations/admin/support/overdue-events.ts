import type { NewEvent } from '../../../../src/outbox/event-record.js';
import type { Store } from '../../../../src/outbox/store.js';
import { accept, claim, settlementOf } from '../../../outbox/support/events.js';
import { DELIVERED_AWAITED } from '../../../outbox/support/receipts.js';

/** Events that were delivered and are missing their receipts. What else is due or awaited must not matter to the test. */
export async function overdueEvents(store: Store, facts: readonly Partial<NewEvent>[]): Promise<readonly string[]> {
  const ids = await accept(store, ...facts);
  const claimed = (await claim(store)).filter(({ id }) => ids.includes(id));
  if (claimed.length !== ids.length) throw new Error('not everything was claimed');
  const settlement = { ...DELIVERED_AWAITED, confirmWithinMs: 0 };
  await store.outbox.settle(claimed.map((event) => settlementOf(event, settlement)));
  await store.receipts.markOverdue(1_000);
  return ids;
}
