import { describe, expect, it } from '@jest/globals';
import type { SettleRequest } from '../../../src/outbox/outbox.js';
import { accept, attemptOf, claim, claimOne, DELIVERED, LEASE_MS, retryIn, settlementOf } from '../support/events.js';
import type { CurrentFixture } from '../support/store-fixture.js';

/** What every engine promises about prolonging leases and about finding those whose owner died. */
export function leases(current: CurrentFixture): void {
  describe('renewing', () => {
    it('prolongs every lease of its owner and tells their tokens', async () => {
      const { store, clock } = current();
      await accept(store, {}, {});
      const claimed = await claim(store);
      clock.set(clock.now() + 10_000);
      const until = clock.now() + LEASE_MS;
      const renewed = await store.outbox.renewLeases('owner-1', LEASE_MS);
      expect(renewed.toSorted()).toEqual(claimed.map(({ leaseToken }) => leaseToken).toSorted());
      clock.set(until);
      const leased = await store.outbox.findLostLeases('somebody else', 10);
      expect(leased.map(({ leaseUntil }) => leaseUntil)).toEqual([until, until]);
    });

    it('tells nothing of what is no longer held', async () => {
      const { store } = current();
      await accept(store, {}, {});
      const [first, second] = await claim(store);
      if (first === undefined || second === undefined) throw new Error('both are due');
      await store.outbox.settle([settlementOf(first, DELIVERED)]);
      expect(await store.outbox.renewLeases('owner-1', LEASE_MS)).toEqual([second.leaseToken]);
    });

    it('revives a lease that has ended only where nobody else can have taken it over', async () => {
      const { store, clock, soleOwner } = current();
      await accept(store, {});
      const { leaseToken, leaseUntil } = await claimOne(store);
      clock.set(leaseUntil);
      expect(await store.outbox.renewLeases('owner-1', LEASE_MS)).toEqual(soleOwner ? [leaseToken] : []);
      if (!soleOwner) expect(await store.outbox.findLostLeases('owner-2', 10)).toMatchObject([{ leaseUntil }]);
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

    it('takes no lease away that was renewed after it was found, and notes nothing', async () => {
      const { store, clock, soleOwner } = current();
      if (soleOwner) return;
      const [id = ''] = await accept(store, {});
      const { leaseUntil } = await claimOne(store);
      clock.set(leaseUntil);
      const recovery = await recovered();
      // The renewal had read the time before.
      clock.set(leaseUntil - 1);
      await store.outbox.renewLeases('owner-1', LEASE_MS);
      clock.set(leaseUntil);
      expect(await store.outbox.settle([recovery])).toEqual(['stale']);
      expect(await store.outbox.find(id)).toMatchObject({ status: 'delivering', attemptCount: 0 });
      expect(await store.outbox.listAttempts(id)).toEqual([]);
      clock.set(leaseUntil - 1 + LEASE_MS);
      expect(await store.outbox.settle([recovery])).toEqual(['settled']);
    });

    it('recovers once: whoever comes second changes nothing and notes nothing', async () => {
      const { store, clock } = current();
      const [id = ''] = await accept(store, {});
      const { leaseUntil } = await claimOne(store, { owner: 'dead' });
      clock.set(leaseUntil);
      const recovery = await recovered();
      expect(await store.outbox.settle([recovery, recovery])).toEqual(['settled', 'stale']);
      expect(await store.outbox.listAttempts(id)).toHaveLength(1);
    });

    /** The recovery of the one lost lease, as another process asks for it. */
    async function recovered(): Promise<SettleRequest> {
      const [lost] = await current().store.outbox.findLostLeases('alive', 10);
      if (lost === undefined) throw new Error('the lease of a dead owner is lost');
      const attempt = attemptOf({ outcome: 'uncertain' });
      return { ...settlementOf(lost, retryIn(0, { attempts: 1 }), attempt), onlyIfEnded: true };
    }
  });
}
