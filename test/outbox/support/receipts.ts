import { randomUUID } from 'node:crypto';
import type { ConfirmResult, NewReceipt } from '../../../src/outbox/receipt.js';
import type { Settlement } from '../../../src/outbox/settlement.js';
import type { Store } from '../../../src/outbox/store.js';
import { accept, claimOne, DELIVERED, settlementOf } from './events.js';

/** Within this time a receipt is expected of an event that `awaited` delivers. */
export const CONFIRM_WITHIN_MS = 900_000;

/** A delivery of which a receipt is expected. */
export const DELIVERED_AWAITED = {
  kind: 'delivered',
  counts: DELIVERED.counts,
  confirmWithinMs: CONFIRM_WITHIN_MS,
} satisfies Settlement;

/** A receipt nobody told before, of the event with this id, but for what a test says about it. */
export function receiptOf(eventId: string, facts: Partial<NewReceipt> = {}): NewReceipt {
  return {
    eventIds: [eventId],
    type: 'CustomerPurchase',
    channel: 'webhook',
    step: 'step-1',
    operation: randomUUID(),
    operationAt: null,
    requestId: null,
    correlationId: null,
    stripped: false,
    ...facts,
  };
}

/** What one receipt comes to. */
export async function confirm(store: Store, eventId: string, facts: Partial<NewReceipt> = {}): Promise<ConfirmResult> {
  const [result] = await store.receipts.confirm([receiptOf(eventId, facts)]);
  if (result === undefined) throw new Error('one receipt, one result');
  return result;
}

/** The id of an event that was delivered and waits for its receipt. */
export async function awaited(store: Store): Promise<string> {
  const [id = ''] = await accept(store, {});
  await store.outbox.settle([settlementOf(await claimOne(store), DELIVERED_AWAITED)]);
  return id;
}
