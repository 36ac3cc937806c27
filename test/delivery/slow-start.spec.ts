import { describe, expect, it } from '@jest/globals';
import type { GateWatch } from '../../src/delivery/gate-watch.js';
import { Gates } from '../../src/delivery/gates.js';
import { HeldUsers } from '../../src/delivery/held-users.js';
import type { Lane } from '../../src/delivery/lane.js';
import { slowStartAfterChanges } from '../../src/delivery/slow-start.js';
import { GateStore } from '../../src/outbox/gate-store.js';
import { UserLeases } from '../../src/outbox/user-leases.js';
import { ManualClock, ManualTimers } from '../support/manual-clock.js';

class NoStore extends GateStore {
  override list = async () => [];
  override save = async () => true;
}

/** Gives whatever a test says. */
class GivenLeases extends UserLeases {
  given: readonly string[] = [];
  override hold = async () => this.given.map((applicationUser) => ({ applicationUser, until: Infinity }));
  override release = async () => {};
}

/** Two lanes, of which only what is told to them is kept. */
function lanes() {
  const clock = new ManualClock();
  const timers = new ManualTimers(clock);
  const gates = new Gates(new NoStore(), clock, timers);
  const userLeases = new GivenLeases();
  const applicationUsers = ['user-a', 'user-b', 'laneless'];
  const users = new HeldUsers({ userLeases, owner: 'me', applicationUsers, clock, timers });
  const told: unknown[] = [];
  const lane = (applicationUser: string) =>
    ({ applicationUser, slowDown: (now: number) => told.push([applicationUser, now]) }) as unknown as Lane;
  const watch = { forget: (user: string) => told.push(['forgotten', user]) } as unknown as GateWatch;
  slowStartAfterChanges({ gates, users, watch, lanes: [lane('user-a'), lane('user-b')], clock });
  return { clock, gates, users, userLeases, told, now: clock.now() };
}

const DOWN = { cause: 'unavailable', detail: null, retryAfterMs: null } as const;

describe('an application user begins again with one call', () => {
  it('when its gate closes and when that is ended early, and not when it opens', async () => {
    const { clock, gates, told, now } = lanes();
    await gates.close('user:user-b', DOWN);
    clock.set(now + 5);
    await gates.reprobe('user:user-b');
    expect(told).toEqual([
      ['user-b', now],
      ['user-b', now + 5],
    ]);
    await gates.pass(['user:user-b'], now + 5);
    expect(told).toHaveLength(2);
  });

  it.each(['type:Sale', 'user:user-a+type:Sale', 'user:laneless'])('and not when %s closes', async (name) => {
    const { gates, told } = lanes();
    await gates.close(name, DOWN);
    expect(told).toEqual([]);
  });

  it('when it comes from another process, whose failures are forgotten, and not when it goes', async () => {
    const { users, userLeases, told, now } = lanes();
    userLeases.given = ['user-a'];
    await users.hold();
    expect(told).toEqual([]);
    userLeases.given = ['user-b', 'laneless'];
    await users.hold();
    expect(told).toEqual([
      ['forgotten', 'user-b'],
      ['user-b', now],
      ['forgotten', 'laneless'],
    ]);
  });
});
