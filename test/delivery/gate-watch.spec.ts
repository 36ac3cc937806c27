import { describe, expect, it } from '@jest/globals';
import type { Outcome } from '../../src/delivery/destination.js';
import { GateWatch } from '../../src/delivery/gate-watch.js';
import { Gates } from '../../src/delivery/gates.js';
import { GateStore } from '../../src/outbox/gate-store.js';
import { ManualClock, ManualTimers } from '../support/manual-clock.js';

class NoStore extends GateStore {
  override list = async () => [];
  override save = async () => true;
}

const DELIVERED: Outcome = { kind: 'delivered' };
const UNCERTAIN: Outcome = { kind: 'uncertain' };
const REJECTED: Outcome = { kind: 'rejected' };
const MISSING: Outcome = { kind: 'misconfigured', scope: 'type' };
const UNKNOWN = { httpStatus: null, errorCode: null, serviceRequestId: null, hints: null };

/** A gate watch over gates that nobody else changes. */
class Watched {
  readonly clock = new ManualClock();
  readonly gates = new Gates(new NoStore(), this.clock, new ManualTimers(this.clock));
  readonly watch = new GateWatch(this.gates, this.clock);
  private events = 0;

  /** A call that carries an event for each outcome, all of one type. */
  call(outcomes: readonly Outcome[], { type = 'Sale', user = 'user-a', beganAt = this.clock.now() } = {}) {
    const parts = outcomes.map((outcome) => {
      this.events += 1;
      return { event: { id: `event-${this.events}`, type }, report: { outcome, detail: outcome.kind, ...UNKNOWN } };
    });
    return { parts, effect: this.watch.observe({ applicationUser: user, callBeganAt: beganAt, parts }) };
  }

  calls(count: number, ...outcomes: Outcome[]): void {
    for (let call = 0; call < count; call += 1) this.call(outcomes);
  }

  closed(): readonly (readonly [string, string | null])[] {
    return this.gates.list().flatMap(({ name, cause }) => (cause === null ? [] : [[name, cause] as const]));
  }
}

describe('what a call reports', () => {
  it.each<[Outcome, string, string]>([
    [{ kind: 'throttled', retryAfterMs: 1_000, limit: 'requests' }, 'user:user-a', 'throttled'],
    [{ kind: 'unavailable' }, 'user:user-a', 'unavailable'],
    [{ kind: 'unauthorized' }, 'user:user-a', 'unauthorized'],
    [{ kind: 'forbidden', scope: 'user' }, 'user:user-a', 'forbidden'],
    [{ kind: 'forbidden', scope: 'pair' }, 'user:user-a+type:Sale', 'forbidden'],
    [MISSING, 'type:Sale', 'misconfigured'],
  ])('%j closes %s as %s, and no other gate', async (outcome, name, cause) => {
    const world = new Watched();
    await world.call([outcome]).effect.saved;
    expect(world.closed()).toEqual([[name, cause]]);
    expect(world.gates.find(name).detail).toBe(outcome.kind);
    expect(world.watch.isGated('Sale', 'user-a')).toBe(true);
    expect(world.watch.isGated('Refund', 'user-b')).toBe(false);
  });

  it.each<Outcome>([DELIVERED, UNCERTAIN, REJECTED, { kind: 'transient' }, { kind: 'conflicted' }])(
    '%j once closes nothing',
    (outcome) => {
      const world = new Watched();
      const { effect } = world.call([outcome]);
      expect(world.closed()).toEqual([]);
      expect(effect.closers.size).toBe(0);
      expect(world.watch.isGated('Sale', 'user-a')).toBe(false);
    },
  );

  it('opens the gates that a delivered event passed, if its call began after they reopened', () => {
    const world = new Watched();
    world.call([MISSING]);
    const until = world.gates.find('type:Sale').closedUntil ?? 0;
    world.clock.set(until);
    world.call([DELIVERED], { beganAt: until - 1 });
    expect(world.closed()).toEqual([['type:Sale', 'misconfigured']]);
    world.call([DELIVERED]);
    expect(world.closed()).toEqual([]);
  });

  it('names the event that closed a gate while it stood open, and not those that found it closed', () => {
    const world = new Watched();
    const first = world.call([DELIVERED, MISSING, MISSING]);
    expect([...first.effect.closers]).toEqual([first.parts[1]]);
    const second = world.call([MISSING]);
    expect(second.effect.closers.size).toBe(0);
    expect(world.watch.closerOf('type:Sale')).toBe(second.parts[0]?.event.id);
    expect(world.watch.closerOf('type:Refund')).toBeNull();
    expect(world.call([{ kind: 'unavailable' }]).effect.closers.size).toBe(0);
  });
});

