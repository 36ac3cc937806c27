import { afterEach, describe, expect, it } from '@jest/globals';
import { DeliveryHarness, type HarnessOptions } from './support/delivery-harness.js';
import { LimitedTarget, type LimitedTargetOptions } from './support/limited-target.js';

let harness: DeliveryHarness;
afterEach(() => harness.close());

/** What Retry-After loses on the average by being whole seconds. */
const ROUNDING_S = 0.5;

/** Lets a backlog meet limits for so long; what was delivered, and what came of it. */
async function deliver(
  seconds: number,
  { events, limits, executionMs, ...options }: LimitedTargetOptions & HarnessOptions & { readonly events: number },
) {
  harness = await DeliveryHarness.open(options);
  const target = new LimitedTarget(harness, { limits, executionMs });
  await harness.start();
  await harness.accept(events);
  await harness.advance(seconds * 1_000);
  const delivered = harness.notes.attempts.filter(({ settlement }) => settlement === 'delivered').length;
  const closings = harness.notes.gates.filter(({ cause, closings }, index, all) => {
    const before = all[index - 1];
    return cause === 'throttled' && (before === undefined || before.closings !== closings || before.cause === null);
  });
  const net = (possible: number) => delivered / (possible * (1 - (closings.length * ROUNDING_S) / seconds));
  return { delivered, target, net, throttledShare: target.throttled / target.calls };
}

/** Calls that began between a throttled answer and the end of its Retry-After. */
function early(): number {
  const { calls } = harness.destination;
  const closings = calls.flatMap(({ endedAt, outcome, user }) =>
    outcome?.kind === 'throttled' && endedAt !== null
      ? [{ user, from: endedAt, to: endedAt + (outcome.retryAfterMs ?? 0) }]
      : [],
  );
  const isEarly = (call: { at: number; user: string }) =>
    closings.some(({ user, from, to }) => call.user === user && call.at > from && call.at < to);
  return calls.filter(isEarly).length;
}

describe('a backlog before a limit of requests', () => {
  const limits = { requests: 600 };

  it('takes what the limit allows, with hardly a throttled call and none into a closed gate', async () => {
    const { net, throttledShare } = await deliver(90, { events: 6_000, limits, executionMs: 3 });
    expect(net(90 * 60)).toBeGreaterThan(0.98);
    expect(throttledShare).toBeLessThan(0.005);
    expect(early()).toBe(0);
  }, 60_000);

  it('is carried in batches, ten times as much of it', async () => {
    const { net, throttledShare } = await deliver(30, {
      events: 19_000,
      batchSize: 10,
      limits: { requests: 300 },
      executionMs: 1,
    });
    expect(net(30 * 300)).toBeGreaterThan(0.97);
    // Of 900 calls the one throttle at the beginning, met by as many as were under way, is a large part.
    expect(throttledShare).toBeLessThan(0.02);
  }, 60_000);

  it('is carried by three application users three times as fast', async () => {
    const users = ['user-a', 'user-b', 'user-c'];
    const { delivered } = await deliver(40, { events: 5_400, users, limits: { requests: 300 }, executionMs: 3 });
    expect(delivered).toBeGreaterThan(0.95 * 40 * 90);
    expect(early()).toBe(0);
  }, 60_000);

  it('follows a limit that is halved, and is not throttled for it all the time', async () => {
    harness = await DeliveryHarness.open();
    const target = new LimitedTarget(harness, { limits, executionMs: 3 });
    await harness.start();
    await harness.accept(4_000);
    await harness.advance(40_000);
    target.limits = { ...target.limits, requests: 300 };
    await harness.advance(20_000);
    const before = { throttled: target.throttled, calls: target.calls };
    await harness.advance(30_000);
    expect(target.calls - before.calls).toBeGreaterThan(0.9 * 900);
    expect(target.throttled - before.throttled).toBeLessThan(15);
  }, 60_000);
});

describe('a backlog before other limits', () => {
  it('takes what the limit of execution time allows', async () => {
    const { net, throttledShare } = await deliver(90, {
      events: 3_000,
      limits: { executionTimeMs: 10_000 },
      executionMs: 50,
    });
    expect(net(90 * 20)).toBeGreaterThan(0.95);
    expect(throttledShare).toBeLessThan(0.01);
  }, 60_000);

  it('learns how many calls may be under way at once, and does not ask every second whether it were more', async () => {
    const { delivered, target } = await deliver(60, { events: 3_000, limits: { concurrency: 10 }, executionMs: 250 });
    expect(delivered).toBeGreaterThan(0.7 * 60 * 40);
    expect(target.throttled).toBeLessThan(5);
  }, 60_000);
});
