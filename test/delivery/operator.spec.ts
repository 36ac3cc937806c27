import { afterEach, describe, expect, it } from '@jest/globals';
import type { Outcome } from '../../src/delivery/destination.js';
import { openGate } from '../../src/delivery/gate.js';
import { DeliveryHarness } from './support/delivery-harness.js';

let harness: DeliveryHarness;
afterEach(() => harness.close());

const DELIVERED: Outcome = { kind: 'delivered' };
const BY = { by: 'operator', reason: 'maintenance' };

describe('a pause', () => {
  it.each(['user:user-a', 'type:Sale', 'user:user-a+type:Sale'])(
    'of %s holds events until it is lifted',
    async (name) => {
      harness = await DeliveryHarness.open();
      await harness.start();
      await harness.gates.pause(name, BY);
      await harness.accept(5);
      await harness.advance(3_600_000);
      expect(harness.destination.calls).toEqual([]);
      await harness.gates.resume(name, BY);
      await harness.advance(0);
      expect(await harness.census()).toEqual({ delivered: 5 });
    },
  );

  it('lets calls under way end and gives back what waited for a slot', async () => {
    harness = await DeliveryHarness.open({ concurrency: 4 });
    harness.destination.answers('hold');
    await harness.start();
    await harness.accept(50);
    await harness.advance(0);
    harness.destination.underWay[0]?.answer(DELIVERED);
    await harness.advance(0);
    await harness.gates.pause('user:user-a', BY);
    await harness.advance(0);
    expect(await harness.census()).toEqual({ delivered: 1, delivering: 4, pending: 45 });
    for (const call of harness.destination.underWay) call.answer(DELIVERED);
    await harness.advance(60_000);
    expect(await harness.census()).toEqual({ delivered: 5, pending: 45 });
  });

  it('that is lifted does not lift a throttle', async () => {
    harness = await DeliveryHarness.open();
    harness.destination.answers({ kind: 'throttled', retryAfterMs: 60_000 });
    await harness.start();
    await harness.accept(1);
    await harness.advance(0);
    await harness.gates.pause('user:user-a', BY);
    await harness.gates.resume('user:user-a', BY);
    await harness.advance(59_999);
    expect(harness.destination.probes).toEqual([]);
    await harness.advance(1);
    expect(harness.destination.probes).toHaveLength(1);
  });

  it('set by another process holds within a second, and what is in the slots goes on', async () => {
    harness = await DeliveryHarness.open({ concurrency: 2 });
    harness.destination.answers({ after: 100, answer: DELIVERED });
    await harness.start();
    await harness.accept(500);
    await harness.advance(1_000);
    const since = harness.now;
    const pause = { ...BY, since };
    await harness.store.gates.save({ ...openGate('user:user-a'), pause, changedAt: since, revision: 1 }, null);
    await harness.advance(10_000);
    expect(Math.max(...harness.destination.calls.map(({ at }) => at)) - since).toBeLessThan(1_000);
    expect(harness.gates.find('user:user-a').pause).toEqual(pause);
    const { delivering = 0 } = await harness.census();
    expect(delivering).toBe(0);
  });
});

describe('probing now', () => {
  it('asks at once instead of at the end of the closing', async () => {
    harness = await DeliveryHarness.open();
    harness.destination.answers({ kind: 'unauthorized' });
    await harness.start();
    await harness.accept(3);
    await harness.advance(0);
    harness.destination.answers(DELIVERED);
    await harness.gates.probeNow('user:user-a', BY);
    await harness.advance(0);
    expect(harness.destination.probes).toHaveLength(1);
    expect(await harness.census()).toEqual({ delivered: 3 });
  });

  it('sends nothing before the Retry-After of a throttle has passed', async () => {
    harness = await DeliveryHarness.open();
    harness.destination.answers({ kind: 'throttled', retryAfterMs: 3_600_000 });
    await harness.start();
    await harness.accept(3);
    await harness.advance(0);
    const sent = harness.destination.calls.length;
    await harness.gates.probeNow('user:user-a', BY);
    await harness.advance(60_000);
    expect([harness.destination.probes.length, harness.destination.calls.length]).toEqual([0, sent]);
  });

  it('changes nothing for a gate that is open, known or not', async () => {
    harness = await DeliveryHarness.open();
    await harness.start();
    expect(await harness.gates.probeNow('type:Sale', BY)).toEqual(openGate('type:Sale'));
    expect(await harness.gates.resume('type:Sale', BY)).toEqual(openGate('type:Sale'));
    expect(await harness.store.gates.list()).toEqual([]);
  });
});

