import { expect, it } from '@jest/globals';
import { newEventId } from '../../../src/kernel/ids.js';
import { accept, attemptOf, claimOne, DELIVERED, retryIn, settlementOf } from '../support/events.js';
import type { CurrentFixture } from '../support/store-fixture.js';

/** What every engine promises about an event's timeline. */
export function listAttempts(current: CurrentFixture): void {
  it('is empty for an unknown id and for an event nobody tried to deliver', async () => {
    const { store } = current();
    const [id = ''] = await accept(store, {});
    expect(await store.outbox.listAttempts(newEventId())).toEqual([]);
    expect(await store.outbox.listAttempts(id)).toEqual([]);
  });

  it('tells every attempt with all its facts, oldest first, given back ones too', async () => {
    const { store, clock } = current();
    const [id = ''] = await accept(store, {});
    const throttled = attemptOf({
      outcome: 'throttled',
      counted: false,
      httpStatus: 429,
      errorCode: '0x80072322',
      detail: 'Number of requests exceeded the limit',
      serviceRequestId: '11111111-2222-3333-4444-555555555555',
    });
    const uncertain = attemptOf({ outcome: 'uncertain', httpStatus: null, errorCode: 'ECONNRESET' });
    const delivered = attemptOf({ durationMs: 12 });
    await store.outbox.settle([settlementOf(await claimOne(store), retryIn(0), throttled)]);
    await store.outbox.settle([settlementOf(await claimOne(store), retryIn(1500, { attempts: 1 }), uncertain)]);
    const retryAt = clock.now() + 1500;
    const firstRetryAt = clock.now();
    clock.set(retryAt);
    await store.outbox.settle([settlementOf(await claimOne(store), DELIVERED, delivered)]);
    expect(await store.outbox.listAttempts(id)).toEqual([
      { ...throttled, number: 1, nextAttemptAt: firstRetryAt },
      { ...uncertain, number: 2, nextAttemptAt: retryAt },
      { ...delivered, number: 3, nextAttemptAt: null },
    ]);
  });

  it('has no line for a lease that ended without a call', async () => {
    const { store } = current();
    const [id = ''] = await accept(store, {});
    await store.outbox.settle([settlementOf(await claimOne(store), retryIn(0))]);
    expect(await store.outbox.listAttempts(id)).toEqual([]);
  });

  it('keeps times measured in fractions as whole milliseconds', async () => {
    const { store } = current();
    const [id = ''] = await accept(store, {});
    const attempt = attemptOf({ durationMs: 12.6 });
    await store.outbox.settle([settlementOf(await claimOne(store), DELIVERED, attempt)]);
    expect(await store.outbox.listAttempts(id)).toMatchObject([{ durationMs: 13 }]);
  });

  it('keeps the timelines of two events apart', async () => {
    const { store } = current();
    const [a = '', b = ''] = await accept(store, {}, { type: 'VendorPaymentPosted' });
    const one = await claimOne(store, { wanted: [{ type: 'CustomerPurchase', limit: 1 }] });
    await store.outbox.settle([settlementOf(one, DELIVERED, attemptOf())]);
    expect(await store.outbox.listAttempts(a)).toHaveLength(1);
    expect(await store.outbox.listAttempts(b)).toEqual([]);
  });
}
