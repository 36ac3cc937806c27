import { describe, expect, it } from '@jest/globals';
import type { GateRecord } from '../../../src/outbox/gate-store.js';
import { accept, claim, claimOne, LEASE_MS, NO_COUNTS, newEvent, retryIn, settlementOf } from '../support/events.js';
import { gateOf } from '../support/gates.js';
import type { CurrentFixture } from '../support/store-fixture.js';

/** What every engine promises about putting events under leases. */
export function claiming(current: CurrentFixture): void {
  it('hands out all that delivering and deciding need', async () => {
    const { store, clock } = current();
    const event = newEvent({ traceparent: '00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01' });
    await store.outbox.append([event]);
    const acceptedAt = clock.now();
    clock.set(acceptedAt + 700);
    expect(await claimOne(store)).toEqual({
      id: event.id,
      type: event.type,
      version: 1,
      client: 'pos',
      source: 'store-1',
      data: event.data,
      traceparent: event.traceparent,
      acceptedAt,
      ageStartsAt: acceptedAt,
      leaseToken: expect.any(String),
      leaseUntil: clock.now() + LEASE_MS,
      counts: NO_COUNTS,
    });
    expect((await store.outbox.find(event.id))?.status).toBe('delivering');
  });

  it('hands out an event once, however many claim at the same time', async () => {
    const { store } = current();
    const ids = await accept(store, ...Array.from({ length: 40 }, () => ({})));
    const claims = await Promise.all(
      Array.from({ length: 20 }, (_, n) => claim(store, { owner: `owner-${n}`, limit: 3 })),
    );
    const claimed = claims.flat();
    expect(claimed.map(({ id }) => id).sort()).toEqual([...ids].sort());
    expect(new Set(claimed.map(({ leaseToken }) => leaseToken)).size).toBe(40);
  });

  it('gives a new token with every lease of one event', async () => {
    const { store } = current();
    await accept(store, {});
    const first = await claimOne(store);
    await store.outbox.settle([settlementOf(first, retryIn(0))]);
    expect((await claimOne(store)).leaseToken).not.toBe(first.leaseToken);
  });

  it('leaves an event alone until it is available', async () => {
    const { store, clock } = current();
    await accept(store, {});
    await store.outbox.settle([settlementOf(await claimOne(store), retryIn(2000))]);
    clock.set(clock.now() + 1999);
    expect(await claim(store)).toEqual([]);
    clock.set(clock.now() + 1);
    expect(await claim(store)).toHaveLength(1);
  });

  it('hands out the kept counts', async () => {
    const { store } = current();
    await accept(store, {});
    const counts = { attempts: 4, uncertain: 3, conflicted: 2, lostLeases: 1, gateClosings: 5 };
    await store.outbox.settle([settlementOf(await claimOne(store), retryIn(0, counts))]);
    expect((await claimOne(store)).counts).toEqual(counts);
  });

  it('hands out what was due first, whatever its type', async () => {
    const { store, clock } = current();
    const types = ['VendorPaymentPosted', 'CustomerPurchase', 'CustomerPurchase', 'VendorPaymentPosted'];
    const ids: string[] = [];
    for (const type of types) {
      ids.push(...(await accept(store, { type })));
      clock.set(clock.now() + 1);
    }
    expect((await claim(store, { limit: 3 })).map(({ id }) => id)).toEqual(ids.slice(0, 3));
  });

  it('takes no more than asked for, in all and of a type, and only wanted types', async () => {
    const { store } = current();
    await accept(
      store,
      ...Array.from({ length: 6 }, () => ({})),
      { type: 'VendorPaymentPosted' },
      { type: 'Unwanted' },
    );
    const wanted = [
      { type: 'CustomerPurchase', limit: 2 },
      { type: 'VendorPaymentPosted', limit: 5 },
      { type: 'Unknown', limit: 5 },
    ];
    expect((await claim(store, { wanted })).map(({ type }) => type).sort()).toEqual([
      'CustomerPurchase',
      'CustomerPurchase',
      'VendorPaymentPosted',
    ]);
    expect(await claim(store, { limit: 1 })).toHaveLength(1);
    expect(await claim(store, { limit: 0 })).toEqual([]);
    expect(await claim(store, { wanted: [] })).toEqual([]);
  });

  describe('through gates', () => {
    const HOUR_MS = 3_600_000;

    it.each([
      ['user:user-1', 'the application user is shut out', []],
      ['type:CustomerPurchase', 'the type is held', ['VendorPaymentPosted']],
      ['user:user-1+type:CustomerPurchase', 'the type is held for this application user', ['VendorPaymentPosted']],
      ['user:user-2', 'another application user is shut out', ['CustomerPurchase', 'VendorPaymentPosted']],
      ['user:user-2+type:CustomerPurchase', 'only another is held', ['CustomerPurchase', 'VendorPaymentPosted']],
      ['type:CustomerPurchase.v2', 'another version is held', ['CustomerPurchase', 'VendorPaymentPosted']],
    ])('claims nothing through a closed %s: %s', async (name, _, passing) => {
      const { store, clock } = current();
      await accept(store, {}, { type: 'VendorPaymentPosted' });
      await store.gates.save(gateOf(name, { closedUntil: clock.now() + HOUR_MS }), null);
      expect((await claim(store)).map(({ type }) => type).sort()).toEqual(passing);
    });

    it('lets events pass from the instant a gate was closed until', async () => {
      const { store, clock } = current();
      await accept(store, {});
      await store.gates.save(gateOf('user:user-1', { closedUntil: clock.now() + 1000 }), null);
      clock.set(clock.now() + 999);
      expect(await claim(store)).toEqual([]);
      clock.set(clock.now() + 1);
      expect(await claim(store)).toHaveLength(1);
    });

    it('lets no event pass a drift, not even when its time is over', async () => {
      const { store, clock } = current();
      await accept(store, {});
      const drifted = gateOf('type:CustomerPurchase', { cause: 'drift', closedUntil: clock.now() + 1000 });
      await store.gates.save(drifted, null);
      clock.set(clock.now() + HOUR_MS);
      expect(await claim(store)).toEqual([]);
      await store.gates.save({ ...drifted, cause: null, detail: null, revision: 2 }, null);
      expect(await claim(store)).toHaveLength(1);
    });

    it('holds events at a pause, which has no end', async () => {
      const { store, clock } = current();
      await accept(store, {});
      const paused: GateRecord = gateOf('type:CustomerPurchase', {
        cause: null,
        closedUntil: null,
        pause: { by: 'operator', reason: 'migration', since: clock.now() },
      });
      await store.gates.save(paused, null);
      clock.set(clock.now() + 1000 * HOUR_MS);
      expect(await claim(store)).toEqual([]);
      await store.gates.save({ ...paused, pause: null, revision: 2 }, null);
      expect(await claim(store)).toHaveLength(1);
    });
  });
}
