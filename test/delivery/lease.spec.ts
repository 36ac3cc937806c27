import { afterEach, describe, expect, it } from '@jest/globals';
import type { Outcome } from '../../src/delivery/destination.js';
import type { ClaimedEvent, ClaimRequest } from '../../src/outbox/outbox.js';
import { catalogOf } from './support/definitions.js';
import { DeliveryHarness } from './support/delivery-harness.js';

let harness: DeliveryHarness;
afterEach(() => harness.close());

const DELIVERED: Outcome = { kind: 'delivered' };

/** What a process leaves behind that died with these events in its hands: leases nobody renews. */
async function leasesOfADeadProcess(count: number, type = 'Sale') {
  const ids = await harness.accept(count, { type });
  await claimAsAnother(count, type);
  return ids;
}

async function claimAsAnother(limit: number, type = 'Sale', kind: ClaimRequest['kind'] = 'ordinary') {
  const wanted = [{ type, limit }];
  const claim = { kind, owner: 'dead', applicationUser: 'user-x', leaseMs: 30_000, limit, wanted };
  const claimed = await harness.store.outbox.claim(claim);
  expect(claimed).toHaveLength(limit);
}

/** How an event is claimed that has lost so many. */
function kindAfter(lostLeases: number): ClaimRequest['kind'] {
  return lostLeases < 2 ? 'ordinary' : 'suspect';
}

describe('a lease', () => {
  it('outlasts a call of two minutes, renewed every ten seconds in one call', async () => {
    harness = await DeliveryHarness.open();
    harness.destination.answers({ after: 120_000, answer: DELIVERED });
    await harness.start();
    await harness.accept(8);
    await harness.advance(0);
    harness.quiet.takeCalls('renewLeases');
    await harness.advance(120_000);
    expect(harness.quiet.takeCalls('renewLeases')).toBe(12);
    expect(harness.notes.attempts.every(({ result }) => result === 'settled')).toBe(true);
    expect(await harness.census()).toEqual({ delivered: 8 });
  });

  it('that was lost with its process kills no event for its age: the next attempt judges that', async () => {
    harness = await DeliveryHarness.open();
    harness.destination.answers(DELIVERED);
    await leasesOfADeadProcess(3);
    await harness.advance(73 * 3_600_000);
    await harness.start();
    await harness.advance(10_000);
    expect(await harness.census()).toEqual({ delivered: 3 });
  });

  it('that is gone changes nothing when its call ends, and the late answer is recorded', async () => {
    harness = await DeliveryHarness.open();
    harness.destination.answers('hold');
    await harness.start();
    const [id = ''] = await harness.accept(1);
    await harness.advance(0);
    const [stolen] = await harness.store.outbox.findLostLeases('somebody-else', 1);
    if (stolen === undefined) throw new Error('no lease to take over');
    const dead = { kind: 'dead', reason: 'poison', blocksKey: false, counts: stolen.counts } as const;
    await harness.store.outbox.settle([{ id, leaseToken: stolen.leaseToken, settlement: dead, attempt: null }]);
    harness.destination.underWay[0]?.answer({ kind: 'uncertain' });
    await harness.advance(0);
    expect(await harness.event(id)).toMatchObject({ status: 'dead', reason: 'poison' });
    expect(harness.notes.attempts).toMatchObject([{ eventId: id, outcome: 'uncertain', result: 'stale' }]);
    expect(await harness.timeline(id)).toMatchObject([{ outcome: 'uncertain' }]);
  });

  it('that is gone is no obstacle to a late 2xx of an event that is pending again', async () => {
    harness = await DeliveryHarness.open();
    harness.destination.answers('hold');
    await harness.start();
    const [id = ''] = await harness.accept(1);
    await harness.advance(0);
    const [stolen] = await harness.store.outbox.findLostLeases('somebody-else', 1);
    if (stolen === undefined) throw new Error('no lease to take over');
    const retry = { kind: 'retry', delayMs: 60_000, counts: stolen.counts } as const;
    await harness.store.outbox.settle([{ id, leaseToken: stolen.leaseToken, settlement: retry, attempt: null }]);
    harness.destination.underWay[0]?.answer(DELIVERED);
    await harness.advance(0);
    expect((await harness.event(id)).status).toBe('delivered');
    expect(harness.notes.attempts).toMatchObject([{ result: 'proved' }]);
  });

  it('with less than ten seconds left begins no call: its event is given back uncounted', async () => {
    harness = await DeliveryHarness.open({ concurrency: 2 });
    harness.destination.answers('hold');
    await harness.start();
    await harness.accept(50);
    await harness.advance(0);
    harness.destination.underWay[0]?.answer(DELIVERED);
    await harness.advance(0);
    expect(await harness.census()).toMatchObject({ delivering: 4 });
    // The process stands still, as under SIGSTOP: time passes, and no timer rings.
    harness.clock.set(harness.now + 20_001);
    for (const call of harness.destination.underWay) call.answer(DELIVERED);
    await harness.advance(0);
    const late = harness.destination.calls.filter(({ at }) => at === harness.now);
    const leases = await harness.store.outbox.findLostLeases('somebody-else', 10);
    expect(late.length).toBeGreaterThan(0);
    for (const { id } of late) {
      expect(leases.find((event) => event.id === id)?.leaseUntil).toBeGreaterThanOrEqual(harness.now + 10_000);
    }
    expect(harness.notes.attempts.every(({ outcome }) => outcome === 'delivered')).toBe(true);
  });
});

