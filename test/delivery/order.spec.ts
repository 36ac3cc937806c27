import { afterEach, describe, expect, it } from '@jest/globals';
import { DeliveryHarness } from './support/delivery-harness.js';

let harness: DeliveryHarness;
afterEach(() => harness.close());

describe('events of one ordering key', () => {
  const deliveredOf = (ids: readonly string[]) =>
    harness.destination.calls.map(({ id }) => id).filter((id) => ids.includes(id));

  it('are sent one after the other, each as soon as the one before it is delivered', async () => {
    harness = await DeliveryHarness.open();
    harness.destination.answers({ after: 20, answer: { kind: 'delivered' } });
    await harness.start();
    const beganAt = harness.now;
    const ids = await harness.accept(5, { type: 'Payment', orderingKey: 'k' });
    await harness.advance(100);
    expect(harness.destination.calls.map(({ id, at }) => [id, at - beganAt])).toEqual(ids.map((id, n) => [id, n * 20]));
    expect(Math.max(...harness.destination.calls.map((call) => call.together))).toBe(1);
  });

  it('do not wait for those of another key', async () => {
    harness = await DeliveryHarness.open();
    harness.destination.answers({ after: 20, answer: { kind: 'delivered' } });
    await harness.start();
    for (const key of ['a', 'b', 'c']) await harness.accept(3, { type: 'Payment', orderingKey: key });
    await harness.advance(60);
    expect(await harness.census()).toEqual({ delivered: 9 });
  });

  it('wait while the first is retried', async () => {
    harness = await DeliveryHarness.open();
    harness.destination.answers((_event, _user, attempt) =>
      attempt < 3 && harness.destination.calls.length < 3 ? { kind: 'transient' } : { kind: 'delivered' },
    );
    await harness.start();
    const ids = await harness.accept(3, { type: 'Payment', orderingKey: 'k' });
    await harness.advance(10_000);
    const [first = '', second = '', third = ''] = ids;
    expect(deliveredOf(ids)).toEqual([first, first, first, second, third]);
  });

  it('keep their order across several application users', async () => {
    harness = await DeliveryHarness.open({ users: ['user-a', 'user-b'], concurrency: 3 });
    harness.destination.answers((_event, user) => ({
      after: user === 'user-a' ? 30 : 7,
      answer: { kind: 'delivered' },
    }));
    await harness.start();
    const ids = await harness.accept(12, { type: 'Payment', orderingKey: 'k' });
    await harness.accept(40);
    await harness.advance(2_000);
    expect(deliveredOf(ids)).toEqual(ids);
  });

  it.each([
    ['Payment', 'go on', ['delivered', 'dead', 'delivered']],
    ['Ledger', 'stay', ['delivered', 'dead', 'pending']],
  ])('of %s %s behind a dead one', async (type, _what, expected) => {
    harness = await DeliveryHarness.open();
    harness.destination.answers(() => ({ kind: harness.destination.calls.length === 2 ? 'rejected' : 'delivered' }));
    await harness.start();
    const ids = await harness.accept(3, { type, orderingKey: 'k' });
    await harness.advance(5_000);
    const events = await Promise.all(ids.map((id) => harness.event(id)));
    expect(events.map(({ status }) => status)).toEqual(expected);
  });
});
