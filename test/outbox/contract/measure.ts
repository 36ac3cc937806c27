import { expect, it } from '@jest/globals';
import { accept, claim, DELIVERED, deadFor, newEvent, retryIn, settlementOf } from '../support/events.js';
import type { CurrentFixture } from '../support/store-fixture.js';

/** What every engine promises about its gauges. */
export function measure(current: CurrentFixture): void {
  it('counts nothing in an empty store', async () => {
    expect(await current().store.outbox.measure()).toEqual({
      counts: [],
      oldestPendingAt: null,
      blocking: [],
      overdue: [],
      removed: [],
    });
  });

  it('counts events by type and status through every change', async () => {
    const { store } = current();
    const repeated = newEvent();
    await store.outbox.append([repeated, newEvent(), newEvent(), newEvent({ type: 'VendorPaymentPosted' })]);
    await store.outbox.append([newEvent({ key: repeated.key })]);
    const [delivered, dead, retried] = await claim(store, { wanted: [{ type: 'CustomerPurchase', limit: 3 }] });
    if (delivered === undefined || dead === undefined || retried === undefined) throw new Error('three were due');
    expect((await store.outbox.measure()).counts).toEqual([
      { type: 'CustomerPurchase', status: 'delivering', count: 3 },
      { type: 'VendorPaymentPosted', status: 'pending', count: 1 },
    ]);
    const requests = [
      settlementOf(delivered, DELIVERED),
      settlementOf(delivered, DELIVERED),
      settlementOf(dead, deadFor('rejected', false)),
      settlementOf(retried, retryIn(0)),
    ];
    await store.outbox.settle(requests);
    expect((await store.outbox.measure()).counts).toEqual([
      { type: 'CustomerPurchase', status: 'dead', count: 1 },
      { type: 'CustomerPurchase', status: 'delivered', count: 1 },
      { type: 'CustomerPurchase', status: 'pending', count: 1 },
      { type: 'VendorPaymentPosted', status: 'pending', count: 1 },
    ]);
  });

  it('counts as blocking what died in its place, and not what waits there for its next attempt', async () => {
    const { store } = current();
    await accept(store, { orderingKey: 'one' }, { orderingKey: 'two' }, { orderingKey: 'three' });
    const [retried, dead, blocking] = await claim(store);
    if (retried === undefined || dead === undefined || blocking === undefined) throw new Error('three were due');
    await store.outbox.settle([settlementOf(retried, retryIn(9000)), settlementOf(dead, deadFor('rejected', false))]);
    expect((await store.outbox.measure()).blocking).toEqual([]);
    await store.outbox.settle([settlementOf(blocking, deadFor('rejected', true))]);
    expect((await store.outbox.measure()).blocking).toEqual([{ type: 'CustomerPurchase', count: 1 }]);
  });

  it('tells when the oldest undelivered event was accepted, under a lease or waiting', async () => {
    const { store, clock } = current();
    const firstAt = clock.now();
    await accept(store, {});
    clock.set(firstAt + 1000);
    await accept(store, {});
    const [first] = await claim(store, { limit: 1 });
    if (first === undefined) throw new Error('two events are due');
    expect((await store.outbox.measure()).oldestPendingAt).toBe(firstAt);
    await store.outbox.settle([settlementOf(first, retryIn(60_000))]);
    expect((await store.outbox.measure()).oldestPendingAt).toBe(firstAt);
    clock.set(clock.now() + 60_000);
    const rest = await claim(store);
    await store.outbox.settle(rest.map((event) => settlementOf(event, DELIVERED)));
    expect((await store.outbox.measure()).oldestPendingAt).toBeNull();
  });
}