describe('leases of a dead process', () => {
  it('are recovered at the start as uncertain, and sent again after a backoff', async () => {
    harness = await DeliveryHarness.open();
    const [id = ''] = await leasesOfADeadProcess(1);
    await harness.start();
    expect(await harness.event(id)).toMatchObject({
      status: 'pending',
      availableAt: harness.now + 1_000,
      attemptCount: 1,
    });
    await harness.advance(1_000);
    expect(await harness.event(id)).toMatchObject({ status: 'delivered', attemptCount: 2 });
    expect(await harness.timeline(id)).toMatchObject([
      { outcome: 'uncertain', counted: true, applicationUser: 'unknown' },
      { outcome: 'delivered' },
    ]);
  });

  it('that another process recovered first are left alone: no line, no word of it', async () => {
    const before = await DeliveryHarness.open();
    harness = before;
    const [id = ''] = await leasesOfADeadProcess(1);
    const found = await before.store.outbox.findLostLeases('somebody-else', 1);
    harness = await DeliveryHarness.open({ after: before, through: (port) => findingAgain(port, found) });
    const [lost] = found;
    if (lost === undefined) throw new Error('no lease was lost');
    const settlement = { kind: 'retry', delayMs: 60_000, counts: lost.counts } as const;
    await harness.store.outbox.settle([{ id, leaseToken: lost.leaseToken, settlement, attempt: null }]);
    await harness.start();
    expect(await harness.event(id)).toMatchObject({ status: 'pending', attemptCount: 0 });
    expect(await harness.timeline(id)).toEqual([]);
    expect(harness.notes.attempts).toEqual([]);
  });

  /** The store, seen by a process that found these leases before another one did something about them. */
  function findingAgain<T extends object>(port: T, found: readonly ClaimedEvent[]): T {
    return new Proxy(port, {
      get: (target, name) => {
        if (name === 'findLostLeases') return async () => found;
        const member: unknown = Reflect.get(target, name);
        return typeof member === 'function' ? member.bind(target) : member;
      },
    });
  }

  it('are found while delivering, too', async () => {
    harness = await DeliveryHarness.open();
    await harness.start();
    await harness.gates.pause('type:Sale', { by: 'operator', reason: 'so that the other one claims' });
    const ids = await harness.accept(3);
    await harness.store.gates.save({ ...harness.gates.find('type:Sale'), pause: null, revision: 2 }, null);
    await claimAsAnother(3);
    await harness.advance(60_000);
    for (const id of ids) expect((await harness.event(id)).status).toBe('delivered');
  });
});

