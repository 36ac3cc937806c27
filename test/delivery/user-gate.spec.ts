import { afterEach, describe, expect, it } from '@jest/globals';
import type { Outcome } from '../../src/delivery/destination.js';
import { DeliveryHarness } from './support/delivery-harness.js';
import type { ScriptedOutcome } from './support/scripted-destination.js';

let harness: DeliveryHarness;
afterEach(() => harness.close());

const DELIVERED: Outcome = { kind: 'delivered' };
const offsets = (since: number) => harness.destination.calls.map(({ at }) => at - since);

describe('a throttled application user', () => {
  it('sends nothing until Retry-After is over, to the millisecond, then asks, then sends', async () => {
    harness = await DeliveryHarness.open();
    harness.destination.answers(() =>
      harness.destination.calls.length === 1 ? { kind: 'throttled', retryAfterMs: 17_001 } : DELIVERED,
    );
    await harness.start();
    const closedAt = harness.now;
    const [id = ''] = await harness.accept(1);
    await harness.advance(17_000);
    await harness.accept(20);
    await harness.advance(0);
    expect(offsets(closedAt)).toEqual([0]);
    await harness.advance(1);
    expect(harness.destination.probes).toEqual([{ user: 'user-a', at: closedAt + 17_001 }]);
    expect(harness.destination.calls).toHaveLength(22);
    expect(new Set(offsets(closedAt))).toEqual(new Set([0, 17_001]));
    expect(await harness.event(id)).toMatchObject({ status: 'delivered', attemptCount: 1 });
    expect(await harness.timeline(id)).toMatchObject([
      { outcome: 'throttled', counted: false },
      { outcome: 'delivered' },
    ]);
  });

  it('closes once for eight calls under way, and gives every attempt back', async () => {
    harness = await DeliveryHarness.open({ concurrency: 8 });
    harness.destination.answers('hold');
    await harness.start();
    await harness.accept(200);
    await harness.advance(0);
    const held = [...harness.destination.underWay];
    expect(held).toHaveLength(8);
    harness.destination.answers(DELIVERED);
    for (const call of held) call.answer({ kind: 'throttled', retryAfterMs: null });
    await harness.advance(0);
    expect(harness.gates.find('user:user-a')).toMatchObject({
      cause: 'throttled',
      closings: 1,
      closedUntil: harness.now + 30_000,
    });
    expect(await harness.census()).toEqual({ pending: 200 });
    await harness.advance(29_999);
    expect(harness.destination.calls).toHaveLength(8);
    await harness.advance(1);
    expect(await harness.census()).toEqual({ delivered: 200 });
    expect(harness.notes.attempts.filter(({ counted }) => !counted)).toHaveLength(8);
  });

  it('sends nothing more from the moment the first of eight calls says so', async () => {
    harness = await DeliveryHarness.open({ concurrency: 8 });
    harness.destination.answers('hold');
    await harness.start();
    await harness.accept(200);
    await harness.advance(0);
    const [first, ...others] = [...harness.destination.underWay];
    first?.answer({ kind: 'throttled', retryAfterMs: 60_000 });
    await harness.advance(10);
    for (const call of others) call.answer(DELIVERED);
    await harness.advance(59_989);
    expect(harness.destination.calls).toHaveLength(8);
    expect(await harness.census()).toEqual({ pending: 193, delivered: 7 });
    expect(harness.gates.find('user:user-a').cause).toBe('throttled');
  });

  it('is prolonged by what the calls under way report', async () => {
    harness = await DeliveryHarness.open({ concurrency: 2 });
    harness.destination.answers('hold');
    await harness.start();
    await harness.accept(2);
    await harness.advance(0);
    const [first, second] = [...harness.destination.underWay];
    first?.answer({ kind: 'throttled', retryAfterMs: 5_000 });
    await harness.advance(1_000);
    second?.answer({ kind: 'throttled', retryAfterMs: 60_000 });
    await harness.advance(0);
    expect(harness.gates.find('user:user-a')).toMatchObject({ closings: 1, closedUntil: harness.now + 60_000 });
  });

  it('leaves its events to the others', async () => {
    harness = await DeliveryHarness.open({ users: ['user-a', 'user-b'], concurrency: 5 });
    harness.destination.answers((_event, user) =>
      user === 'user-a' ? { kind: 'throttled', retryAfterMs: 600_000 } : { after: 5, answer: DELIVERED },
    );
    await harness.start();
    await harness.accept(50);
    await harness.advance(60);
    expect(await harness.census()).toEqual({ delivered: 50 });
    expect(harness.destination.calls.filter(({ user }) => user === 'user-a').length).toBeLessThanOrEqual(5);
  });
});

