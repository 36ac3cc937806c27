import { describe, expect, it } from '@jest/globals';
import type { Call } from './call.js';
import type { AttemptReport, Outcome, ThrottleLimit } from './destination.js';
import type { HeldEvent } from './held-event.js';
import { Pacing } from './pacing.js';

const NOW = 1_000_000;
const DELIVERED: Outcome = { kind: 'delivered' };

function throttled(limit: ThrottleLimit, retryAfterMs: number | null = 1_000): Outcome {
  return { kind: 'throttled', retryAfterMs, limit };
}

/** One application user that is always pressed: calls begin and end as a test says. */
class Paced {
  readonly pacing = new Pacing({ concurrency: 40, batchSize: 10 }, NOW);
  underWay = 8;

  call(outcomes: readonly Outcome[], { beganAt, endedAt }: { beganAt: number; endedAt: number }, parallelism?: number) {
    const call: Call = { applicationUser: 'user-a', held: Array<HeldEvent>(outcomes.length), beganAt };
    this.pacing.began(call, true);
    this.pacing.ended(
      call,
      outcomes.map((outcome) => reportOf(outcome, parallelism ?? null)),
      {
        now: endedAt,
        underWay: this.underWay,
      },
    );
  }

  /** So many calls, delivered at once. */
  deliver(calls: number, events = 1, at = NOW): void {
    const outcomes = Array<Outcome>(events).fill(DELIVERED);
    for (let call = 0; call < calls; call += 1) this.call(outcomes, { beganAt: at, endedAt: at });
  }
}

function reportOf(outcome: Outcome, parallelism: number | null): AttemptReport {
  const hints = parallelism === null ? null : { parallelism, remainingRequests: 7, remainingTimeMs: 9 };
  return { outcome, httpStatus: null, errorCode: null, detail: null, serviceRequestId: null, hints };
}

describe('an application user before any throttle', () => {
  it('has no rate, and batches as large as may be', () => {
    const { pacing } = new Paced();
    expect([pacing.limit, pacing.batchSize, pacing.isStarting]).toEqual([8, 10, false]);
    expect([pacing.allowed(NOW), pacing.nextAt(NOW)]).toEqual([Infinity, NOW]);
    expect(pacing.reading()).toEqual({ limit: 8, batchSize: 10, callsPerSecond: null, hints: null });
  });

  it('follows the first hint, and shows the newest', () => {
    const paced = new Paced();
    paced.call([DELIVERED], { beganAt: NOW, endedAt: NOW }, 20);
    paced.call([DELIVERED], { beganAt: NOW, endedAt: NOW }, 30);
    paced.call([DELIVERED], { beganAt: NOW, endedAt: NOW });
    expect(paced.pacing.reading()).toMatchObject({
      limit: 20,
      hints: { parallelism: 30, remainingRequests: 7, remainingTimeMs: 9 },
    });
  });

  it('takes more at once only while all it may is under way', () => {
    const paced = new Paced();
    paced.underWay = 7;
    paced.deliver(1, 1, NOW + 200);
    expect(paced.pacing.limit).toBe(8);
    paced.underWay = 8;
    paced.deliver(1, 1, NOW + 200);
    expect(paced.pacing.limit).toBe(9);
  });

  it('learns nothing from calls that are not delivered', () => {
    const paced = new Paced();
    paced.call([{ kind: 'conflicted' }], { beganAt: NOW, endedAt: NOW + 200 });
    expect(paced.pacing.limit).toBe(8);
  });
});

describe('an application user whose gate closed', () => {
  it('starts with one, and doubles by the calls that began since', () => {
    const { pacing } = new Paced();
    pacing.slowDown(NOW + 10);
    expect([pacing.limit, pacing.since, pacing.isStarting]).toEqual([1, NOW + 10, true]);
    const paced = new Paced();
    paced.pacing.slowDown(NOW + 10);
    paced.deliver(3, 1, NOW + 9);
    expect(paced.pacing.limit).toBe(1);
    paced.deliver(7, 1, NOW + 10);
    expect([paced.pacing.limit, paced.pacing.isStarting]).toEqual([8, false]);
  });
});

