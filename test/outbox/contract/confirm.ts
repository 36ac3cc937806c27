import { describe, expect, it } from '@jest/globals';
import { newEventId } from '../../../src/kernel/ids.js';
import { MOST_KEPT } from '../../../src/outbox/rows/confirmed-event.js';
import { accept, claim, settlementOf } from '../support/events.js';
import { ANN, dead, delivered } from '../support/lives.js';
import { awaited, confirm, DELIVERED_AWAITED, receiptOf } from '../support/receipts.js';
import type { CurrentFixture } from '../support/store-fixture.js';

/** What every engine promises about receipts of events that were delivered, and about what it keeps of receipts. */
export function confirming(current: CurrentFixture): void {
  it('confirms a delivered event, and tells how long that took', async () => {
    const { store, clock } = current();
    const id = await awaited(store);
    clock.set(clock.now() + 700);
    expect(await confirm(store, id)).toEqual({ result: 'confirmed', eventId: id, waitedMs: 700, ended: false });
    expect(await store.outbox.find(id)).toMatchObject({
      status: 'delivered',
      deliveredAt: clock.now() - 700,
      confirmedAt: clock.now(),
    });
  });

  it('confirms an event of which nobody expected it', async () => {
    const { store } = current();
    expect(await confirm(store, await delivered(store))).toMatchObject({ result: 'confirmed', waitedMs: 0 });
  });

  it('knows the same operation again, whatever else its repeat says', async () => {
    const { store, clock } = current();
    const id = await awaited(store);
    await confirm(store, id, { operation: 'job-1' });
    const confirmedAt = clock.now();
    clock.set(confirmedAt + 5);
    expect(await confirm(store, id, { operation: 'job-1', channel: 'service-bus', requestId: 'r' })).toEqual({
      result: 'repeated',
      eventId: id,
      waitedMs: null,
      ended: false,
    });
    expect(await store.receipts.listReceipts(id)).toHaveLength(1);
    expect((await store.outbox.find(id))?.confirmedAt).toBe(confirmedAt);
  });

  it('tells another step of the same raising from another raising of the same step', async () => {
    const { store, clock } = current();
    const id = await awaited(store);
    await confirm(store, id, { step: 'step-1', operation: 'job-1' });
    const confirmedAt = clock.now();
    clock.set(confirmedAt + 5);
    expect(await confirm(store, id, { step: 'step-2', operation: 'job-2' })).toMatchObject({ result: 'accompanying' });
    expect(await confirm(store, id, { step: 'step-1', operation: 'job-3' })).toMatchObject({ result: 'duplicate' });
    expect(await confirm(store, id, { step: 'step-2', operation: 'job-4' })).toMatchObject({ result: 'duplicate' });
    expect((await store.outbox.find(id))?.confirmedAt).toBe(confirmedAt);
  });

  it('answers several of one call in their order, each as if it had come alone', async () => {
    const { store } = current();
    const [one, other] = [await awaited(store), await awaited(store)];
    const receipts = [
      receiptOf(one, { operation: 'job-1' }),
      receiptOf(newEventId()),
      receiptOf(one, { operation: 'job-1' }),
      receiptOf(one, { step: 'step-2', operation: 'job-2' }),
      receiptOf(other, { operation: 'job-1' }),
      receiptOf(one, { operation: 'job-3' }),
    ];
    const results = await store.receipts.confirm(receipts);
    expect(results.map(({ result, eventId }) => [result, eventId])).toEqual([
      ['confirmed', one],
      ['unknown', null],
      ['repeated', one],
      ['accompanying', one],
      ['confirmed', other],
      ['duplicate', one],
    ]);
    expect(await store.receipts.listReceipts(one)).toHaveLength(3);
  });

  it('takes calls that come at once, and one proof of an event is the first', async () => {
    const { store } = current();
    const ids = await accept(store, ...Array.from({ length: 40 }, () => ({})));
    await store.outbox.settle((await claim(store)).map((event) => settlementOf(event, DELIVERED_AWAITED)));
    const told = [...ids, ...ids, ...ids].map((id) => confirm(store, id, { operation: `job-${Math.random()}` }));
    const results = await Promise.all(told);
    const ofEvent = Map.groupBy(results, ({ eventId }) => eventId);
    expect(ofEvent.size).toBe(40);
    for (const [, of] of ofEvent)
      expect(of.map(({ result }) => result)).toEqual(['confirmed', 'duplicate', 'duplicate']);
  });

  it('takes nothing where there is nothing', async () => {
    expect(await current().store.receipts.confirm([])).toEqual([]);
  });

  describe('of an event', () => {
    it('is unknown where neither id is one', async () => {
      const { store } = current();
      await awaited(store);
      const result = await confirm(store, newEventId(), { eventIds: ['no id', newEventId()] });
      expect(result).toEqual({ result: 'unknown', eventId: null, waitedMs: null, ended: false });
    });

    it('is found by its second id where the first is not known', async () => {
      const { store } = current();
      const id = await awaited(store);
      expect(await confirm(store, id, { eventIds: [newEventId(), id] })).toMatchObject({ eventId: id });
    });

    it('is the first that is known', async () => {
      const { store } = current();
      const [first, second] = [await awaited(store), await awaited(store)];
      expect(await confirm(store, first, { eventIds: [first, second] })).toMatchObject({ eventId: first });
      expect((await store.outbox.find(second))?.confirmedAt).toBeNull();
    });

    it('is not meant where it is of another type', async () => {
      const { store } = current();
      const id = await awaited(store);
      expect(await confirm(store, id, { type: 'VendorPaymentPosted' })).toMatchObject({ result: 'unknown' });
      expect((await store.outbox.find(id))?.confirmedAt).toBeNull();
    });

    it('is not meant by an id of another type, but by the next one', async () => {
      const { store } = current();
      const other = await delivered(store, { type: 'VendorPaymentPosted' });
      const id = await awaited(store);
      expect(await confirm(store, id, { eventIds: [other, id] })).toMatchObject({ eventId: id });
    });
  });

  describe('lists', () => {
    it('nothing of an event that is unknown or was not told of', async () => {
      const { store } = current();
      expect(await store.receipts.listReceipts(newEventId())).toEqual([]);
      expect(await store.receipts.listReceipts(await awaited(store))).toEqual([]);
    });

    it('everything that was told, oldest first', async () => {
      const { store, clock } = current();
      const id = await awaited(store);
      const first = {
        step: 'step-9',
        operation: 'job-1',
        operationAt: clock.now(),
        requestId: 'r',
        correlationId: 'c',
      };
      await confirm(store, id, { ...first, stripped: true });
      clock.set(clock.now() + 3);
      await confirm(store, id, { step: 'step-1', operation: 'job-2', channel: 'service-bus' });
      const now = clock.now();
      const nothing = { operationAt: null, requestId: null, correlationId: null };
      expect(await store.receipts.listReceipts(id)).toEqual([
        { ...first, channel: 'webhook', stripped: true, receivedAt: now - 3, result: 'confirmed' },
        {
          ...nothing,
          step: 'step-1',
          operation: 'job-2',
          channel: 'service-bus',
          stripped: false,
          receivedAt: now,
          result: 'accompanying',
        },
      ]);
    });

    it('the proof before what came together with it', async () => {
      const { store } = current();
      const id = await awaited(store);
      await store.receipts.confirm([receiptOf(id, { step: 'z' }), receiptOf(id, { step: 'a' })]);
      expect((await store.receipts.listReceipts(id)).map(({ step }) => step)).toEqual(['z', 'a']);
    });

    it('no more than are kept, and what cannot be told apart beyond them is no further duplicate', async () => {
      const { store } = current();
      const id = await awaited(store);
      const many = Array.from({ length: MOST_KEPT + 5 }, (_, n) => receiptOf(id, { operation: `job-${n}` }));
      const results = await store.receipts.confirm(many);
      expect(results.map(({ result }) => result)).toEqual([
        'confirmed',
        ...Array(MOST_KEPT - 1).fill('duplicate'),
        ...Array(5).fill('repeated'),
      ]);
      expect(await store.receipts.listReceipts(id)).toHaveLength(MOST_KEPT);
    });

    it('what was told of an event whose content was erased', async () => {
      const { store } = current();
      const id = await awaited(store);
      await confirm(store, id);
      await store.actions.erase(id, ANN);
      expect(await store.receipts.listReceipts(id)).toHaveLength(1);
    });
  });

  it('forgets receipts with their event', async () => {
    const { store, clock } = current();
    const id = await awaited(store);
    await confirm(store, id, { operation: 'job-1' });
    clock.set(clock.now() + 1000);
    expect(await store.housekeeping.removeEnded({ endedBefore: clock.now(), limit: 9 })).toBe(1);
    expect(await store.receipts.listReceipts(id)).toEqual([]);
    expect((await store.archive.read('receipt', null, 9)).rows).toEqual([]);
    expect(await confirm(store, id, { operation: 'job-1' })).toMatchObject({ result: 'unknown' });
  });

  it('counts as confirmed in a summary what was delivered and confirmed', async () => {
    const { store, clock } = current();
    const [one, two] = [await delivered(store), await delivered(store)];
    const died = await dead(store);
    await confirm(store, one);
    await confirm(store, died);
    const filter = { from: 0, to: clock.now() + 1 };
    const { counts } = await store.outbox.summarize({ filter, place: null });
    expect(counts).toMatchObject([{ accepted: 3, delivered: 2, confirmed: 1, dead: 1 }]);
    expect((await store.outbox.find(two))?.confirmedAt).toBeNull();
  });
}
