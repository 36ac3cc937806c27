import { describe, expect, it } from '@jest/globals';
import { newEventId } from '../../../src/kernel/ids.js';
import { accept, claim, claimOne, DELIVERED, retryIn, settlementOf } from '../support/events.js';
import { ANN, blocking, cancelled, dead, delivered } from '../support/lives.js';
import type { CurrentFixture } from '../support/store-fixture.js';

/** What every engine promises about ending an event by hand. */
export function cancel(current: CurrentFixture): void {
  it('ends a pending event, which is never handed out again', async () => {
    const { store, clock } = current();
    const [id = ''] = await accept(store, {});
    const result = await store.actions.cancel(id, { by: 'ann', reason: 'sent by mistake' });
    const { data, ...listed } = { ...(await store.outbox.find(id)) };
    expect(result).toEqual({ kind: 'done', event: listed });
    expect(listed).toMatchObject({ status: 'cancelled', reason: 'sent by mistake', deliveredAt: null });
    expect(data).not.toBeNull();
    clock.set(clock.now() + 1e9);
    expect(await claim(store)).toEqual([]);
  });

  it('ends a dead event', async () => {
    const { store } = current();
    const id = await dead(store);
    expect(await store.actions.cancel(id, ANN)).toMatchObject({ kind: 'done', event: { status: 'cancelled' } });
    expect((await store.outbox.measure()).counts).toEqual([
      { type: 'CustomerPurchase', status: 'cancelled', count: 1 },
    ]);
  });

  it.each([
    ['delivering', async () => (await claimOne(current().store)).id],
    ['delivered', () => delivered(current().store)],
    ['cancelled', () => cancelled(current().store)],
  ])('refuses a %s event', async (status, prepare) => {
    const { store } = current();
    if (status === 'delivering') await accept(store, {});
    const id = await prepare();
    const before = await store.audit.list({ before: null, limit: 9 });
    expect(await store.actions.cancel(id, ANN)).toEqual({ kind: 'illegal', status });
    expect(await store.outbox.find(id)).toMatchObject({ status });
    expect(await store.audit.list({ before: null, limit: 9 })).toEqual(before);
  });

  it('says so where there is no such event', async () => {
    expect(await current().store.actions.cancel(newEventId(), ANN)).toEqual({ kind: 'not-found' });
  });

  it('takes no late 2xx for proof afterwards', async () => {
    const { store } = current();
    await accept(store, {});
    const event = await claimOne(store);
    await store.outbox.settle([settlementOf(event, retryIn(60_000))]);
    await store.actions.cancel(event.id, ANN);
    expect(await store.outbox.settle([settlementOf(event, DELIVERED)])).toEqual(['stale']);
    expect(await store.outbox.find(event.id)).toMatchObject({ status: 'cancelled' });
  });

  it('keeps its key: a repeat is told, not stored', async () => {
    const { store } = current();
    const id = await cancelled(store, { key: 'P-1' });
    const [again] = await accept(store, { key: 'P-1' });
    expect(again).toBe(id);
  });

  it('is audited with who, what and why', async () => {
    const { store, clock } = current();
    const [id = ''] = await accept(store, {});
    await store.actions.cancel(id, { by: 'ann', reason: 'sent by mistake' });
    expect(await store.audit.list({ before: null, limit: 9 })).toEqual([
      {
        sequence: expect.any(Number),
        at: clock.now(),
        by: 'ann',
        action: 'event.cancel',
        subject: id,
        detail: 'sent by mistake',
      },
    ]);
  });

  describe('of ordered events', () => {
    it('releases those behind a dead event that blocks', async () => {
      const { store } = current();
      const first = await blocking(store, 'V-1');
      const [second] = await accept(store, { orderingKey: 'V-1' }, { orderingKey: 'V-1' });
      await store.actions.cancel(first, ANN);
      expect((await claimOne(store)).id).toBe(second);
      expect((await store.outbox.measure()).blocking).toEqual([]);
    });

    it('lets the next one go where the first of a key waits', async () => {
      const { store } = current();
      const [first = '', second] = await accept(store, ...Array(3).fill({ orderingKey: 'V-1' }));
      await store.actions.cancel(first, ANN);
      expect((await claimOne(store)).id).toBe(second);
    });

    it('leaves the line as it is where one behind goes', async () => {
      const { store } = current();
      const [first, second = '', third] = await accept(store, ...Array(3).fill({ orderingKey: 'V-1' }));
      await store.actions.cancel(second, ANN);
      const event = await claimOne(store);
      expect(event.id).toBe(first);
      await store.outbox.settle([settlementOf(event, DELIVERED)]);
      expect((await claimOne(store)).id).toBe(third);
    });

    it('holds those behind while the first is under a lease', async () => {
      const { store } = current();
      const [first = ''] = await accept(store, ...Array(2).fill({ orderingKey: 'V-1' }));
      await claimOne(store);
      expect(await store.actions.cancel(first, ANN)).toEqual({ kind: 'illegal', status: 'delivering' });
      expect(await claim(store)).toEqual([]);
    });
  });
}