describe('a throttle', () => {
  const REOPENED = NOW + 1_500;

  it.each(['requests', 'other'] as const)('of %s sets a rate of calls, whatever they carry', (limit) => {
    const paced = new Paced();
    paced.deliver(60, 2);
    paced.call([throttled(limit)], { beganAt: NOW, endedAt: NOW + 500 });
    paced.deliver(1, 10, REOPENED);
    expect(paced.pacing.reading().callsPerSecond).toBeCloseTo(60, 0);
    expect(paced.pacing.batchSize).toBe(10);
    expect(paced.pacing.allowed(REOPENED)).toBe(3);
    paced.deliver(3, 10, REOPENED);
    expect(paced.pacing.allowed(REOPENED)).toBe(0);
    expect(paced.pacing.nextAt(REOPENED)).toBe(REOPENED + 17);
    expect(paced.pacing.within(2_000)).toBe(121);
  });

  it.each(['busy', 'token'] as const)('of %s teaches no rate, however often it comes', (limit) => {
    const paced = new Paced();
    for (let time = 0; time < 3; time += 1) {
      paced.deliver(60, 2, NOW + time * 10_000);
      paced.call([throttled(limit)], { beganAt: NOW + time * 10_000, endedAt: NOW + time * 10_000 + 500 });
    }
    paced.deliver(1, 1, NOW + 60_000);
    expect(paced.pacing.reading()).toMatchObject({ limit: 9, batchSize: 10, callsPerSecond: null });
    expect(paced.pacing.allowed(NOW + 60_000)).toBe(Infinity);
  });

  it('of execution time sets a rate of events, and halves the batches', () => {
    const paced = new Paced();
    paced.deliver(60, 10);
    paced.call([throttled('execution-time')], { beganAt: NOW, endedAt: NOW + 500 });
    expect(paced.pacing.batchSize).toBe(5);
    paced.deliver(1, 5, REOPENED);
    expect(paced.pacing.reading().callsPerSecond).toBeNull();
    expect(paced.pacing.allowed(REOPENED)).toBe(6);
    paced.deliver(6, 5, REOPENED);
    expect(paced.pacing.allowed(REOPENED)).toBe(0);
    expect(paced.pacing.nextAt(REOPENED)).toBe(REOPENED + 9);
    expect(paced.pacing.within(1_000)).toBe(121);
  });

  it('of concurrency halves the calls at once and sets no rate', () => {
    const paced = new Paced();
    paced.call([throttled('concurrency')], { beganAt: NOW, endedAt: NOW + 500 });
    paced.call([throttled('concurrency')], { beganAt: NOW + 499, endedAt: NOW + 510 });
    expect(paced.pacing.reading()).toMatchObject({ limit: 4, callsPerSecond: null, batchSize: 10 });
    paced.pacing.slowDown(NOW + 510);
    expect(paced.pacing.limit).toBe(1);
    paced.deliver(10, 1, NOW + 6_000);
    expect(paced.pacing.limit).toBe(4);
  });

  it('that does not say how long counts no waiting', () => {
    const paced = new Paced();
    paced.deliver(60);
    paced.call([throttled('requests', null)], { beganAt: NOW, endedAt: NOW + 1_500 });
    paced.deliver(1, 1, REOPENED);
    expect(paced.pacing.reading().callsPerSecond).toBeCloseTo(60, 0);
  });

  it('of one part throttles the call, and what is left of it counts for nothing', () => {
    const paced = new Paced();
    paced.deliver(60);
    paced.call([DELIVERED, throttled('requests'), DELIVERED], { beganAt: NOW, endedAt: NOW + 500 });
    paced.deliver(1, 1, REOPENED);
    expect(paced.pacing.reading().callsPerSecond).toBeCloseTo(60, 0);
  });
});

describe('a call that takes long', () => {
  const TEN = Array<Outcome>(10).fill(DELIVERED);

  it('halves the batches where it was one, once for all that began together', () => {
    const paced = new Paced();
    paced.call(TEN, { beganAt: NOW, endedAt: NOW + 10_000 });
    paced.call(TEN, { beganAt: NOW, endedAt: NOW + 10_001 });
    expect(paced.pacing.batchSize).toBe(5);
    expect(new Paced().pacing.batchSize).toBe(10);
  });

  it('says nothing of batches where it carried one event', () => {
    const paced = new Paced();
    paced.call([DELIVERED], { beganAt: NOW, endedAt: NOW + 60_000 });
    expect(paced.pacing.batchSize).toBe(10);
  });

  it('no longer lets them grow; one that does not does', () => {
    const paced = new Paced();
    paced.call(TEN, { beganAt: NOW, endedAt: NOW + 10_000 });
    const FIVE = TEN.slice(5);
    paced.call(FIVE, { beganAt: NOW + 9_000, endedAt: NOW + 20_000 });
    expect(paced.pacing.batchSize).toBe(5);
    paced.call(FIVE, { beganAt: NOW + 19_000, endedAt: NOW + 20_000 });
    expect(paced.pacing.batchSize).toBe(6);
  });
});

describe('a batch that is refused as such', () => {
  const NO_BATCHES = Array<Outcome>(10).fill({ kind: 'misconfigured', scope: 'user' });

  it('makes every call carry one event, and takes no calls away', () => {
    const paced = new Paced();
    paced.call(NO_BATCHES, { beganAt: NOW, endedAt: NOW + 10 });
    paced.call(NO_BATCHES, { beganAt: NOW, endedAt: NOW + 20 });
    expect(paced.pacing.reading()).toEqual({ limit: 8, batchSize: 1, callsPerSecond: null, hints: null });
    paced.deliver(1, 1, NOW + 60_009);
    expect(paced.pacing.batchSize).toBe(1);
    paced.deliver(1, 1, NOW + 60_010);
    expect(paced.pacing.batchSize).toBe(2);
  });
});
