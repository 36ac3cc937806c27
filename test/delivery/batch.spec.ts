import { afterEach, describe, expect, it } from '@jest/globals';
import type { Outcome } from '../../src/delivery/destination.js';
import { DeliveryHarness } from './support/delivery-harness.js';
import type { SeenCall } from './support/scripted-destination.js';

let harness: DeliveryHarness;
afterEach(() => harness.close());

const DELIVERED: Outcome = { kind: 'delivered' };

/** The sizes of the calls under way or ended, in the order in which they began. */
function sizes(calls: readonly SeenCall[]): number[] {
  const firsts = calls.filter(({ id, batch }) => batch[0] === id);
  return firsts.map(({ batch }) => batch.length);
}

/** A backlog before two slots: both are taken by single calls, and as much as fits is claimed behind them. */
async function backlog(count: number, more: { type?: string; batchSize?: number } = {}) {
  harness = await DeliveryHarness.open({ concurrency: 2, batchSize: more.batchSize ?? 10 });
  harness.destination.answers('hold');
  await harness.start();
  const ids = await harness.accept(count, { type: more.type ?? 'Sale' });
  await harness.advance(0);
  expect(sizes(harness.destination.calls)).toEqual([1, 1]);
  return ids;
}

/** Both single calls end, so that batches begin in their place. */
async function freeTheSlots() {
  for (const call of [...harness.destination.underWay]) call.answer(DELIVERED);
  await harness.advance(0);
}

describe('a backlog', () => {
  it('travels in batches, each in one slot', async () => {
    await backlog(100);
    harness.destination.answers({ after: 10, answer: DELIVERED });
    await freeTheSlots();
    expect(sizes(harness.destination.underWay)).toEqual([10, 10]);
    expect(Math.max(...harness.destination.calls.map(({ together }) => together))).toBe(2);
    await harness.advance(100);
    expect(await harness.census()).toEqual({ delivered: 100 });
  });

  it('of a few events is spread over the slots that are free', async () => {
    await backlog(8);
    await freeTheSlots();
    expect(sizes(harness.destination.underWay)).toEqual([3, 3]);
  });

  it('is claimed for two rounds and no more', async () => {
    await backlog(500);
    await freeTheSlots();
    expect(await harness.census()).toEqual({ delivered: 2, delivering: 40, pending: 458 });
    await freeTheSlots();
    expect(await harness.census()).toEqual({ delivered: 22, delivering: 40, pending: 438 });
  });

  it('of one event at a time is sent in single calls, however many slots there are', async () => {
    harness = await DeliveryHarness.open({ concurrency: 8, batchSize: 10 });
    harness.destination.answers({ after: 50, answer: DELIVERED });
    await harness.start();
    for (let second = 0; second < 20; second += 1) {
      await harness.accept(3);
      await harness.advance(25);
    }
    await harness.advance(100);
    expect(await harness.census()).toEqual({ delivered: 60 });
    expect(harness.destination.batches).toBe(0);
  });

  it('is never batched where the size is 1', async () => {
    await backlog(50, { batchSize: 1 });
    harness.destination.answers({ after: 10, answer: DELIVERED });
    await freeTheSlots();
    await harness.advance(1_000);
    expect(await harness.census()).toEqual({ delivered: 50 });
    expect(harness.destination.batches).toBe(0);
  });

  it('keeps the order of each key: no two of one share a call, and none overtakes', async () => {
    harness = await DeliveryHarness.open({ concurrency: 1, batchSize: 10 });
    harness.destination.answers({ after: 10, answer: DELIVERED });
    for (const key of ['a', 'b', 'c', 'd', 'e']) await harness.accept(4, { type: 'Payment', orderingKey: key });
    const keys = new Map<string, string>();
    for (const key of ['a', 'b', 'c', 'd', 'e']) {
      for (const id of await harness.accept(4, { type: 'Payment', orderingKey: key })) keys.set(id, key);
    }
    await harness.start();
    await harness.advance(5_000);
    expect(await harness.census()).toEqual({ delivered: 40 });
    expect(harness.destination.batches).toBeGreaterThan(0);
    for (const { batch } of harness.destination.calls) {
      const known = batch.flatMap((id) => keys.get(id) ?? []);
      expect(new Set(known).size).toBe(known.length);
    }
  });
});

