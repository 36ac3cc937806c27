import { describe, expect, it } from '@jest/globals';
import { accept, claim, claimOne, DELIVERED, LEASE_MS, retryIn, settlementOf } from '../support/events.js';
import type { CurrentFixture } from '../support/store-fixture.js';

/** What every engine promises about prolonging leases and about finding those whose owner died. */
export function leases(current: CurrentFixture): void {
  describe('renewing', () => {
    it('prolongs every lease of its owner and tells until when', async () => {
      const { store, clock } = current();
      await accept(store, {}, {});
      await claim(store);
      clock.set(clock.now() + 10_000);
      const until = await store.outbox.renewLeases('owner-1', LEASE_MS);
      expect(until).toBe(clock.now() + LEASE_MS);
      clock.set(until);
      const leased = await store.outbox.findLostLeases('somebody else', 10);
      expect(leased.map(({ leaseUntil }) => leaseUntil)).toEqual([until, until]);
    });

    it('leaves the leases of others as they are', async () => {
      const { store, clock } = current();
      await accept(store, {});
      const { leaseUntil } = await claimOne(store, { owner: 'owner-2' });
      clock.set(clock.now() + 10_000);
      await store.outbox.renewLeases('owner-1', LEASE_MS);
      clock.set(leaseUntil);
      expect(await store.outbox.findLostLeases('owner-1', 10)).toMatchObject([{ leaseUntil }]);
    });

    it('keeps the token, so that the lease can still be settled', async () => {
      const { store } = current();
      await accept(store, {});
      const event = await claimOne(store);
      await store.outbox.renewLeases('owner-1', LEASE_MS);
      expect(await store.outbox.settle([settlementOf(event, DELIVERED)])).toEqual(['settled']);
    });
  });

  describe('finding lost ones', () => {
    it('finds a dead owner’s events with the leases they carry, oldest first', async () => {
      const { store, clock } = current();
      const ids = await accept(store, {}, {}, {});
      const claimed = await claim(store, { owner: 'dead' });
      clock.set(clock.now() + LEASE_MS);
      expect(await store.outbox.findLostLeases('alive', 2)).toEqual(claimed.slice(0, 2));
      expect((await store.outbox.findLostLeases('alive', 10)).map(({ id }) => id)).toEqual(ids);
    });

    it('finds them at once where nobody else can be at work, and else when their time is over', async () => {
      const { store, clock, soleOwner } = current();
      await accept(store, {});
      const { leaseUntil } = await claimOne(store, { owner: 'dead' });
      clock.set(leaseUntil - 1);
      expect(await store.outbox.findLostLeases('alive', 10)).toHaveLength(soleOwner ? 1 : 0);
      clock.set(leaseUntil);
      expect(await store.outbox.findLostLeases('alive', 10)).toHaveLength(1);
    });

    it('leaves out the leases of the owner that asks, even those whose time has passed', async () => {
      const { store, clock } = current();
      await accept(store, {});
      await claimOne(store);
      clock.set(clock.now() + 10 * LEASE_MS);
      expect(await store.outbox.findLostLeases('owner-1', 10)).toEqual([]);
    });

    it('finds nothing once they are settled, and lets one of two recoveries win', async () => {
      const { store, clock } = current();
      await accept(store, {});
      await claimOne(store, { owner: 'dead' });
      clock.set(clock.now() + LEASE_MS);
      const [lost] = await store.outbox.findLostLeases('alive', 10);
      if (lost === undefined) throw new Error('the lease of a dead owner is lost');
      const recovery = settlementOf(lost, retryIn(1000, { attempts: 1, uncertain: 1, lostLeases: 1 }));
      expect(await Promise.all([store.outbox.settle([recovery]), store.outbox.settle([recovery])])).toEqual([
        ['settled'],
        ['stale'],
      ]);
      expect(await store.outbox.findLostLeases('alive', 10)).toEqual([]);
      clock.set(clock.now() + 1000);
      expect((await claimOne(store)).counts).toMatchObject({ uncertain: 1, lostLeases: 1 });
    });
  });
}
