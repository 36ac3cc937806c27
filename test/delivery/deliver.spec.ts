import { afterEach, describe, expect, it } from '@jest/globals';
import { DeliveryHarness } from './support/delivery-harness.js';

let harness: DeliveryHarness;
afterEach(() => harness.close());

describe('an accepted event', () => {
  it('is delivered without waiting for the poll', async () => {
    harness = await DeliveryHarness.open();
    await harness.start();
    const [id = ''] = await harness.accept(1);
    await harness.advance(0);
    expect(await harness.event(id)).toMatchObject({ status: 'delivered', attemptCount: 1, deliveredAt: harness.now });
  });

  it('is found by the poll within a second when nobody rings', async () => {
    harness = await DeliveryHarness.open();
    await harness.start();
    const quietAccept = harness.dispatcher.wake;
    harness.dispatcher.wake = () => {};
    const [id = ''] = await harness.accept(1);
    harness.dispatcher.wake = quietAccept;
    await harness.advance(1_000);
    expect((await harness.event(id)).status).toBe('delivered');
  });

  it('is delivered at once though it came while a claim that found nothing was still under way', async () => {
    const answered = Promise.withResolvers<void>();
    let claims = 0;
    const slowFirstClaim = <T extends object>(port: T): T =>
      new Proxy(port, {
        get: (target, name) => {
          const member: unknown = Reflect.get(target, name);
          if (typeof member !== 'function') return member;
          return (...given: unknown[]) => {
            const answer: unknown = Reflect.apply(member, target, given);
            claims += name === 'claim' ? 1 : 0;
            return name === 'claim' && claims === 1
              ? Promise.all([answer, answered.promise]).then(([one]) => one)
              : answer;
          };
        },
      });
    harness = await DeliveryHarness.open({ through: slowFirstClaim });
    await harness.dispatcher.start();
    while (claims === 0) await new Promise((resolve) => setImmediate(resolve));
    const [id = ''] = await harness.accept(1);
    answered.resolve();
    await harness.advance(0);
    expect((await harness.event(id)).status).toBe('delivered');
  });

  it('is told to the timeline and to the journal in one wide entry', async () => {
    harness = await DeliveryHarness.open();
    harness.destination.answers((_event, _user, attempt) => ({
      after: 250,
      answer: attempt === 1 ? { kind: 'uncertain' } : { kind: 'delivered' },
    }));
    await harness.start();
    const beganAt = harness.now;
    const [id = ''] = await harness.accept(1);
    await harness.advance(5_000);
    expect(await harness.timeline(id)).toMatchObject([
      {
        number: 1,
        outcome: 'uncertain',
        counted: true,
        startedAt: beganAt,
        durationMs: 250,
        nextAttemptAt: beganAt + 1_250,
      },
      {
        number: 2,
        outcome: 'delivered',
        counted: true,
        startedAt: beganAt + 1_250,
        durationMs: 250,
        nextAttemptAt: null,
      },
    ]);
    expect(harness.notes.attempts).toMatchObject([
      {
        eventId: id,
        type: 'Sale',
        client: 'till',
        attempt: 1,
        attemptMax: 10,
        settlement: 'retry',
        result: 'settled',
        applicationUser: 'user-a',
        nextAttemptAt: beganAt + 1_250,
        ageMs: 250,
      },
      { eventId: id, attempt: 2, attemptMax: null, settlement: 'delivered', reason: null, nextAttemptAt: null },
    ]);
  });

  it('is dead with a reason once Dataverse rejects it', async () => {
    harness = await DeliveryHarness.open();
    harness.destination.answers({ kind: 'rejected' });
    await harness.start();
    const [id = ''] = await harness.accept(1);
    await harness.advance(0);
    expect(await harness.event(id)).toMatchObject({ status: 'dead', reason: 'rejected' });
    expect(harness.notes.attempts).toMatchObject([{ settlement: 'dead', reason: 'rejected', nextAttemptAt: null }]);
  });

  it.each([
    ['uncertain', 10],
    ['conflicted', 5],
  ] as const)('is dead after being %s %i times, and is not tried again', async (kind, times) => {
    harness = await DeliveryHarness.open();
    harness.destination.answers({ kind });
    await harness.start();
    const [id = ''] = await harness.accept(1);
    await harness.advance(20 * 60_000);
    expect(await harness.event(id)).toMatchObject({ status: 'dead', reason: kind, attemptCount: times });
    expect(harness.destination.calls).toHaveLength(times);
  });

  it('is uncertain, not lost, where the destination itself fails', async () => {
    harness = await DeliveryHarness.open();
    harness.destination.answers((_event, _user, attempt) =>
      attempt === 1 ? new Error('a bug in the destination') : { kind: 'delivered' },
    );
    await harness.start();
    const [id = ''] = await harness.accept(1);
    await harness.advance(2_000);
    expect((await harness.timeline(id)).map(({ outcome }) => outcome)).toEqual(['uncertain', 'delivered']);
  });
});

