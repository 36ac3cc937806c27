import { describe, expect, it } from '@jest/globals';
import { newEventId } from '../../../src/kernel/ids.js';
import {
  accept,
  attemptOf,
  claim,
  claimOne,
  DELIVERED,
  deadFor,
  NO_COUNTS,
  retryIn,
  settlementOf,
} from '../support/events.js';
import { ANN, blocking, cancelled, dead, delivered, FORCED, REPLAY } from '../support/lives.js';
import type { CurrentFixture } from '../support/store-fixture.js';

/** What every engine promises about sending an event once more. */
export function replay(current: CurrentFixture): void {
  it('makes a dead event pending again: same id, due now, everything afresh', async () => {
    const { store, clock } = current();
    await accept(store, {});
    const counts = { attempts: 9, uncertain: 8, conflicted: 3, lostLeases: 2, gateClosings: 1 };
    const event = await claimOne(store);
    await store.outbox.settle([settlementOf(event, { ...deadFor('too old', false), counts }, attemptOf())]);
    clock.set(clock.now() + 90_000);
    const result = await store.actions.replay(event.id, REPLAY);
    const { data: _, ...listed } = { ...(await store.outbox.find(event.id)) };
    expect(result).toEqual({ kind: 'done', event: listed });
    expect(listed).toMatchObject({ status: 'pending', reason: null, attemptCount: 0, availableAt: clock.now() });
    expect(listed).toMatchObject({ acceptedAt: event.acceptedAt, deliveredAt: null, confirmedAt: null });
    expect(await claimOne(store)).toMatchObject({ id: event.id, counts: NO_COUNTS, ageStartsAt: clock.now() });
    expect(await store.outbox.listAttempts(event.id)).toHaveLength(1);
  });

  it.each([
    ['delivering', async () => (await claimOne(current().store)).id],
    ['pending', async () => (await accept(current().store, { type: 'Unwanted' }))[0] ?? ''],
    ['cancelled', () => cancelled(current().store)],
  ])('refuses a %s event, with force too', async (status, prepare) => {
    const { store } = current();
    if (status === 'delivering') await accept(store, {});
    const id = await prepare();
    expect(await store.actions.replay(id, REPLAY)).toEqual({ kind: 'illegal', status });
    expect(await store.actions.replay(id, FORCED)).toEqual({ kind: 'illegal', status });
    expect(await store.outbox.find(id)).toMatchObject({ status });
    expect(
      (await store.audit.list({ before: null, limit: 9 })).filter((line) => line.action === 'event.replay'),
    ).toEqual([]);
  });

  it('sends a delivered event again by force alone, and forgets that it was', async () => {
    const { store } = current();
    const id = await delivered(store);
    expect(await store.actions.replay(id, REPLAY)).toEqual({ kind: 'illegal', status: 'delivered' });
    expect(await store.actions.replay(id, FORCED)).toMatchObject({ kind: 'done', event: { status: 'pending' } });
    expect(await store.outbox.find(id)).toMatchObject({ deliveredAt: null, confirmedAt: null });
    expect((await claimOne(store)).id).toBe(id);
  });

  it('says so where there is no such event, and where there is nothing left to send', async () => {
    const { store } = current();
    expect(await store.actions.replay(newEventId(), FORCED)).toEqual({ kind: 'not-found' });
    const id = await dead(store);
    await store.actions.erase(id, ANN);
    expect(await store.actions.replay(id, REPLAY)).toEqual({ kind: 'no-data', status: 'dead' });
    expect(await store.outbox.find(id)).toMatchObject({ status: 'dead' });
  });

  it('lets one of two operators replay, who act at the same time', async () => {
    const { store } = current();
    const id = await dead(store);
    const results = await Promise.all([store.actions.replay(id, REPLAY), store.actions.replay(id, REPLAY)]);
    expect(results.map(({ kind }) => kind).sort()).toEqual(['done', 'illegal']);
    expect((await store.outbox.measure()).counts).toEqual([{ type: 'CustomerPurchase', status: 'pending', count: 1 }]);
  });

  it('takes no late 2xx of an attempt before it for proof', async () => {
    const { store } = current();
    await accept(store, {});
    const early = await claimOne(store);
    await store.outbox.settle([settlementOf(early, retryIn(0))]);
    await store.outbox.settle([settlementOf(await claimOne(store), deadFor('rejected', false))]);
    await store.actions.replay(early.id, REPLAY);
    expect(await store.outbox.settle([settlementOf(early, DELIVERED)])).toEqual(['stale']);
    expect(await store.outbox.find(early.id)).toMatchObject({ status: 'pending' });
    const late = await claimOne(store);
    await store.outbox.settle([settlementOf(late, retryIn(60_000))]);
    expect(await store.outbox.settle([settlementOf(late, DELIVERED)])).toEqual(['proved']);
  });

  it('is audited with who, what and why, and only where something changed', async () => {
    const { store, clock } = current();
    const id = await dead(store);
    await store.actions.replay(id, { by: 'ann', reason: 'vendor created', force: false });
    await store.actions.replay(id, REPLAY);
    const at = clock.now();
    const line = { sequence: expect.any(Number), at, by: 'ann', action: 'event.replay', subject: id };
    expect(await store.audit.list({ before: null, limit: 9 })).toEqual([{ ...line, detail: 'vendor created' }]);
  });

  describe('of ordered events', () => {
    it('keeps the place of an event that blocks its key', async () => {
      const { store } = current();
      const first = await blocking(store, 'V-1');
      const [second] = await accept(store, { orderingKey: 'V-1' });
      await store.actions.replay(first, REPLAY);
      expect((await store.outbox.measure()).blocking).toEqual([]);
      const again = await claimOne(store);
      expect(again.id).toBe(first);
      await store.outbox.settle([settlementOf(again, DELIVERED)]);
      expect((await claimOne(store)).id).toBe(second);
    });

    it('blocks again where it dies again', async () => {
      const { store } = current();
      const first = await blocking(store, 'V-1');
      await accept(store, { orderingKey: 'V-1' });
      await store.actions.replay(first, REPLAY);
      await store.outbox.settle([settlementOf(await claimOne(store), deadFor('rejected', true))]);
      expect(await claim(store)).toEqual([]);
      expect((await store.outbox.measure()).blocking).toEqual([{ type: 'CustomerPurchase', count: 1 }]);
    });

    it('neither waits nor blocks where its death blocked nobody', async () => {
      const { store } = current();
      const first = await dead(store, { orderingKey: 'V-1' });
      const [second, third] = await accept(store, { orderingKey: 'V-1' }, { orderingKey: 'V-1' });
      expect((await claimOne(store)).id).toBe(second);
      await store.actions.replay(first, REPLAY);
      const again = await claimOne(store);
      expect(again.id).toBe(first);
      await store.outbox.settle([settlementOf(again, deadFor('rejected', true))]);
      expect((await store.outbox.measure()).blocking).toEqual([]);
      expect(await store.outbox.find(third ?? '')).toMatchObject({ status: 'pending' });
    });

    it('neither waits nor blocks by force, and releases those behind it', async () => {
      const { store } = current();
      const first = await blocking(store, 'V-1');
      const [second, third] = await accept(store, { orderingKey: 'V-1' }, { orderingKey: 'V-1' });
      await store.actions.replay(first, FORCED);
      const claimed = await claim(store);
      expect(claimed.map(({ id }) => id)).toEqual([second, first]);
      expect(await store.outbox.find(third ?? '')).toMatchObject({ status: 'pending' });
      expect((await store.outbox.measure()).blocking).toEqual([]);
    });

    it('by force of a delivered event stands in nobody’s way', async () => {
      const { store } = current();
      const first = await delivered(store, { orderingKey: 'V-1' });
      const [second] = await accept(store, { orderingKey: 'V-1' });
      await store.actions.replay(first, FORCED);
      expect((await claim(store)).map(({ id }) => id)).toEqual([second, first]);
    });
  });
}
