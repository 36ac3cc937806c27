import { expect, it } from '@jest/globals';
import type { NewEvent } from '../../../src/outbox/event-record.js';
import type { ClaimRequest } from '../../../src/outbox/outbox.js';
import { SUSPECT_LOST_LEASES } from '../../../src/outbox/settlement.js';
import type { Store } from '../../../src/outbox/store.js';
import { accept, claim, claimOne, DELIVERED, retryIn, settlementOf } from '../support/events.js';
import { gateOf } from '../support/gates.js';
import { dead, REPLAY } from '../support/lives.js';
import type { CurrentFixture } from '../support/store-fixture.js';

const SUSPECT = { lostLeases: SUSPECT_LOST_LEASES };

/** What every engine promises about events that may be what ends whoever sends them. */
export function suspects(current: CurrentFixture): void {
  const claimSuspects = (facts: Partial<ClaimRequest> = {}) => claim(current().store, { kind: 'suspect', ...facts });

  it('leaves an event that lost two leases in a row to claims for a suspect', async () => {
    const { store } = current();
    const suspect = await suspectOf(store);
    expect(await claim(store)).toEqual([]);
    const [claimed, ...others] = await claimSuspects();
    expect(others).toEqual([]);
    expect(claimed).toMatchObject({ id: suspect, counts: SUSPECT, leaseToken: expect.any(String) });
    expect((await store.outbox.find(suspect))?.status).toBe('delivering');
  });

  it.each([0, SUSPECT_LOST_LEASES - 1])('takes %d lost leases for ordinary', async (lostLeases) => {
    const { store } = current();
    const event = await suspectOf(store, {}, { lostLeases });
    expect(await claimSuspects()).toEqual([]);
    expect((await claimOne(store)).id).toBe(event);
  });

  it('hands out one at a time, the longest due first, whatever is asked for', async () => {
    const { store, clock } = current();
    const ids: string[] = [];
    for (const facts of [{ client: 'z' }, { type: 'VendorPaymentPosted' }, { client: 'a' }]) {
      ids.push(await suspectOf(store, facts));
      clock.set(clock.now() + 1);
    }
    await accept(store, ...Array.from({ length: 5 }, () => ({})));
    const claimed = [];
    for (let round = 0; round < 4; round += 1) claimed.push((await claimSuspects()).map(({ id }) => id));
    expect(claimed).toEqual([...ids.map((id) => [id]), []]);
    expect(await claim(store)).toHaveLength(5);
  });

  it('hands out each once, however many claim at the same time', async () => {
    const { store } = current();
    const ids: string[] = [];
    for (let n = 0; n < 5; n += 1) ids.push(await suspectOf(store));
    const claims = await Promise.all(Array.from({ length: 8 }, (_, n) => claimSuspects({ owner: `owner-${n}` })));
    expect(claims.every(({ length }) => length <= 1)).toBe(true);
    const claimed = claims.flat().map(({ id }) => id);
    expect(new Set(claimed).size).toBe(claimed.length);
    for (let events = await claimSuspects(); events.length > 0; events = await claimSuspects()) {
      claimed.push(...events.map(({ id }) => id));
    }
    expect(claimed.sort()).toEqual(ids.sort());
  });

  it('leaves a suspect alone until it is available', async () => {
    const { store, clock } = current();
    await suspectOf(store, {}, SUSPECT, 2000);
    clock.set(clock.now() + 1999);
    expect(await claimSuspects()).toEqual([]);
    clock.set(clock.now() + 1);
    expect(await claimSuspects()).toHaveLength(1);
  });

  it('passes by suspects behind a closed gate and of types that are not wanted', async () => {
    const { store, clock } = current();
    const held = await suspectOf(store);
    clock.set(clock.now() + 1);
    const open = await suspectOf(store, { type: 'VendorPaymentPosted' });
    const closedUntil = clock.now() + 1000;
    await store.gates.save(gateOf('type:CustomerPurchase', { closedUntil }), null);
    const ofHeld = { wanted: [{ type: 'CustomerPurchase', limit: 1 }] };
    expect(await claimSuspects(ofHeld)).toEqual([]);
    expect((await claimSuspects()).map(({ id }) => id)).toEqual([open]);
    clock.set(closedUntil);
    expect(await claimSuspects({ wanted: [{ type: 'CustomerPurchase', limit: 0 }] })).toEqual([]);
    expect(await claimSuspects({ wanted: [{ type: 'VendorPaymentPosted', limit: 1 }] })).toEqual([]);
    expect(await claimSuspects({ limit: 0 })).toEqual([]);
    expect((await claimSuspects(ofHeld)).map(({ id }) => id)).toEqual([held]);
  });

  it('holds those behind a suspect in its ordering key, and lets them pass when it ends', async () => {
    const { store } = current();
    const first = await suspectOf(store, { orderingKey: 'V-1' });
    const [second] = await accept(store, { orderingKey: 'V-1' });
    expect(await claim(store)).toEqual([]);
    const [suspect] = await claimSuspects();
    if (suspect === undefined) throw new Error('a suspect is due');
    expect(suspect.id).toBe(first);
    expect(await claim(store)).toEqual([]);
    await store.outbox.settle([settlementOf(suspect, DELIVERED)]);
    expect((await claimOne(store)).id).toBe(second);
  });

  it('hands out replayed suspects too, and after any answer none', async () => {
    const { store } = current();
    await store.actions.replay(await dead(store), REPLAY);
    const replayed = await claimOne(store);
    await store.outbox.settle([settlementOf(replayed, retryIn(0, SUSPECT))]);
    expect(await claim(store)).toEqual([]);
    const [suspect] = await claimSuspects();
    if (suspect === undefined) throw new Error('a suspect is due');
    await store.outbox.settle([settlementOf(suspect, retryIn(0))]);
    expect(await claimSuspects()).toEqual([]);
    expect((await claimOne(store)).id).toBe(replayed.id);
  });

  it('forgets the suspicion with a replay', async () => {
    const { store } = current();
    const id = await suspectOf(store);
    const [suspect] = await claimSuspects();
    if (suspect === undefined) throw new Error('a suspect is due');
    const settlement = { kind: 'dead', reason: 'poison', blocksKey: false, counts: suspect.counts } as const;
    await store.outbox.settle([settlementOf(suspect, settlement)]);
    await store.actions.replay(id, REPLAY);
    expect(await claimSuspects()).toEqual([]);
    expect((await claimOne(store)).id).toBe(id);
  });
}

/** An event that is pending again after so many lost leases; nothing else may be due. */
async function suspectOf(store: Store, facts: Partial<NewEvent> = {}, counts = SUSPECT, delayMs = 0): Promise<string> {
  const [id = ''] = await accept(store, facts);
  await store.outbox.settle([settlementOf(await claimOne(store), retryIn(delayMs, counts))]);
  return id;
}
