import { expect, it } from '@jest/globals';
import { accept, claimOne, DELIVERED, newEvent, settlementOf } from '../support/events.js';
import type { CurrentFixture } from '../support/store-fixture.js';

/** What every engine promises about accepting events. */
export function append(current: CurrentFixture): void {
  it('accepts an event as pending, at the time of the store', async () => {
    const { store, clock } = current();
    const event = newEvent();
    const results = await store.outbox.append([event]);
    expect(results).toEqual([{ kind: 'accepted', id: event.id, status: 'pending', acceptedAt: clock.now() }]);
  });

  it('answers in the order of the events', async () => {
    const { store } = current();
    const events = Array.from({ length: 50 }, () => newEvent());
    const results = await store.outbox.append(events);
    expect(results.map(({ id }) => id)).toEqual(events.map(({ id }) => id));
  });

  it('takes no events for nothing to do', async () => {
    expect(await current().store.outbox.append([])).toEqual([]);
  });

  it('answers a repeat with the first id and time and with the status of today', async () => {
    const { store, clock } = current();
    const first = newEvent();
    await store.outbox.append([first]);
    const acceptedAt = clock.now();
    clock.set(acceptedAt + 5000);
    await store.outbox.settle([settlementOf(await claimOne(store), DELIVERED)]);
    const results = await store.outbox.append([newEvent({ key: first.key })]);
    expect(results).toEqual([{ kind: 'repeated', id: first.id, status: 'delivered', acceptedAt }]);
  });

  it('tells a key that was used for other content, and stores nothing', async () => {
    const { store } = current();
    const first = newEvent();
    const other = newEvent({ key: first.key, fingerprint: 'b3RoZXI' });
    await store.outbox.append([first]);
    expect(await store.outbox.append([other])).toEqual([{ kind: 'conflicting', id: first.id }]);
    expect(await store.outbox.find(other.id)).toBeNull();
  });

  it.each([
    ['client', { client: 'erp' }],
    ['type', { type: 'VendorPaymentPosted' }],
    ['kind of key', { keyKind: 'header' }],
    ['key', { key: 'another' }],
  ] as const)('takes the same key for a different one where the %s differs', async (_, difference) => {
    const { store } = current();
    const first = newEvent({ key: 'the same' });
    const [, second] = await store.outbox.append([first, newEvent({ key: 'the same', ...difference })]);
    expect(second?.kind).toBe('accepted');
  });

  it('recognises repeats and conflicts among the events of one call', async () => {
    const { store } = current();
    const first = newEvent();
    const repeat = newEvent({ key: first.key });
    const conflict = newEvent({ key: first.key, fingerprint: 'b3RoZXI' });
    const results = await store.outbox.append([first, repeat, conflict]);
    expect(results.map(({ kind, id }) => [kind, id])).toEqual([
      ['accepted', first.id],
      ['repeated', first.id],
      ['conflicting', first.id],
    ]);
  });

  it('accepts one of many that bring the same key at the same time', async () => {
    const { store } = current();
    const events = Array.from({ length: 100 }, () => newEvent({ key: 'contested' }));
    const results = (await Promise.all(events.map((event) => store.outbox.append([event])))).flat();
    expect(results.filter(({ kind }) => kind === 'accepted')).toHaveLength(1);
    expect(new Set(results.map(({ id }) => id)).size).toBe(1);
  });

  it('stores all events of a call or none', async () => {
    const { store } = current();
    const good = newEvent();
    const sameId = newEvent({ id: good.id });
    await expect(store.outbox.append([good, sameId])).rejects.toMatchObject({ code: 'storage-not-stored' });
    expect(await store.outbox.find(good.id)).toBeNull();
    expect((await store.outbox.measure()).counts).toEqual([]);
  });

  it('fails one call alone where its transaction holds others', async () => {
    const { store } = current();
    const [taken] = await accept(store, {});
    const calls = [newEvent(), newEvent({ id: taken ?? '' }), newEvent()].map((event) => store.outbox.append([event]));
    const settled = await Promise.allSettled(calls);
    expect(settled.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
    expect((await store.outbox.measure()).counts).toEqual([{ type: 'CustomerPurchase', status: 'pending', count: 3 }]);
  });
}