describe('a gate changed here and elsewhere at once', () => {
  it('keeps both changes', async () => {
    harness = await DeliveryHarness.open();
    harness.destination.answers({ kind: 'throttled', retryAfterMs: 60_000 });
    await harness.start();
    const pause = { ...BY, since: harness.now };
    await harness.store.gates.save({ ...openGate('user:user-a'), pause, changedAt: harness.now, revision: 1 }, null);
    await harness.accept(1);
    await harness.advance(5_000);
    harness.destination.answers(DELIVERED);
    await harness.gates.resume('user:user-a', BY);
    await harness.accept(1);
    await harness.advance(0);
    harness.destination.answers({ kind: 'throttled', retryAfterMs: 60_000 });
    const [stored] = await harness.store.gates.list();
    await harness.store.gates.save({ ...(stored ?? openGate('')), pause, revision: (stored?.revision ?? 0) + 1 }, null);
    await harness.gates.close('user:user-a', { cause: 'forbidden', detail: null, retryAfterMs: null });
    expect(harness.gates.find('user:user-a')).toMatchObject({ cause: 'forbidden', pause });
    expect(await harness.store.gates.list()).toEqual([harness.gates.find('user:user-a')]);
  });
});

describe('a restart', () => {
  it('remembers what was closed, and asks before it sends', async () => {
    const before = await DeliveryHarness.open();
    before.destination.answers({ kind: 'throttled', retryAfterMs: 60_000 });
    await before.start();
    await before.accept(5);
    await before.advance(0);
    await before.dispatcher.stop(0);
    harness = await DeliveryHarness.open({ after: before });
    await harness.start();
    await harness.advance(59_999);
    expect(harness.destination.calls).toEqual([]);
    await harness.advance(1);
    expect(harness.destination.probes).toHaveLength(1);
    expect(await harness.census()).toEqual({ delivered: 5 });
  });

  it('after the closing was over begins with one event and doubles', async () => {
    const before = await DeliveryHarness.open();
    before.destination.answers({ kind: 'throttled', retryAfterMs: 30_000 });
    await before.start();
    await before.accept(50);
    await before.advance(0);
    await before.dispatcher.stop(0);
    harness = await DeliveryHarness.open({ after: before });
    harness.destination.answers({ after: 100, answer: DELIVERED });
    await harness.advance(40_000);
    await harness.start();
    await harness.advance(0);
    expect(harness.destination.underWay).toHaveLength(1);
    await harness.advance(100);
    expect(harness.destination.underWay).toHaveLength(2);
    await harness.advance(100);
    expect(harness.destination.underWay).toHaveLength(4);
  });

  it.each<[string, Outcome]>([
    ['a secret', { kind: 'unauthorized' }],
    ['a right', { kind: 'forbidden', scope: 'user' }],
    ['a right to one type', { kind: 'forbidden', scope: 'pair' }],
  ])('after %s was mended delivers at once', async (_, outcome) => {
    const before = await DeliveryHarness.open();
    before.destination.answers(outcome);
    await before.start();
    await before.accept(5);
    await before.advance(0);
    await before.dispatcher.stop(0);
    harness = await DeliveryHarness.open({ after: before });
    await harness.start();
    await harness.advance(0);
    expect(await harness.census()).toEqual({ delivered: 5 });
  });
});
