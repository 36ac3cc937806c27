import type { NewEvent } from '../../../src/outbox/event-record.js';
import type { ActionBy, ReplayOptions } from '../../../src/outbox/operator-actions.js';
import type { Settlement } from '../../../src/outbox/settlement.js';
import type { Store } from '../../../src/outbox/store.js';
import { accept, claimOne, DELIVERED, deadFor, settlementOf } from './events.js';

/** Who acts, as the audit names them. */
export const ANN: ActionBy = { by: 'ann', reason: null };

export const REPLAY: ReplayOptions = { ...ANN, force: false };

export const FORCED: ReplayOptions = { ...ANN, force: true };

/** An event that was delivered; nothing else may be due meanwhile. */
export function delivered(store: Store, facts: Partial<NewEvent> = {}): Promise<string> {
  return ended(store, facts, DELIVERED);
}

/** An event that died, and holds nobody back. */
export function dead(store: Store, facts: Partial<NewEvent> = {}): Promise<string> {
  return ended(store, facts, deadFor('rejected', false));
}

/** The dead event at the head of an ordering key that it blocks. */
export function blocking(store: Store, orderingKey: string, facts: Partial<NewEvent> = {}): Promise<string> {
  return ended(store, { orderingKey, ...facts }, deadFor('rejected', true));
}

async function ended(store: Store, facts: Partial<NewEvent>, settlement: Settlement): Promise<string> {
  const [id = ''] = await accept(store, facts);
  const event = await claimOne(store);
  if (event.id !== id) throw new Error('another event was due');
  await store.outbox.settle([settlementOf(event, settlement)]);
  return id;
}

/** An event that was cancelled. */
export async function cancelled(store: Store, facts: Partial<NewEvent> = {}): Promise<string> {
  const [id = ''] = await accept(store, facts);
  await store.actions.cancel(id, ANN);
  return id;
}
