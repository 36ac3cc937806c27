import { expect, it } from '@jest/globals';
import { CLOCK_DOUBT_MS } from '../../../src/outbox/rows/stored-event.js';
import type { Store } from '../../../src/outbox/store.js';
import { accept, claim, claimOne, DELIVERED, retryIn, settlementOf } from '../support/events.js';
import { dead, REPLAY } from '../support/lives.js';
import { confirm, receiptOf } from '../support/receipts.js';
import type { CurrentFixture } from '../support/store-fixture.js';

/** What every engine promises about a receipt of an event that is pending. */
export function proofOfPending(current: CurrentFixture): void {
  it('delivers it, for its attempt had come through', async () => {
    const { store, clock } = current();
    await accept(store, {});
    const event = await claimOne(store);
    await store.outbox.settle([settlementOf(event, retryIn(9000, { attempts: 1, uncertain: 1 }))]);
    clock.set(clock.now() + 50);
    expect(await confirm(store, event.id)).toEqual({
      result: 'confirmed',
      eventId: event.id,
      waitedMs: 0,
      ended: true,
    });
    const now = clock.now();
    expect(await store.outbox.find(event.id)).toMatchObject({
      status: 'delivered',
      deliveredAt: now,
      confirmedAt: now,
      attemptCount: 1,
    });
    clock.set(now + 9000);
    expect(await claim(store)).toEqual([]);
    expect((await store.outbox.measure()).counts).toEqual([
      { type: 'CustomerPurchase', status: 'delivered', count: 1 },
    ]);
    expect(await store.receipts.markOverdue(9)).toEqual([]);
  });

  it.each([
    ['was never sent', async () => {}],
    ['was given back before it ran', (store: Store) => giveBack(store)],
  ])('proves nothing where it %s: whoever raised it, it is sent', async (_, live) => {
    const { store } = current();
    const [id = ''] = await accept(store, {});
    await live(store);
    const unknown = { result: 'unknown', eventId: null, waitedMs: null, ended: false };
    expect(await store.receipts.confirm([receiptOf(id), receiptOf(id)])).toEqual([unknown, unknown]);
    expect(await store.receipts.listReceipts(id)).toEqual([]);
    expect(await store.outbox.find(id)).toMatchObject({ status: 'pending', confirmedAt: null });
    expect((await claimOne(store)).id).toBe(id);
  });

  it('proves nothing where it was not sent since it was replayed', async () => {
    const { store, clock } = current();
    const id = await dead(store);
    await store.actions.replay(id, REPLAY);
    const operationAt = clock.now() + CLOCK_DOUBT_MS;
    expect(await confirm(store, id, { operationAt })).toMatchObject({ result: 'unknown' });
    expect((await claimOne(store)).id).toBe(id);
  });

  it('delivers it where a lease of it was lost: nobody knows what its owner did', async () => {
    const { store, clock } = current();
    await accept(store, {});
    const { id, leaseUntil } = await claimOne(store);
    clock.set(leaseUntil + 1);
    const [lost] = await store.outbox.findLostLeases('owner-2', 9);
    if (lost === undefined) throw new Error('a lease was lost');
    await store.outbox.settle([settlementOf(lost, retryIn(1000, { attempts: 1, uncertain: 1, lostLeases: 1 }))]);
    expect(await confirm(store, id)).toMatchObject({ result: 'confirmed', ended: true });
  });

  it('lets the next of its ordering key go', async () => {
    const { store } = current();
    const line = { orderingKey: 'V-1' };
    const [first = '', second, third] = await accept(store, line, line, line);
    await store.outbox.settle([settlementOf(await claimOne(store), retryIn(9000, { attempts: 1, uncertain: 1 }))]);
    await store.receipts.confirm([receiptOf(first), receiptOf(first)]);
    expect((await claimOne(store)).id).toBe(second);
    expect((await store.outbox.find(third ?? ''))?.status).toBe('pending');
  });

  it('leaves one in its place that waits behind another, and cannot have been sent', async () => {
    const { store } = current();
    const line = { orderingKey: 'V-1' };
    const [first, second = ''] = await accept(store, line, line);
    expect(await confirm(store, second)).toMatchObject({ result: 'unknown' });
    const head = await claimOne(store);
    expect(head.id).toBe(first);
    await store.outbox.settle([settlementOf(head, DELIVERED)]);
    expect((await claimOne(store)).id).toBe(second);
  });

  it('is kept by retention from then on', async () => {
    const { store, clock } = current();
    const [id = ''] = await accept(store, {});
    await store.outbox.settle([settlementOf(await claimOne(store), retryIn(9000, { attempts: 1, uncertain: 1 }))]);
    clock.set(clock.now() + 1000);
    await confirm(store, id);
    expect(await store.housekeeping.removeEnded({ endedBefore: clock.now(), limit: 9 })).toBe(0);
    expect(await store.housekeeping.removeEnded({ endedBefore: clock.now() + 1, limit: 9 })).toBe(1);
  });
}

/** The event that is due goes back, as one that a gate refused. */
async function giveBack(store: Store): Promise<void> {
  const given = retryIn(0, { attempts: 0, uncertain: 0 });
  await store.outbox.settle([settlementOf(await claimOne(store), given)]);
}