describe('many events', () => {
  it('fill every slot and never more', async () => {
    harness = await DeliveryHarness.open({ concurrency: 7 });
    harness.destination.answers({ after: 10, answer: { kind: 'delivered' } });
    await harness.start();
    await harness.accept(100);
    await harness.advance(149);
    expect(Math.max(...harness.destination.calls.map((call) => call.together))).toBe(7);
    expect(await harness.census()).toEqual({ delivered: 98, delivering: 2 });
    await harness.advance(1);
    expect(await harness.census()).toEqual({ delivered: 100 });
  });

  it('are claimed many at a time, and no more are held than can soon be sent', async () => {
    harness = await DeliveryHarness.open({ concurrency: 10 });
    const latency = () => 45 + (harness.destination.calls.length % 10);
    harness.destination.answers(() => ({ after: latency(), answer: { kind: 'delivered' } }));
    await harness.start();
    await harness.accept(500);
    await harness.advance(0);
    harness.quiet.takeCalls('claim');
    harness.quiet.takeCalls('list');
    await harness.advance(500);
    expect(harness.quiet.takeCalls('list')).toBeLessThanOrEqual(2);
    expect((await harness.census()).delivering).toBeLessThanOrEqual(20);
    expect(harness.quiet.takeCalls('claim')).toBeLessThanOrEqual(22);
  });

  it('are settled together when their calls end together', async () => {
    harness = await DeliveryHarness.open({ concurrency: 8 });
    harness.destination.answers({ after: 50, answer: { kind: 'delivered' } });
    await harness.start();
    await harness.accept(8);
    await harness.advance(50);
    expect(await harness.census()).toEqual({ delivered: 8 });
    expect(harness.quiet.takeCalls('settle')).toBeLessThanOrEqual(2);
  });

  it('are shared by the application users, the least loaded first', async () => {
    harness = await DeliveryHarness.open({ users: ['user-a', 'user-b', 'user-c'], concurrency: 5 });
    harness.destination.answers('hold');
    await harness.start();
    await harness.accept(6);
    await harness.advance(0);
    await harness.accept(9);
    await harness.advance(0);
    const loads = ['user-a', 'user-b', 'user-c'].map(
      (user) => harness.destination.underWay.filter((call) => call.user === user).length,
    );
    expect(loads).toEqual([5, 5, 5]);
    harness.destination.underWay.find((call) => call.user === 'user-b')?.answer({ kind: 'delivered' });
    await harness.advance(0);
    await harness.accept(1);
    await harness.advance(0);
    expect(harness.destination.calls.at(-1)?.user).toBe('user-b');
  });
});

describe('an idle dispatcher', () => {
  it('looks once a second, for a suspect and for others, and does nothing else', async () => {
    harness = await DeliveryHarness.open();
    await harness.start();
    await harness.advance(0);
    harness.quiet.takeCalls('claim');
    await harness.advance(60_000);
    expect(harness.quiet.takeCalls('claim')).toBe(2 * 60);
    expect(harness.quiet.takeCalls('renewLeases')).toBe(0);
  });
});
