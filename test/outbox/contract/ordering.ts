import { expect, it } from '@jest/globals';
import type { ClaimedEvent } from '../../../src/outbox/outbox.js';
import type { Store } from '../../../src/outbox/store.js';
import { accept, claim, claimOne, DELIVERED, deadFor, retryIn, settlementOf } from '../support/events.js';
import type { CurrentFixture } from '../support/store-fixture.js';

/** What every engine promises about events of one ordering key. */
export function ordering(current: CurrentFixture): void {
  const ordered = (orderingKey: string, count: number) => Array.from({ length: count }, () => ({ orderingKey }));

  it('hands out the first of a key alone, and the next one after its end', async () => {
    const { store } = current();
    const ids = await accept(store, ...ordered('V-1', 4));
    const seen: string[] = [];
    for (const _ of ids) seen.push(await deliverOne(store));
    expect(seen).toEqual(ids);
    expect(await claim(store)).toEqual([]);
  });

  it('keeps the order of calls that were made at the same time', async () => {
    const { store } = current();
    const calls = Array.from({ length: 12 }, () => accept(store, ...ordered('V-1', 2)));
    const ids = (await Promise.all(calls)).flat();
    const seen: string[] = [];
    for (const _ of ids) seen.push(await deliverOne(store));
    expect(seen).toEqual(ids);
  });

  it('holds those behind a retry, whatever their own time', async () => {
    const { store, clock } = current();
    const [first] = await accept(store, ...ordered('V-1', 2));
    await store.outbox.settle([settlementOf(await claimOne(store), retryIn(60_000))]);
    clock.set(clock.now() + 59_999);
    expect(await claim(store)).toEqual([]);
    clock.set(clock.now() + 1);
    expect((await claimOne(store)).id).toBe(first);
  });

  it('holds an event that comes while the one before it is under a lease', async () => {
    const { store } = current();
    await accept(store, ...ordered('V-1', 1));
    const first = await claimOne(store);
    const [second] = await accept(store, ...ordered('V-1', 1));
    expect(await claim(store)).toEqual([]);
    await store.outbox.settle([settlementOf(first, DELIVERED)]);
    expect((await claimOne(store)).id).toBe(second);
  });

  it('holds nothing by an event that was delivered before', async () => {
    const { store } = current();
    await accept(store, ...ordered('V-1', 1));
    await deliverOne(store);
    await accept(store, ...ordered('V-1', 1));
    expect(await claim(store)).toHaveLength(1);
  });

  it('orders within a client, a type and a key, and nothing across', async () => {
    const { store } = current();
    await accept(
      store,
      { orderingKey: 'V-1' },
      { orderingKey: 'V-2' },
      { orderingKey: 'V-1', client: 'erp' },
      { orderingKey: 'V-1', type: 'VendorPaymentPosted' },
      { orderingKey: null },
      { orderingKey: null },
      { orderingKey: '' },
    );
    expect(await claim(store)).toHaveLength(7);
  });

  it('lets those behind a dead event go on where it does not block', async () => {
    const { store } = current();
    const [, second] = await accept(store, ...ordered('V-1', 2));
    await store.outbox.settle([settlementOf(await claimOne(store), deadFor('rejected', false))]);
    expect((await claimOne(store)).id).toBe(second);
  });

  it('holds those behind a dead event that blocks, those that come later too', async () => {
    const { store, clock } = current();
    await accept(store, ...ordered('V-1', 2));
    await store.outbox.settle([settlementOf(await claimOne(store), deadFor('rejected', true))]);
    await accept(store, ...ordered('V-1', 1));
    clock.set(clock.now() + 1e9);
    expect(await claim(store)).toEqual([]);
    await accept(store, ...ordered('V-2', 1));
    expect(await claim(store)).toHaveLength(1);
  });

  it('blocks nobody by a dead event without an ordering key', async () => {
    const { store } = current();
    await accept(store, {});
    await store.outbox.settle([settlementOf(await claimOne(store), deadFor('rejected', true))]);
    await accept(store, {});
    expect(await claim(store)).toHaveLength(1);
  });

  it('lets the next one go when a late 2xx proves the one before it', async () => {
    const { store } = current();
    const [, second] = await accept(store, ...ordered('V-1', 2));
    const first = await claimOne(store);
    await store.outbox.settle([settlementOf(first, retryIn(60_000))]);
    await store.outbox.settle([settlementOf(first, DELIVERED)]);
    expect((await claimOne(store)).id).toBe(second);
  });

  it('leaves a repeat without a place of its own', async () => {
    const { store } = current();
    await accept(store, { orderingKey: 'V-1', key: 'same' });
    await accept(store, { orderingKey: 'V-1', key: 'same' });
    await deliverOne(store);
    expect(await claim(store)).toEqual([]);
  });

  it('has one event of a key in flight, however many claim at the same time', async () => {
    const { store } = current();
    await accept(store, ...['V-1', 'V-2', 'V-3'].flatMap((key) => ordered(key, 10)));
    const claims = Array.from({ length: 10 }, (_, n) => claim(store, { owner: `owner-${n}` }));
    expect((await Promise.all(claims)).flat()).toHaveLength(3);
  });

  async function deliverOne(store: Store): Promise<string> {
    const event: ClaimedEvent = await claimOne(store);
    await store.outbox.settle([settlementOf(event, DELIVERED)]);
    return event.id;
  }
}