describe('calls that fail in a row', () => {
  it('close their user with the fifth, as unavailable', () => {
    const world = new Watched();
    world.calls(4, UNCERTAIN);
    expect(world.closed()).toEqual([]);
    world.calls(1, { kind: 'transient' });
    expect(world.closed()).toEqual([['user:user-a', 'unavailable']]);
  });

  it('count once each, however many events they carried', () => {
    const world = new Watched();
    world.calls(4, UNCERTAIN, UNCERTAIN, UNCERTAIN, UNCERTAIN);
    expect(world.closed()).toEqual([]);
    world.calls(1, UNCERTAIN, UNCERTAIN);
    expect(world.closed()).toEqual([['user:user-a', 'unavailable']]);
  });

  it('are not joined by calls that fail otherwise', () => {
    const world = new Watched();
    world.calls(3, { kind: 'conflicted' });
    world.calls(4, UNCERTAIN);
    expect(world.closed()).toEqual([]);
  });

  it('begin anew with what was cut off beside a part that was delivered', () => {
    const world = new Watched();
    world.calls(4, UNCERTAIN);
    world.calls(4, DELIVERED, UNCERTAIN);
    expect(world.closed()).toEqual([]);
    world.calls(3, UNCERTAIN);
    expect(world.closed()).toEqual([]);
    world.calls(1, UNCERTAIN);
    expect(world.closed()).toEqual([['user:user-a', 'unavailable']]);
  });

  it('are forgotten when another process sent as the user meanwhile', () => {
    const world = new Watched();
    world.calls(4, UNCERTAIN);
    world.watch.forget('user-a');
    world.calls(4, UNCERTAIN);
    expect(world.closed()).toEqual([]);
  });

  it('close again at once the gate that had closed for the same reason and now probes', () => {
    const world = new Watched();
    world.calls(5, UNCERTAIN);
    world.clock.set(world.gates.find('user:user-a').closedUntil ?? 0);
    world.watch.forget('user-a');
    const before = world.clock.now() - 1;
    world.call([UNCERTAIN], { beganAt: before });
    expect(world.gates.find('user:user-a').closings).toBe(1);
    world.call([UNCERTAIN]);
    expect(world.gates.find('user:user-a').closings).toBe(2);
  });

  it('do not close again a gate that had closed for another reason', () => {
    const world = new Watched();
    world.call([{ kind: 'unauthorized' }]);
    world.clock.set(world.gates.find('user:user-a').closedUntil ?? 0);
    world.call([UNCERTAIN]);
    expect(world.gates.find('user:user-a').closings).toBe(1);
  });
});

describe('events that are rejected in a row', () => {
  it('close their type with the tenth, as misconfigured', () => {
    const world = new Watched();
    world.calls(9, REJECTED);
    expect(world.closed()).toEqual([]);
    world.calls(1, REJECTED);
    expect(world.closed()).toEqual([['type:Sale', 'misconfigured']]);
  });

  it('count one by one where they shared a call with others', () => {
    const world = new Watched();
    world.calls(4, REJECTED, REJECTED, { kind: 'conflicted' });
    expect(world.closed()).toEqual([]);
    world.calls(1, REJECTED, REJECTED, { kind: 'conflicted' });
    expect(world.closed()).toEqual([['type:Sale', 'misconfigured']]);
  });

  it('count once for each type where all of a batch was rejected', () => {
    const world = new Watched();
    world.calls(9, REJECTED, REJECTED, REJECTED);
    expect(world.closed()).toEqual([]);
    world.calls(1, REJECTED, REJECTED);
    expect(world.closed()).toEqual([['type:Sale', 'misconfigured']]);
    expect(world.gates.find('type:Sale').detail).toBe('rejected again and again, at last with rejected');
  });

  it('close again at once the gate that had closed for the same reason and now probes', () => {
    const world = new Watched();
    world.calls(10, REJECTED);
    const until = world.gates.find('type:Sale').closedUntil ?? 0;
    world.clock.set(until);
    world.call([DELIVERED], { type: 'Sale', user: 'user-b', beganAt: until - 1 });
    world.call([REJECTED]);
    expect(world.gates.find('type:Sale').closings).toBe(2);
  });
});