describe('an application user whose gate was closed', () => {
  it('begins with one event and doubles: 1, 2, 4, 8', async () => {
    harness = await DeliveryHarness.open({ concurrency: 8 });
    harness.destination.answers({ kind: 'unavailable' });
    await harness.start();
    await harness.accept(40);
    await harness.advance(0);
    const reopensAt = harness.gates.find('user:user-a').closedUntil ?? 0;
    harness.destination.answers({ after: 10, answer: DELIVERED });
    await harness.advance(reopensAt - harness.now + 100);
    const rounds = [0, 10, 20, 30, 40].map(
      (round) => harness.destination.calls.filter(({ at }) => at === reopensAt + round).length,
    );
    expect(rounds).toEqual([1, 2, 4, 8, 8]);
  });

  it('asks again, after twice the time, for as long as the answer is no', async () => {
    harness = await DeliveryHarness.open();
    harness.destination.answers({ kind: 'unavailable' });
    harness.destination.answersProbes({ kind: 'unavailable' });
    await harness.start();
    const closedAt = harness.now;
    await harness.accept(1);
    await harness.advance(60_000);
    expect(harness.destination.probes.map(({ at }) => at - closedAt)).toEqual([2_000, 6_000, 14_000, 30_000]);
    expect(harness.destination.calls).toHaveLength(1);
  });

  it.each<[ScriptedOutcome, string]>([
    [{ kind: 'unauthorized' }, 'unauthorized'],
    [{ kind: 'forbidden', scope: 'user' }, 'forbidden'],
    [{ kind: 'misconfigured', scope: 'user' }, 'misconfigured'],
    [{ kind: 'throttled', retryAfterMs: 1_000 }, 'throttled'],
    [{ kind: 'uncertain' }, 'unavailable'],
    [{ kind: 'rejected' }, 'unauthorized'],
  ])('is closed again by a probe that comes to %j, as %s', async (outcome, cause) => {
    harness = await DeliveryHarness.open();
    harness.destination.answers({ kind: 'unauthorized' });
    harness.destination.answersProbes(outcome);
    await harness.start();
    await harness.accept(1);
    await harness.advance(30_000);
    expect(harness.gates.find('user:user-a')).toMatchObject({ cause, closings: 2 });
    expect(harness.destination.calls).toHaveLength(1);
  });

  it('is asked once, however long the answer takes', async () => {
    harness = await DeliveryHarness.open();
    harness.destination.answers({ kind: 'unavailable' });
    harness.destination.answersProbes('hold');
    await harness.start();
    await harness.accept(8);
    await harness.advance(30_000);
    expect(harness.destination.probes).toHaveLength(1);
    expect(harness.destination.calls).toHaveLength(8);
  });

  it('is closed again at once by one more failure while the run goes on', async () => {
    harness = await DeliveryHarness.open({ concurrency: 5 });
    harness.destination.answers({ kind: 'uncertain' });
    await harness.start();
    await harness.accept(50);
    await harness.advance(0);
    expect(harness.gates.find('user:user-a')).toMatchObject({ cause: 'unavailable', closings: 1 });
    expect(harness.destination.calls).toHaveLength(5);
    await harness.advance(2_000);
    expect(harness.destination.calls).toHaveLength(6);
    expect(harness.gates.find('user:user-a').closings).toBe(2);
  });
});

describe('a call that began before the closing', () => {
  it('and is uncertain after it proves nothing: the gate goes on probing', async () => {
    harness = await DeliveryHarness.open({ concurrency: 2 });
    harness.destination.answers('hold');
    harness.destination.answersProbes('hold');
    await harness.start();
    await harness.accept(2);
    await harness.advance(0);
    const [first, second] = [...harness.destination.underWay];
    first?.answer({ kind: 'unavailable' });
    await harness.advance(2_000);
    second?.answer({ kind: 'uncertain' });
    await harness.advance(0);
    expect(harness.gates.find('user:user-a')).toMatchObject({
      cause: 'unavailable',
      closings: 1,
      closedUntil: harness.now,
    });
  });
});

describe('failures in a row', () => {
  it('of fewer than three events leave the gate open', async () => {
    harness = await DeliveryHarness.open();
    harness.destination.answers({ kind: 'transient' });
    await harness.start();
    await harness.accept(2);
    await harness.advance(120_000);
    expect(harness.destination.calls.length).toBeGreaterThan(8);
    expect(harness.gates.list()).toEqual([]);
  });

  it('with a success between leave the gate open', async () => {
    harness = await DeliveryHarness.open({ concurrency: 1 });
    harness.destination.answers(() => ({
      kind: harness.destination.calls.length % 5 === 0 ? 'delivered' : 'uncertain',
    }));
    await harness.start();
    await harness.accept(20);
    await harness.advance(0);
    expect(harness.destination.calls).toHaveLength(20);
    expect(harness.gates.list()).toEqual([]);
  });
});
