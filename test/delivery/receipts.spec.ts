import { afterEach, describe, expect, it } from '@jest/globals';
import { receiptOf } from '../outbox/support/receipts.js';
import { DeliveryHarness } from './support/delivery-harness.js';

let harness: DeliveryHarness;
afterEach(() => harness.close());

describe('an event whose receipt comes before the answer to its call', () => {
  it.each([
    ['of which nobody knows whether it ran', { kind: 'uncertain' }],
    ['that was refused', { kind: 'rejected' }],
    ['that was throttled', { kind: 'throttled', retryAfterMs: 1_000 }],
  ] as const)('is delivered, and told so, after one %s', async (_, answer) => {
    harness = await DeliveryHarness.open();
    harness.destination.answers(() => ({ after: 250, answer }));
    await harness.start();
    const [id = ''] = await harness.accept(1);
    await harness.advance(100);
    const { type } = await harness.event(id);
    await harness.store.receipts.confirm([receiptOf(id, { type })]);
    await harness.advance(150);

    expect(await harness.event(id)).toMatchObject({
      status: 'delivered',
      deliveredAt: harness.now,
      confirmedAt: harness.now - 150,
    });
    expect(harness.notes.attempts).toMatchObject([
      { outcome: answer.kind, settlement: 'delivered', result: 'confirmed', reason: null, nextAttemptAt: null },
    ]);
    expect(await harness.timeline(id)).toMatchObject([{ outcome: answer.kind, nextAttemptAt: null }]);
    await harness.advance(600_000);
    expect(harness.notes.attempts).toHaveLength(1);
  });

  it('is delivered as any other after a 2xx', async () => {
    harness = await DeliveryHarness.open();
    harness.destination.answers(() => ({ after: 250, answer: { kind: 'delivered' } }));
    await harness.start();
    const [id = ''] = await harness.accept(1);
    await harness.advance(100);
    const { type } = await harness.event(id);
    await harness.store.receipts.confirm([receiptOf(id, { type })]);
    await harness.advance(150);
    expect(harness.notes.attempts).toMatchObject([{ settlement: 'delivered', result: 'settled' }]);
  });
});

describe('an event whose receipt comes while it waits for its next attempt', () => {
  it('is not sent again', async () => {
    harness = await DeliveryHarness.open();
    harness.destination.answers(() => ({ after: 250, answer: { kind: 'uncertain' } }));
    await harness.start();
    const [id = ''] = await harness.accept(1);
    await harness.advance(300);
    const { type } = await harness.event(id);
    await harness.store.receipts.confirm([receiptOf(id, { type })]);
    await harness.advance(600_000);
    expect(await harness.event(id)).toMatchObject({ status: 'delivered', attemptCount: 1 });
    expect(harness.notes.attempts).toHaveLength(1);
  });
});
