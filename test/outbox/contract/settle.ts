import { describe, expect, it } from '@jest/globals';
import { newEventId } from '../../../src/kernel/ids.js';
import { accept, attemptOf, claim, claimOne, DELIVERED, deadFor, retryIn, settlementOf } from '../support/events.js';
import type { CurrentFixture } from '../support/store-fixture.js';

/** What every engine promises about the end of a lease. */
export function settle(current: CurrentFixture): void {
  it('ends a delivered event', async () => {
    const { store, clock } = current();
    await accept(store, {});
    const event = await claimOne(store);
    clock.set(clock.now() + 50);
    expect(await store.outbox.settle([settlementOf(event, DELIVERED)])).toEqual(['settled']);
    expect(await store.outbox.find(event.id)).toMatchObject({
      status: 'delivered',
      deliveredAt: clock.now(),
      attemptCount: 1,
      reason: null,
    });
    clock.set(clock.now() + 1e9);
    expect(await claim(store)).toEqual([]);
  });

  it('lets a retried event wait from the time of settling', async () => {
    const { store, clock } = current();
    await accept(store, {});
    const event = await claimOne(store);
    clock.set(clock.now() + 5000);
    await store.outbox.settle([settlementOf(event, retryIn(2000, { attempts: 1 }))]);
    expect(await store.outbox.find(event.id)).toMatchObject({
      status: 'pending',
      availableAt: clock.now() + 2000,
      attemptCount: 1,
    });
  });

  it('takes a delay with a fraction and never lets it end early', async () => {
    const { store, clock } = current();
    await accept(store, {});
    const event = await claimOne(store);
    await store.outbox.settle([settlementOf(event, retryIn(10.25))]);
    expect((await store.outbox.find(event.id))?.availableAt).toBe(clock.now() + 11);
  });

  it('ends a dead event with its reason', async () => {
    const { store, clock } = current();
    await accept(store, {});
    const event = await claimOne(store);
    await store.outbox.settle([settlementOf(event, deadFor('poison', false))]);
    expect(await store.outbox.find(event.id)).toMatchObject({ status: 'dead', reason: 'poison', deliveredAt: null });
    clock.set(clock.now() + 1e9);
    expect(await claim(store)).toEqual([]);
  });

  it('settles a lease whose time has passed while nobody took it over', async () => {
    const { store, clock } = current();
    await accept(store, {});
    const event = await claimOne(store);
    clock.set(event.leaseUntil + 60_000);
    expect(await store.outbox.settle([settlementOf(event, DELIVERED)])).toEqual(['settled']);
  });

  it('answers in the order of the requests, each judged for itself', async () => {
    const { store } = current();
    await accept(store, {}, {}, {});
    const [a, b, c] = await claim(store);
    if (a === undefined || b === undefined || c === undefined) throw new Error('three events were accepted');
    const stranger = { id: newEventId(), leaseToken: a.leaseToken };
    const requests = [
      settlementOf(a, DELIVERED),
      settlementOf(stranger, DELIVERED),
      settlementOf({ id: b.id, leaseToken: c.leaseToken }, DELIVERED),
      settlementOf(c, deadFor('rejected', false)),
    ];
    expect(await store.outbox.settle(requests)).toEqual(['settled', 'stale', 'stale', 'settled']);
    expect((await store.outbox.find(b.id))?.status).toBe('delivering');
  });

  describe('when the lease is gone', () => {
    it.each([
      ['a retry', retryIn(0)],
      ['a death', deadFor('rejected', false)],
      ['a delivery', DELIVERED],
    ])('changes nothing by %s while another lease is held, and records the attempt', async (_, settlement) => {
      const { store } = current();
      await accept(store, {});
      const first = await claimOne(store);
      await store.outbox.settle([settlementOf(first, retryIn(0))]);
      const second = await claimOne(store, { owner: 'owner-2' });
      const before = await store.outbox.find(first.id);
      expect(await store.outbox.settle([settlementOf(first, settlement, attemptOf())])).toEqual(['stale']);
      expect(await store.outbox.find(first.id)).toEqual(before);
      expect(await store.outbox.listAttempts(first.id)).toHaveLength(1);
      expect(await store.outbox.settle([settlementOf(second, DELIVERED)])).toEqual(['settled']);
    });

    it.each([
      ['a retry', retryIn(0)],
      ['a death', deadFor('rejected', false)],
    ])('changes nothing by %s while the event is pending again', async (_, settlement) => {
      const { store } = current();
      await accept(store, {});
      const event = await claimOne(store);
      await store.outbox.settle([settlementOf(event, retryIn(7000, { attempts: 1, uncertain: 1 }))]);
      const before = await store.outbox.find(event.id);
      expect(await store.outbox.settle([settlementOf(event, settlement)])).toEqual(['stale']);
      expect(await store.outbox.find(event.id)).toEqual(before);
    });

    it('takes a late 2xx for proof that a pending event was delivered', async () => {
      const { store, clock } = current();
      await accept(store, {});
      const event = await claimOne(store);
      await store.outbox.settle([settlementOf(event, retryIn(7000, { attempts: 1, uncertain: 1 }))]);
      clock.set(clock.now() + 100);
      expect(await store.outbox.settle([settlementOf(event, DELIVERED, attemptOf())])).toEqual(['proved']);
      expect(await store.outbox.find(event.id)).toMatchObject({ status: 'delivered', deliveredAt: clock.now() });
      expect(await store.outbox.listAttempts(event.id)).toMatchObject([{ outcome: 'delivered', nextAttemptAt: null }]);
      clock.set(clock.now() + 7000);
      expect(await claim(store)).toEqual([]);
    });

    it('proves an event delivered without taking back what was counted since', async () => {
      const { store } = current();
      await accept(store, {});
      const event = await claimOne(store);
      await store.outbox.settle([settlementOf(event, retryIn(7000, { attempts: 3 }))]);
      expect(await store.outbox.settle([settlementOf(event, DELIVERED)])).toEqual(['proved']);
      expect(await store.outbox.find(event.id)).toMatchObject({ status: 'delivered', attemptCount: 3 });
    });

    it('says in the line of a late attempt when the next may begin, if one may', async () => {
      const { store, clock } = current();
      await accept(store, {});
      const event = await claimOne(store);
      const late = settlementOf(event, retryIn(1), attemptOf());
      await store.outbox.settle([settlementOf(event, retryIn(7000))]);
      const availableAt = clock.now() + 7000;
      await store.outbox.settle([late]);
      clock.set(availableAt);
      const again = await claimOne(store);
      await store.outbox.settle([late]);
      await store.outbox.settle([settlementOf(again, DELIVERED)]);
      await store.outbox.settle([late]);
      const lines = await store.outbox.listAttempts(event.id);
      expect(lines.map(({ nextAttemptAt }) => nextAttemptAt)).toEqual([availableAt, null, null]);
    });

    it('takes the 2xx of any earlier lease for proof', async () => {
      const { store } = current();
      await accept(store, {});
      const first = await claimOne(store);
      await store.outbox.settle([settlementOf(first, retryIn(0))]);
      await store.outbox.settle([settlementOf(await claimOne(store), retryIn(9000))]);
      expect(await store.outbox.settle([settlementOf(first, DELIVERED)])).toEqual(['proved']);
    });

    it.each([
      ['a made-up token', () => 'made up'],
      ['an empty token', () => ''],
      ['the token of another event', (other: string) => other],
    ])('takes no 2xx for proof that comes with %s', async (_, tokenFrom) => {
      const { store } = current();
      await accept(store, {}, {});
      const [event, other] = await claim(store);
      if (event === undefined || other === undefined) throw new Error('two events were accepted');
      await store.outbox.settle([settlementOf(event, retryIn(7000))]);
      const late = settlementOf({ id: event.id, leaseToken: tokenFrom(other.leaseToken) }, DELIVERED);
      expect(await store.outbox.settle([late])).toEqual(['stale']);
      expect((await store.outbox.find(event.id))?.status).toBe('pending');
    });

    it('revives no dead event and moves no delivered one', async () => {
      const { store, clock } = current();
      await accept(store, {}, {});
      const [delivered, dead] = await claim(store);
      if (delivered === undefined || dead === undefined) throw new Error('two events were accepted');
      const ends = [settlementOf(delivered, DELIVERED), settlementOf(dead, deadFor('poison', false))];
      await store.outbox.settle(ends);
      const deliveredAt = clock.now();
      clock.set(deliveredAt + 1000);
      const late = [delivered, dead].map((event) => settlementOf(event, DELIVERED));
      expect(await store.outbox.settle(late)).toEqual(['stale', 'stale']);
      expect(await store.outbox.find(delivered.id)).toMatchObject({ status: 'delivered', deliveredAt });
      expect((await store.outbox.find(dead.id))?.status).toBe('dead');
    });
  });
}