describe('the parts of a batch', () => {
  it('are judged one by one, and written together', async () => {
    const ids = await backlog(12);
    harness.destination.answers(({ id }, _user, attempt) => {
      const outcomes = new Map<string, Outcome>([
        [ids[4] ?? '', { kind: 'rejected' }],
        [ids[5] ?? '', { kind: 'uncertain' }],
        [ids[6] ?? '', { kind: 'conflicted' }],
      ]);
      return { after: 10, answer: (attempt === 1 && outcomes.get(id)) || DELIVERED };
    });
    await freeTheSlots();
    harness.quiet.takeCalls('settle');
    await harness.advance(10);
    expect(harness.quiet.takeCalls('settle')).toBe(1);
    const statuses = await Promise.all(ids.map(async (id) => (await harness.event(id)).status));
    expect(statuses.map((status) => status[0]).join('')).toBe('dddddpp' + 'ddddd');
    expect(await harness.event(ids[4] ?? '')).toMatchObject({ status: 'dead', reason: 'rejected' });
    expect(await harness.event(ids[5] ?? '')).toMatchObject({ attemptCount: 1, availableAt: harness.now + 1_000 });
    await harness.advance(5_000);
    expect(await harness.census()).toEqual({ delivered: 11, dead: 1 });
  });

  it('tell in the timeline how many they were', async () => {
    const ids = await backlog(12);
    harness.destination.answers(DELIVERED);
    await freeTheSlots();
    expect((await harness.timeline(ids[0] ?? ''))[0]?.detail).toBe('scripted delivered');
    expect((await harness.timeline(ids[2] ?? ''))[0]?.detail).toBe('scripted delivered; in a batch of 5');
  });

  it('are uncertain, each of them, where the call fails without an outcome', async () => {
    const ids = await backlog(12);
    harness.destination.answers((_event, _user, attempt) => (attempt === 1 ? new Error('a bug') : DELIVERED));
    await freeTheSlots();
    expect((await harness.timeline(ids[2] ?? ''))[0]).toMatchObject({
      outcome: 'uncertain',
      counted: true,
      detail: 'the call failed without an outcome; in a batch of 5',
    });
    await harness.advance(10_000);
    expect(await harness.census()).toEqual({ delivered: 12 });
  });

  it('that are throttled go back uncounted while the others are done, and nothing more is sent', async () => {
    const ids = await backlog(42);
    harness.destination.answers(({ id }) => {
      const throttled = ids.indexOf(id) % 2 === 1;
      return { after: 10, answer: throttled ? { kind: 'throttled', retryAfterMs: 60_000 } : DELIVERED };
    });
    await freeTheSlots();
    await harness.advance(10);
    expect(sizes(harness.destination.calls)).toEqual([1, 1, 10, 10]);
    expect(await harness.census()).toEqual({ delivered: 12, pending: 30 });
    expect(harness.gates.find('user:user-a')).toMatchObject({ cause: 'throttled', closings: 1 });
    const back = await harness.event(ids[3] ?? '');
    expect(back).toMatchObject({ status: 'pending', attemptCount: 0 });
    await harness.advance(59_999);
    expect(harness.destination.calls).toHaveLength(22);
  });

  it('that are proved by a late answer are delivered, though their lease was gone', async () => {
    const ids = await backlog(12);
    await freeTheSlots();
    const lost = await harness.store.outbox.findLostLeases('somebody-else', 20);
    const stolen = lost.find(({ id }) => id === ids[3]);
    if (stolen === undefined) throw new Error('no lease to take over');
    const retry = { kind: 'retry', delayMs: 60_000, counts: stolen.counts } as const;
    const { id, leaseToken } = stolen;
    await harness.store.outbox.settle([{ id, leaseToken, settlement: retry, attempt: null }]);
    for (const call of [...harness.destination.underWay]) call.answer(DELIVERED);
    await harness.advance(0);
    expect(await harness.census()).toEqual({ delivered: 12 });
    expect(harness.notes.attempts.filter(({ result }) => result === 'proved')).toMatchObject([{ eventId: ids[3] }]);
  });
});

describe('a shutdown', () => {
  it('gives back what has not begun, and lets batches end', async () => {
    await backlog(100);
    harness.destination.answers({ after: 20_000, answer: DELIVERED });
    await freeTheSlots();
    const stopped = harness.dispatcher.stop(25_000);
    await harness.advance(0);
    expect(await harness.census()).toEqual({ delivered: 2, delivering: 20, pending: 78 });
    await harness.advance(20_000);
    await stopped;
    expect(await harness.census()).toEqual({ delivered: 22, pending: 78 });
    expect(harness.timers.pending).toBe(0);
  });

  it.each(['hold', 'deaf'] as const)(
    'cuts batches off at the end of the grace time, as uncertain: %s',
    async (call) => {
      await backlog(12);
      harness.destination.answers(call);
      await freeTheSlots();
      const stopped = harness.dispatcher.stop(25_000);
      await harness.advance(26_000);
      await stopped;
      const cut = harness.notes.attempts.slice(2);
      expect(cut.map(({ outcome, counted, result }) => [outcome, counted, result])).toEqual(
        Array(10).fill(['uncertain', true, 'settled']),
      );
      expect(await harness.census()).toEqual({ delivered: 2, pending: 10 });
    },
  );
});
