import { expect, it } from '@jest/globals';
import { accept, claim, claimOne, retryIn, settlementOf } from '../support/events.js';
import { delivered, FORCED } from '../support/lives.js';
import { awaited, CONFIRM_WITHIN_MS, confirm, DELIVERED_AWAITED } from '../support/receipts.js';
import type { CurrentFixture, StoreFixture } from '../support/store-fixture.js';

/** What every engine promises about receipts that do not come. */
export function overdue(current: CurrentFixture): void {
  it('marks what was not confirmed in time, and not a moment earlier', async () => {
    const { store, clock } = current();
    const id = await awaited(store);
    clock.set(clock.now() + CONFIRM_WITHIN_MS - 1);
    expect(await store.receipts.markOverdue(9)).toEqual([]);
    expect(await listOverdue(current())).toEqual([]);
    expect((await store.outbox.find(id))?.overdue).toBe(false);
    clock.set(clock.now() + 1);
    expect(await store.receipts.markOverdue(9)).toEqual([{ type: 'CustomerPurchase', count: 1 }]);
    expect(await store.receipts.markOverdue(9)).toEqual([]);
    expect(await listOverdue(current())).toEqual([id]);
    expect((await store.outbox.measure()).overdue).toEqual([{ type: 'CustomerPurchase', count: 1 }]);
    expect(await store.outbox.find(id)).toMatchObject({ status: 'delivered', overdue: true });
  });

  it('tells of each event of a list whether it is overdue', async () => {
    const fixture = current();
    const { store } = fixture;
    const late = await lateOne(fixture);
    const id = await delivered(store);
    const { events } = await store.outbox.list({ filter: {}, cursor: null, limit: 9 });
    expect(events.map((event) => [event.id, event.overdue])).toEqual([
      [id, false],
      [late, true],
    ]);
  });

  it('awaits nothing where no receipt was expected', async () => {
    const { store, clock } = current();
    await delivered(store);
    clock.set(clock.now() + 1e9);
    expect(await store.receipts.markOverdue(9)).toEqual([]);
  });

  it('awaits one from a late 2xx on, as from any other', async () => {
    const { store, clock } = current();
    await accept(store, {});
    const event = await claimOne(store);
    await store.outbox.settle([settlementOf(event, retryIn(9000))]);
    expect(await store.outbox.settle([settlementOf(event, DELIVERED_AWAITED)])).toEqual(['proved']);
    clock.set(clock.now() + CONFIRM_WITHIN_MS);
    expect(await store.receipts.markOverdue(9)).toEqual([{ type: 'CustomerPurchase', count: 1 }]);
  });

  it('takes a delay with a fraction and never ends it early', async () => {
    const { store, clock } = current();
    await accept(store, {});
    const settlement = { ...DELIVERED_AWAITED, confirmWithinMs: 10.25 };
    await store.outbox.settle([settlementOf(await claimOne(store), settlement)]);
    clock.set(clock.now() + 10);
    expect(await store.receipts.markOverdue(9)).toEqual([]);
    clock.set(clock.now() + 1);
    expect(await store.receipts.markOverdue(9)).toHaveLength(1);
  });

  it('awaits nothing of what was confirmed in time', async () => {
    const { store, clock } = current();
    await confirm(store, await awaited(store));
    clock.set(clock.now() + 1e9);
    expect(await store.receipts.markOverdue(9)).toEqual([]);
    expect((await store.outbox.measure()).overdue).toEqual([]);
  });

  it('goes in small steps, those that waited longest first, and tells each type', async () => {
    const { store, clock } = current();
    const other = { type: 'VendorPaymentPosted' };
    const late: string[] = [];
    for (const facts of [{}, other, {}, {}, other]) {
      const [id = ''] = await accept(store, facts);
      await store.outbox.settle([settlementOf(await claimOne(store), DELIVERED_AWAITED)]);
      late.push(id);
      clock.set(clock.now() + 10);
    }
    clock.set(clock.now() + CONFIRM_WITHIN_MS);
    expect(await store.receipts.markOverdue(3)).toEqual(
      expect.arrayContaining([
        { type: 'CustomerPurchase', count: 2 },
        { type: 'VendorPaymentPosted', count: 1 },
      ]),
    );
    expect(await listOverdue(current())).toEqual(late.slice(0, 3).reverse());
    await store.receipts.markOverdue(3);
    expect(await listOverdue(current())).toEqual(late.toReversed());
    expect((await store.outbox.measure()).overdue).toEqual([
      { type: 'CustomerPurchase', count: 3 },
      { type: 'VendorPaymentPosted', count: 2 },
    ]);
  });

  it('ends with a receipt that comes after all', async () => {
    const fixture = current();
    const { store, clock } = fixture;
    const id = await lateOne(fixture);
    expect(await confirm(store, id)).toMatchObject({ result: 'confirmed', waitedMs: CONFIRM_WITHIN_MS });
    expect(await listOverdue(fixture)).toEqual([]);
    expect((await store.outbox.find(id))?.overdue).toBe(false);
    expect((await store.outbox.measure()).overdue).toEqual([]);
    clock.set(clock.now() + 1e9);
    expect(await store.receipts.markOverdue(9)).toEqual([]);
  });

  it('ends with a forced replay, and begins anew with its delivery', async () => {
    const fixture = current();
    const { store, clock } = fixture;
    const id = await lateOne(fixture);
    expect(await store.actions.replay(id, FORCED)).toMatchObject({ event: { overdue: false } });
    expect(await listOverdue(fixture)).toEqual([]);
    expect((await store.outbox.measure()).overdue).toEqual([]);
    await store.outbox.settle([settlementOf(await claimOne(store), DELIVERED_AWAITED)]);
    clock.set(clock.now() + CONFIRM_WITHIN_MS);
    await store.receipts.markOverdue(9);
    expect(await listOverdue(fixture)).toEqual([id]);
  });

  it('awaits nothing any more of what was replayed before its time had passed', async () => {
    const { store, clock } = current();
    await store.actions.replay(await awaited(store), FORCED);
    clock.set(clock.now() + 1e9);
    expect(await store.receipts.markOverdue(9)).toEqual([]);
  });

  it('is not counted any more once retention removed it', async () => {
    const fixture = current();
    const { store, clock } = fixture;
    await lateOne(fixture);
    await awaited(store);
    expect(await store.housekeeping.removeEnded({ endedBefore: clock.now() + 1, limit: 9 })).toBe(2);
    expect(await store.outbox.measure()).toMatchObject({ counts: [], overdue: [] });
    clock.set(clock.now() + 1e9);
    expect(await store.receipts.markOverdue(9)).toEqual([]);
  });

  it('is listed together with what else is asked for', async () => {
    const fixture = current();
    const { store, clock } = fixture;
    const late = await lateOne(fixture);
    await accept(store, { client: 'erp', key: 'K-1', orderingKey: 'V-1' }, { client: 'erp', key: 'K-2' });
    const events = await claim(store);
    await store.outbox.settle(events.map((event) => settlementOf(event, DELIVERED_AWAITED)));
    const [second, third] = events.map(({ id }) => id);
    clock.set(clock.now() + CONFIRM_WITHIN_MS);
    await store.receipts.markOverdue(9);
    await accept(store, { client: 'erp' });
    expect(await listOverdue(fixture)).toEqual([third, second, late]);
    expect(await listOverdue(fixture, { client: 'erp' })).toEqual([third, second]);
    expect(await listOverdue(fixture, { key: 'K-1' })).toEqual([second]);
    expect(await listOverdue(fixture, { orderingKey: 'V-1' })).toEqual([second]);
    expect(await listOverdue(fixture, { status: 'delivered', to: clock.now() - CONFIRM_WITHIN_MS })).toEqual([late]);
    expect(await listOverdue(fixture, { status: 'pending' })).toEqual([]);
    expect(await listOverdue(fixture, { blocking: true })).toEqual([]);
    await confirm(store, second ?? '');
    expect(await listOverdue(fixture, { key: 'K-1' })).toEqual([]);
    expect(await listOverdue(fixture, { client: 'erp' })).toEqual([third]);
  });

  it('is replayed by its filter, forced', async () => {
    const fixture = current();
    const { store } = fixture;
    const late = await lateOne(fixture);
    await delivered(store);
    const filter = { overdue: true } as const;
    expect(await store.actions.countReplayable(filter, false, 0)).toBe(0);
    expect(await store.actions.countReplayable(filter, true, 0)).toBe(1);
    expect(await store.actions.replayStep({ ...FORCED, filter, after: 0, limit: 9 })).toMatchObject({ replayed: 1 });
    expect((await claimOne(store)).id).toBe(late);
    expect((await store.outbox.measure()).overdue).toEqual([]);
  });

  async function lateOne({ store, clock }: StoreFixture): Promise<string> {
    const id = await awaited(store);
    clock.set(clock.now() + CONFIRM_WITHIN_MS);
    await store.receipts.markOverdue(9);
    return id;
  }

  async function listOverdue(
    { store }: StoreFixture,
    filter: Partial<Parameters<typeof store.outbox.list>[0]['filter']> = {},
  ) {
    const { events } = await store.outbox.list({ filter: { ...filter, overdue: true }, cursor: null, limit: 9 });
    return events.map(({ id }) => id);
  }
}
