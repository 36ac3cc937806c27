import { describe, expect, it } from '@jest/globals';
import type { Store } from '../../../src/outbox/store.js';
import { accept, attemptOf, claim, claimOne, DELIVERED, newEvent, settlementOf } from '../support/events.js';
import { ANN, cancelled, dead, delivered, FORCED } from '../support/lives.js';
import type { CurrentFixture } from '../support/store-fixture.js';

/** What every engine promises about retention. */
export function housekeeping(current: CurrentFixture): void {
  const DAY_MS = 86_400_000;
  const ALL = { endedBefore: Date.UTC(2100, 0, 1), limit: 100 };

  describe('removing', () => {
    it('removes what was delivered or cancelled before an instant, with its timeline', async () => {
      const { store, clock } = current();
      await accept(store, {});
      const event = await claimOne(store);
      await store.outbox.settle([settlementOf(event, DELIVERED, attemptOf())]);
      const gone = [event.id, await cancelled(store)];
      const endedBefore = clock.now() + 1;
      clock.set(endedBefore);
      const kept = [await delivered(store), await cancelled(store)];
      expect(await store.housekeeping.removeEnded({ endedBefore, limit: 100 })).toBe(2);
      expect(await found(store, gone)).toEqual([]);
      expect(await store.outbox.listAttempts(event.id)).toEqual([]);
      expect(await found(store, kept)).toEqual(kept);
    });

    it('never removes what is pending, delivering or dead', async () => {
      const { store } = current();
      const ids = [await dead(store), ...(await accept(store, {}, {}))];
      await claim(store, { limit: 1 });
      expect(await store.housekeeping.removeEnded(ALL)).toBe(0);
      expect(await found(store, ids)).toEqual(ids);
    });

    it('counts from the end, not from acceptance', async () => {
      const { store, clock } = current();
      const [id = ''] = await accept(store, {});
      clock.set(clock.now() + 40 * DAY_MS);
      await store.outbox.settle([settlementOf(await claimOne(store), DELIVERED)]);
      expect(await store.housekeeping.removeEnded({ endedBefore: clock.now(), limit: 9 })).toBe(0);
      expect(await found(store, [id])).toEqual([id]);
    });

    it('goes in steps, the oldest first', async () => {
      const { store, clock } = current();
      const ids: string[] = [];
      for (let n = 0; n < 5; n += 1) {
        ids.push(await (n % 2 === 0 ? delivered(store) : cancelled(store)));
        clock.set(clock.now() + 1000);
      }
      await store.housekeeping.clearData({ ...ALL, limit: 3 });
      expect(await store.housekeeping.removeEnded({ ...ALL, limit: 2 })).toBe(2);
      expect(await found(store, ids)).toEqual(ids.slice(2));
      expect(await store.housekeeping.removeEnded({ ...ALL, limit: 9 })).toBe(3);
      expect(await store.housekeeping.removeEnded(ALL)).toBe(0);
    });

    it('is counted, so that nothing is missing from the sum', async () => {
      const { store } = current();
      await delivered(store);
      await cancelled(store);
      await delivered(store, { type: 'VendorPaymentPosted' });
      await dead(store);
      await store.housekeeping.removeEnded(ALL);
      const { counts, removed } = await store.outbox.measure();
      expect(counts).toEqual([{ type: 'CustomerPurchase', status: 'dead', count: 1 }]);
      expect(removed).toEqual([
        { type: 'CustomerPurchase', count: 2 },
        { type: 'VendorPaymentPosted', count: 1 },
      ]);
    });

    it('frees the key', async () => {
      const { store } = current();
      await delivered(store, { key: 'P-1' });
      await store.housekeeping.removeEnded(ALL);
      expect(await store.outbox.append([newEvent({ key: 'P-1' })])).toMatchObject([{ kind: 'accepted' }]);
    });

    it('leaves alone what was replayed since', async () => {
      const { store } = current();
      const id = await delivered(store);
      await store.actions.replay(id, FORCED);
      expect(await store.housekeeping.removeEnded(ALL)).toBe(0);
      expect(await found(store, [id])).toEqual([id]);
    });

    it('does each event once, however many try at the same time', async () => {
      const { store } = current();
      for (let n = 0; n < 6; n += 1) await delivered(store);
      const steps = Array.from({ length: 4 }, () => store.housekeeping.removeEnded({ ...ALL, limit: 3 }));
      const removed = (await Promise.all(steps)).reduce((sum, count) => sum + count, 0);
      expect(removed).toBeLessThanOrEqual(6);
      const rest = await store.housekeeping.removeEnded(ALL);
      expect(removed + rest).toBe(6);
      expect((await store.outbox.measure()).removed).toEqual([{ type: 'CustomerPurchase', count: 6 }]);
    });
  });

  describe('clearing content', () => {
    it('clears what was delivered or cancelled before an instant, and keeps all else', async () => {
      const { store, clock } = current();
      const ids = [await delivered(store), await cancelled(store)];
      const before = await Promise.all(ids.map((id) => store.outbox.find(id)));
      const endedBefore = clock.now() + 1;
      clock.set(endedBefore);
      const later = await delivered(store);
      expect(await store.housekeeping.clearData({ endedBefore, limit: 100 })).toBe(2);
      const after = await Promise.all(ids.map((id) => store.outbox.find(id)));
      expect(after).toEqual(before.map((event) => ({ ...event, data: null })));
      expect((await store.outbox.find(later))?.data).not.toBeNull();
    });

    it('never clears what may still be sent', async () => {
      const { store } = current();
      const ids = [await dead(store), ...(await accept(store, {}, {}))];
      await claim(store, { limit: 1 });
      expect(await store.housekeeping.clearData(ALL)).toBe(0);
      for (const id of ids) expect((await store.outbox.find(id))?.data).not.toBeNull();
    });

    it('goes in steps and comes to its end, past what was erased before', async () => {
      const { store } = current();
      const ids = [await delivered(store), await delivered(store), await delivered(store)];
      await store.actions.erase(ids[0] ?? '', ANN);
      expect(await store.housekeeping.clearData({ ...ALL, limit: 1 })).toBe(1);
      expect(await store.housekeeping.clearData({ ...ALL, limit: 5 })).toBe(1);
      expect(await store.housekeeping.clearData(ALL)).toBe(0);
      expect(await store.actions.replay(ids[1] ?? '', FORCED)).toEqual({ kind: 'no-data', status: 'delivered' });
    });
  });

  async function found(store: Store, ids: readonly string[]): Promise<readonly string[]> {
    const events = await Promise.all(ids.map((id) => store.outbox.find(id)));
    return events.flatMap((event) => (event === null ? [] : [event.id]));
  }
}
