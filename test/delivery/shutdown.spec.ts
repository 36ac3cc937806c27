import { afterEach, describe, expect, it } from '@jest/globals';
import type { Outcome } from '../../src/delivery/destination.js';
import { DeliveryHarness } from './support/delivery-harness.js';

let harness: DeliveryHarness;
afterEach(() => harness.close());

const DELIVERED: Outcome = { kind: 'delivered' };

/** Whether a promise has resolved by now. */
function watched(promise: Promise<void>) {
  const state = { done: false };
  void promise.then(() => {
    state.done = true;
  });
  return state;
}

async function busy(script: Parameters<typeof harness.destination.answers>[0]) {
  harness = await DeliveryHarness.open({ concurrency: 4 });
  harness.destination.answers(script);
  await harness.start();
  const ids = await harness.accept(100);
  await harness.advance(0);
  return ids;
}

describe('stopping', () => {
  it('gives back what has not begun, uncounted and unrecorded, and claims nothing more', async () => {
    const ids = await busy('hold');
    harness.destination.underWay[0]?.answer(DELIVERED);
    await harness.advance(0);
    expect(await harness.census()).toEqual({ delivered: 1, delivering: 8, pending: 91 });
    const stopped = watched(harness.dispatcher.stop(25_000));
    await harness.advance(0);
    expect(await harness.census()).toEqual({ delivered: 1, delivering: 4, pending: 95 });
    expect(stopped.done).toBe(false);
    expect(harness.notes.attempts).toHaveLength(1);
    const events = await Promise.all(ids.map((id) => harness.event(id)));
    expect(events.filter(({ status }) => status === 'pending').every(({ attemptCount }) => attemptCount === 0)).toBe(
      true,
    );
    await harness.accept(1);
    await harness.advance(5_000);
    expect(harness.destination.calls).toHaveLength(5);
  });

  it('waits for the calls under way, and settles them', async () => {
    await busy({ after: 20_000, answer: DELIVERED });
    const stopped = watched(harness.dispatcher.stop(25_000));
    await harness.advance(19_999);
    expect(stopped.done).toBe(false);
    await harness.advance(1);
    expect(stopped.done).toBe(true);
    expect(await harness.census()).toEqual({ delivered: 4, pending: 96 });
    expect(harness.timers.pending).toBe(0);
  });

  it('keeps renewing the leases of the calls it waits for', async () => {
    await busy('hold');
    const stopped = watched(harness.dispatcher.stop(60_000));
    await harness.advance(0);
    harness.quiet.takeCalls('renewLeases');
    await harness.advance(45_000);
    expect(harness.quiet.takeCalls('renewLeases')).toBe(4);
    for (const call of harness.destination.underWay) call.answer(DELIVERED);
    await harness.advance(0);
    expect(stopped.done).toBe(true);
    expect(harness.notes.attempts.map(({ result }) => result)).toEqual(Array(4).fill('settled'));
  });

  it.each(['hold', 'deaf'] as const)('cuts calls off at the end of the grace time, as uncertain: %s', async (call) => {
    await busy(call);
    const stopped = watched(harness.dispatcher.stop(25_000));
    await harness.advance(24_999);
    expect(await harness.census()).toMatchObject({ delivering: 4 });
    await harness.advance(1_001);
    expect(stopped.done).toBe(true);
    expect(await harness.census()).toEqual({ pending: 100 });
    expect(harness.notes.attempts.map(({ outcome, counted }) => [outcome, counted])).toEqual(
      Array(4).fill(['uncertain', true]),
    );
    expect(harness.timers.pending).toBe(0);
  });

  it('ends a probe under way without judging by it', async () => {
    harness = await DeliveryHarness.open();
    harness.destination.answers({ kind: 'unavailable' });
    harness.destination.answersProbes('hold');
    await harness.start();
    await harness.accept(1);
    await harness.advance(2_000);
    const stopped = watched(harness.dispatcher.stop(25_000));
    await harness.advance(0);
    expect(stopped.done).toBe(true);
    expect(harness.gates.find('user:user-a').closings).toBe(1);
  });

  it('gives back what a claim brings after it', async () => {
    harness = await DeliveryHarness.open();
    await harness.start();
    await harness.accept(3);
    const stopped = watched(harness.dispatcher.stop(25_000));
    await harness.advance(0);
    expect(stopped.done).toBe(true);
    expect(harness.destination.calls).toEqual([]);
    expect(await harness.census()).toEqual({ pending: 3 });
  });

  it('is done at once when it never started, and twice is the same as once', async () => {
    harness = await DeliveryHarness.open();
    await harness.dispatcher.stop(25_000);
    await harness.dispatcher.stop(0);
    await harness.start();
    await harness.accept(1);
    await harness.advance(5_000);
    expect(harness.destination.calls).toEqual([]);
    expect(harness.timers.pending).toBe(0);
  });
});