describe('an event that lost two leases in a row', () => {
  /** Lets an event lose leases by dying, so to speak, with it in hand. */
  async function losing(leases: number) {
    harness = await DeliveryHarness.open({ concurrency: 4, users: ['user-a', 'user-b'] });
    const ids = await harness.accept(1);
    for (let lost = 0; lost < leases; lost += 1) {
      await claimAsAnother(1, 'Sale', kindAfter(lost));
      const previous = harness;
      await previous.start();
      await previous.dispatcher.stop(0);
      harness = await DeliveryHarness.open({ after: previous, concurrency: 4, users: ['user-a', 'user-b'] });
      await harness.advance(16_000);
    }
    return ids[0] ?? '';
  }

  it('is sent alone: nothing else is in flight, or even claimed, in that process', async () => {
    const suspect = await losing(2);
    await harness.accept(30);
    harness.destination.answers(({ id }) => (id === suspect ? 'hold' : { after: 50, answer: DELIVERED }));
    await harness.start();
    await harness.advance(2_000);
    const call = harness.destination.callsOf(suspect)[0];
    expect(call?.together).toBe(1);
    await harness.accept(30);
    await harness.advance(5_000);
    expect(harness.destination.calls.at(-1)).toBe(call);
    expect(await harness.census()).toEqual({ delivered: 30, delivering: 1, pending: 30 });
    call?.answer(DELIVERED);
    await harness.advance(1_000);
    expect(await harness.census()).toEqual({ delivered: 61 });
  });

  it('waits for the calls under way to end, under no lease of its own; no other begins', async () => {
    const suspect = await losing(2);
    harness.destination.answers(({ id }) => ({ after: id === suspect ? 50 : 40_000, answer: DELIVERED }));
    await harness.gates.pause('type:Sale', { by: 'operator', reason: 'so that others go first' });
    await harness.start();
    await harness.accept(3, { type: 'Refund' });
    await harness.advance(20_000);
    await harness.gates.resume('type:Sale', { by: 'operator', reason: null });
    await harness.advance(1_500);
    await harness.accept(20, { type: 'Refund' });
    await harness.advance(0);
    expect(await harness.census()).toEqual({ delivering: 3, pending: 21 });
    await harness.advance(18_499);
    expect(harness.destination.calls).toHaveLength(3);
    await harness.advance(1);
    expect(harness.destination.callsOf(suspect)[0]?.together).toBe(1);
    await harness.advance(49);
    expect(await harness.census()).toEqual({ delivering: 1, pending: 20, delivered: 3 });
    await harness.advance(200_000);
    expect(await harness.census()).toEqual({ delivered: 24 });
    expect(harness.notes.attempts.every(({ result }) => result === 'settled')).toBe(true);
  });

  it('is dead of poison when it loses the third, and takes nobody with it', async () => {
    const suspect = await losing(3);
    expect(await harness.event(suspect)).toMatchObject({ status: 'dead', reason: 'poison', attemptCount: 3 });
  });

  it('holds those behind it when it dies without a definition to say otherwise', async () => {
    const catalog = catalogOf({ type: 'Sale', orderingKey: null, whenDead: 'continue' });
    harness = await DeliveryHarness.open({ catalog });
    const [first = '', second = ''] = await harness.accept(2, { type: 'Payment', orderingKey: 'k' });
    for (let lost = 0; lost < 3; lost += 1) {
      await harness.gates.refresh(0);
      await harness.gates.reprobe('type:Payment');
      await claimAsAnother(1, 'Payment', kindAfter(lost));
      const previous = harness;
      await previous.start();
      await previous.dispatcher.stop(0);
      harness = await DeliveryHarness.open({ after: previous, catalog });
      await harness.advance(16_000);
    }
    expect(await harness.event(first)).toMatchObject({ status: 'dead', reason: 'poison' });
    harness = await DeliveryHarness.open({ after: harness });
    await harness.start();
    await harness.advance(60_000);
    expect(harness.destination.calls).toEqual([]);
    expect((await harness.event(second)).status).toBe('pending');
  });

  it('is sent beside others again once a call for it was answered, whatever the answer', async () => {
    const suspect = await losing(2);
    harness.destination.answers((_event, _user, attempt) => (attempt === 1 ? { kind: 'uncertain' } : 'hold'));
    await harness.start();
    await harness.advance(20_000);
    await harness.accept(3, { type: 'Refund' });
    harness.destination.answers('hold');
    await harness.advance(0);
    expect(harness.destination.callsOf(suspect)).toHaveLength(2);
    expect(harness.destination.underWay).toHaveLength(4);
  });
});
