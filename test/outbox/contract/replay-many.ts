import { expect, it } from '@jest/globals';
import type { EventFilter } from '../../../src/outbox/event-query.js';
import type { Store } from '../../../src/outbox/store.js';
import { accept, claim, claimOne, DELIVERED, deadFor, settlementOf } from '../support/events.js';
import { ANN, blocking, cancelled, dead, delivered } from '../support/lives.js';
import type { CurrentFixture } from '../support/store-fixture.js';

/** What every engine promises about sending all events once more that fit a filter. */
export function replayMany(current: CurrentFixture): void {
  it('counts and replays the dead ones that fit, in the order of acceptance, and nothing else', async () => {
    const { store } = current();
    const fitting = [await dead(store), await dead(store), await dead(store)];
    await dead(store, { type: 'VendorPaymentPosted' });
    await delivered(store);
    await cancelled(store);
    const filter = { type: 'CustomerPurchase' };
    expect(await store.actions.countReplayable(filter, false, 0)).toBe(3);
    expect(await replayAll(store, filter, { limit: 2 })).toBe(3);
    expect((await claim(store)).map(({ id }) => id)).toEqual(fitting);
    expect(await store.actions.countReplayable(filter, false, 0)).toBe(0);
  });

  it('counts only what lies behind the place where a replay goes on', async () => {
    const { store } = current();
    const filter = { type: 'CustomerPurchase' };
    for (let made = 0; made < 3; made += 1) await dead(store);
    const step = { by: 'ann', reason: null, force: false, filter, after: 0, limit: 2 };
    const { next } = await store.actions.replayStep(step);
    await store.outbox.settle((await claim(store)).map((event) => settlementOf(event, deadFor('rejected', false))));
    expect(await store.actions.countReplayable(filter, false, 0)).toBe(3);
    expect(await store.actions.countReplayable(filter, false, next ?? 0)).toBe(1);
  });

  it('takes delivered ones too by force', async () => {
    const { store } = current();
    const ids = [await delivered(store), await dead(store), await delivered(store)];
    expect(await store.actions.countReplayable({}, true, 0)).toBe(3);
    expect(await store.actions.countReplayable({ status: 'delivered' }, true, 0)).toBe(2);
    expect(await store.actions.countReplayable({ status: 'delivered' }, false, 0)).toBe(0);
    expect(await replayAll(store, {}, { force: true })).toBe(3);
    expect((await claim(store)).map(({ id }) => id)).toEqual(ids);
  });

  it.each<EventFilter>([{ status: 'pending' }, { status: 'cancelled' }, { status: 'delivering' }])(
    'finds nothing to replay among %j',
    async (filter) => {
      const { store } = current();
      await cancelled(store);
      await accept(store, {}, {});
      await claim(store, { limit: 1 });
      expect(await store.actions.countReplayable(filter, true, 0)).toBe(0);
      expect(await replayAll(store, filter, { force: true })).toBe(0);
    },
  );

  it('leaves out what has nothing left to send', async () => {
    const { store } = current();
    await store.actions.erase(await dead(store), ANN);
    const id = await dead(store);
    expect(await store.actions.countReplayable({}, false, 0)).toBe(1);
    expect(await replayAll(store, {})).toBe(1);
    expect((await claimOne(store)).id).toBe(id);
  });

  it('does not meet an event twice that died again meanwhile', async () => {
    const { store } = current();
    const [first, second] = [await dead(store), await dead(store)];
    const step = { ...ANN, force: false, filter: {}, limit: 1 };
    const { next } = await store.actions.replayStep({ ...step, after: 0 });
    const again = await claimOne(store);
    expect(again.id).toBe(first);
    await store.outbox.settle([settlementOf(again, deadFor('rejected', false))]);
    const rest = await store.actions.replayStep({ ...step, after: next ?? 0, limit: 9 });
    expect(rest).toEqual({ replayed: 1, next: null });
    expect((await claimOne(store)).id).toBe(second);
  });

  it('keeps the places of those that block, and releases nobody before they are delivered', async () => {
    const { store } = current();
    const heads = [await blocking(store, 'V-1'), await blocking(store, 'V-2')];
    await accept(store, { orderingKey: 'V-1' }, { orderingKey: 'V-2' });
    expect(await replayAll(store, { blocking: true })).toBe(2);
    const claimed = await claim(store);
    expect(claimed.map(({ id }) => id)).toEqual(heads);
    await store.outbox.settle(claimed.map((event) => settlementOf(event, DELIVERED)));
    expect(await claim(store)).toHaveLength(2);
  });

  it('writes a line for each step that changed something: who, which, how many, why', async () => {
    const { store } = current();
    const ids = [await dead(store), await dead(store), await dead(store)];
    await replayAll(store, { type: 'CustomerPurchase' }, { limit: 2 });
    await replayAll(store, { type: 'CustomerPurchase' }, { limit: 2 });
    const lines = (await store.audit.list({ before: null, limit: 9 })).toReversed();
    expect(lines.map(({ by, action }) => [by, action])).toEqual(Array(2).fill(['ann', 'event.replay']));
    expect(lines.map(({ subject }) => JSON.parse(subject))).toEqual(Array(2).fill({ type: 'CustomerPurchase' }));
    expect(lines.map(({ detail }) => detail)).toEqual([
      `2 from ${ids[0]} to ${ids[1]}: outage`,
      `1 from ${ids[2]} to ${ids[2]}: outage`,
    ]);
  });

  async function replayAll(
    store: Store,
    filter: EventFilter,
    { limit = 500, force = false }: { limit?: number; force?: boolean } = {},
  ): Promise<number> {
    let replayed = 0;
    let after: number | null = 0;
    while (after !== null) {
      const step = await store.actions.replayStep({ by: 'ann', reason: 'outage', force, filter, after, limit });
      expect(step.replayed).toBeLessThanOrEqual(limit);
      replayed += step.replayed;
      after = step.next;
    }
    return replayed;
  }
}
