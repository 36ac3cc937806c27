import { describe, expect, it } from '@jest/globals';
import { CLOCK_DOUBT_MS } from '../../../src/outbox/rows/stored-event.js';
import { accept, attemptOf, claim, claimOne, deadFor, LEASE_MS, retryIn, settlementOf } from '../support/events.js';
import { blocking, cancelled, dead, delivered, FORCED, REPLAY } from '../support/lives.js';
import { awaited, confirm, DELIVERED_AWAITED } from '../support/receipts.js';
import type { CurrentFixture } from '../support/store-fixture.js';

/** What every engine promises about a receipt of an event that was not delivered, or not only once. */
export function proof(current: CurrentFixture): void {
  describe('of an event that is being delivered', () => {
    it('leaves the lease at work, and is noted', async () => {
      const { store, clock } = current();
      await accept(store, {});
      const event = await claimOne(store);
      expect(await confirm(store, event.id)).toMatchObject({ result: 'confirmed', waitedMs: 0, ended: false });
      expect(await store.outbox.find(event.id)).toMatchObject({ status: 'delivering', confirmedAt: clock.now() });
      expect(await store.outbox.renewLeases('owner-1', LEASE_MS)).toEqual([event.leaseToken]);
    });

    it.each([
      ['a retry', retryIn(1000, { attempts: 2, uncertain: 2 }), 'confirmed'],
      ['a death', deadFor('uncertain', true), 'confirmed'],
      ['a delivery', DELIVERED_AWAITED, 'settled'],
    ])('makes it delivered, whatever its lease ends with: %s', async (_, settlement, result) => {
      const { store, clock } = current();
      const line = { orderingKey: 'V-1' };
      const [, second] = await accept(store, line, line);
      const event = await claimOne(store);
      const confirmedAt = clock.now();
      await confirm(store, event.id);
      clock.set(confirmedAt + 20);
      expect(await store.outbox.settle([settlementOf(event, settlement, attemptOf())])).toEqual([result]);
      expect(await store.outbox.find(event.id)).toMatchObject({
        status: 'delivered',
        deliveredAt: confirmedAt + 20,
        confirmedAt,
        reason: null,
        attemptCount: settlement.counts.attempts,
      });
      expect(await store.outbox.listAttempts(event.id)).toMatchObject([{ nextAttemptAt: null }]);
      expect((await claimOne(store)).id).toBe(second);
      const gauges = await store.outbox.measure();
      expect(gauges.blocking).toEqual([]);
      clock.set(clock.now() + 1e9);
      expect(await store.receipts.markOverdue(9)).toEqual([]);
    });

    it('makes it delivered where its lease is lost and recovered', async () => {
      const { store, clock } = current();
      await accept(store, {});
      const { id, leaseUntil } = await claimOne(store);
      await confirm(store, id);
      clock.set(leaseUntil + 1);
      const [lost] = await store.outbox.findLostLeases('owner-2', 9);
      if (lost === undefined) throw new Error('a lease was lost');
      const request = settlementOf(lost, retryIn(1000, { attempts: 1, uncertain: 1, lostLeases: 1 }));
      expect(await store.outbox.settle([{ ...request, onlyIfEnded: true }])).toEqual(['confirmed']);
      expect((await store.outbox.find(id))?.status).toBe('delivered');
    });
  });

  it.each([
    ['dead', dead],
    ['cancelled', cancelled],
  ] as const)('of a %s event is noted, and its state stays', async (status, live) => {
    const { store, clock } = current();
    const id = await live(store);
    expect(await confirm(store, id)).toEqual({ result: 'confirmed', eventId: id, waitedMs: null, ended: false });
    expect(await store.outbox.find(id)).toMatchObject({ status, confirmedAt: clock.now() });
    expect((await store.outbox.measure()).counts).toMatchObject([{ status, count: 1 }]);
  });

  it('of a dead event that holds others leaves them to a person', async () => {
    const { store } = current();
    const id = await blocking(store, 'V-1');
    await accept(store, { orderingKey: 'V-1' });
    await confirm(store, id);
    expect(await claim(store)).toEqual([]);
    expect((await store.outbox.measure()).blocking).toHaveLength(1);
  });

  describe('of a replayed event', () => {
    it('that was confirmed, and overdue, begins afresh', async () => {
      const { store, clock } = current();
      const id = await awaited(store);
      await confirm(store, id, { operation: 'job-1' });
      await store.actions.replay(id, FORCED);
      expect(await store.outbox.find(id)).toMatchObject({ status: 'pending', confirmedAt: null });
      expect(await store.receipts.listReceipts(id)).toHaveLength(1);
      const event = await claimOne(store);
      await store.outbox.settle([settlementOf(event, retryIn(0))]);
      expect((await store.outbox.find(id))?.status).toBe('pending');
      await store.outbox.settle([settlementOf(await claimOne(store), DELIVERED_AWAITED)]);
      const raisedAgain = { operation: 'job-2', operationAt: clock.now() + 500 };
      expect(await confirm(store, id, raisedAgain)).toMatchObject({ result: 'confirmed' });
      expect((await store.receipts.listReceipts(id)).map(({ result }) => result)).toEqual(['confirmed', 'confirmed']);
    });

    it('that died proven is not taken for proven again', async () => {
      const { store } = current();
      const id = await dead(store);
      await confirm(store, id, { operation: 'job-1' });
      await store.actions.replay(id, REPLAY);
      expect((await store.outbox.find(id))?.confirmedAt).toBeNull();
      await store.outbox.settle([settlementOf(await claimOne(store), retryIn(0))]);
      expect((await store.outbox.find(id))?.status).toBe('pending');
      expect(await confirm(store, id, { operation: 'job-1' })).toMatchObject({ result: 'repeated' });
    });

    it.each([
      ['was raised before it', (replayedAt: number) => replayedAt - 1000],
      ['does not say when it was raised', () => null],
    ])('is outdated where it %s, and proves nothing', async (_, when) => {
      const { store, clock } = current();
      const id = await delivered(store);
      clock.set(clock.now() + 10_000);
      await store.actions.replay(id, FORCED);
      const operationAt = when(clock.now());
      await store.outbox.settle([settlementOf(await claimOne(store), DELIVERED_AWAITED)]);
      expect(await confirm(store, id, { operation: 'job-1', operationAt })).toEqual({
        result: 'outdated',
        eventId: id,
        waitedMs: null,
        ended: false,
      });
      expect((await store.outbox.find(id))?.confirmedAt).toBeNull();
      expect(await store.receipts.listReceipts(id)).toMatchObject([{ operation: 'job-1', result: 'outdated' }]);
      expect(await confirm(store, id, { operation: 'job-1', operationAt })).toMatchObject({ result: 'repeated' });
      const raised = { operation: 'job-2', operationAt: clock.now() };
      expect(await confirm(store, id, raised)).toMatchObject({ result: 'confirmed' });
    });

    it('counts where Dataverse tells whole seconds, and the replay was within one', async () => {
      const { store, clock } = current();
      const id = await delivered(store);
      clock.set(Math.ceil(clock.now() / 1000) * 1000 + 700);
      await store.actions.replay(id, FORCED);
      await store.outbox.settle([settlementOf(await claimOne(store), DELIVERED_AWAITED)]);
      expect(await confirm(store, id, { operationAt: clock.now() - 700 })).toMatchObject({ result: 'confirmed' });
    });

    it('delivers a pending one where no clock can be so wrong, and not a moment earlier', async () => {
      const { store, clock } = current();
      const id = await delivered(store);
      await store.actions.replay(id, FORCED);
      const replayedAt = clock.now();
      await store.outbox.settle([settlementOf(await claimOne(store), retryIn(1e9, { attempts: 1, uncertain: 1 }))]);
      const doubtful = { operationAt: replayedAt + CLOCK_DOUBT_MS - 1 };
      expect(await confirm(store, id, doubtful)).toMatchObject({ result: 'outdated' });
      expect(await store.outbox.find(id)).toMatchObject({ status: 'pending', confirmedAt: null });
      expect(await confirm(store, id, { operationAt: replayedAt + CLOCK_DOUBT_MS })).toMatchObject({
        result: 'confirmed',
      });
      expect((await store.outbox.find(id))?.status).toBe('delivered');
    });

    it.each([
      ['in doubt', CLOCK_DOUBT_MS - 1, 'pending'],
      ['beyond doubt', CLOCK_DOUBT_MS, 'delivered'],
    ] as const)('that is being delivered leaves a retry as it is only while %s', async (_, afterMs, status) => {
      const { store, clock } = current();
      const id = await delivered(store);
      await store.actions.replay(id, FORCED);
      const operationAt = clock.now() + afterMs;
      const event = await claimOne(store);
      expect(await confirm(store, id, { operationAt })).toMatchObject({ result: 'confirmed' });
      await store.outbox.settle([settlementOf(event, retryIn(0))]);
      expect(await store.outbox.find(id)).toMatchObject({ status, confirmedAt: clock.now() });
    });

    it('is not proven by one that came before the replay, however far ahead its clock was', async () => {
      const { store, clock } = current();
      const id = await delivered(store);
      await confirm(store, id, { operationAt: clock.now() + 1e9 });
      await store.actions.replay(id, FORCED);
      const event = await claimOne(store);
      await confirm(store, id, { operationAt: clock.now() });
      await store.outbox.settle([settlementOf(event, retryIn(0))]);
      expect((await store.outbox.find(id))?.status).toBe('pending');
    });

    it('delivers a pending one beyond doubt though one in doubt was noted before', async () => {
      const { store, clock } = current();
      const id = await delivered(store);
      await store.actions.replay(id, FORCED);
      const replayedAt = clock.now();
      const event = await claimOne(store);
      await confirm(store, id, { operationAt: replayedAt });
      await store.outbox.settle([settlementOf(event, retryIn(1e9, { attempts: 1, uncertain: 1 }))]);
      const sure = { operationAt: replayedAt + CLOCK_DOUBT_MS };
      expect(await confirm(store, id, sure)).toMatchObject({ result: 'duplicate', ended: true });
      expect(await store.outbox.find(id)).toMatchObject({ status: 'delivered', confirmedAt: replayedAt });
    });
  });
}
