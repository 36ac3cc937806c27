import { afterEach, describe, expect, it } from '@jest/globals';
import { Fleet } from './support/fleet.js';
import type { Scripted, ScriptedOutcome } from './support/scripted-destination.js';

let fleet: Fleet;
afterEach(() => fleet.close());

const DELIVERED: ScriptedOutcome = { kind: 'delivered' };
const USERS = ['user-a', 'user-b', 'user-c', 'user-d'];
const deliveredBy = (user: string) =>
  fleet.calls.filter((call) => call.user === user && call.outcome?.kind === 'delivered');

/** So many calls in any ten seconds for each application user; what comes beyond is told when to come back. */
function limitedTo(calls: number): (user: string) => Scripted {
  const seen = new Map<string, number[]>();
  return (user) => {
    const recent = (seen.get(user) ?? []).filter((at) => at > fleet.now - 10_000);
    const oldest = recent[0];
    if (oldest !== undefined && recent.length >= calls) {
      const answer = { kind: 'throttled' as const, retryAfterMs: oldest + 10_000 - fleet.now };
      return { after: 10, answer };
    }
    seen.set(user, [...recent, fleet.now]);
    return { after: 10, answer: DELIVERED };
  };
}

async function fleetOf(users: readonly string[], answer: (user: string) => Scripted) {
  fleet = new Fleet({ users, concurrency: 8 });
  return fleet.boot(({ destination }) => destination.answers((_event, user) => answer(user)));
}

describe('several application users', () => {
  it.each([1, 2, 4])('%d carry as many times what one may', async (count) => {
    await fleetOf(USERS.slice(0, count), limitedTo(100));
    await fleet.accept(710 * count);
    await fleet.advance(60_000);
    const { delivered = 0 } = await fleet.census();
    // Sixty seconds begin seven windows at most, and hold six whole ones.
    expect(delivered).toBeGreaterThanOrEqual(0.9 * 600 * count);
    expect(delivered).toBeLessThanOrEqual(700 * count);
  });

  it('go on at their pace while one of them is throttled for an hour', async () => {
    await fleetOf(['user-a', 'user-b'], (user) =>
      user === 'user-a'
        ? { after: 10, answer: { kind: 'throttled', retryAfterMs: 3_600_000 } }
        : { after: 10, answer: DELIVERED },
    );
    const alone = new Fleet({ users: ['user-b'], concurrency: 8 });
    await alone.boot(({ destination }) => destination.answers({ after: 10, answer: DELIVERED }));
    await Promise.all([fleet.accept(4_000), alone.accept(4_000)]);
    await fleet.advance(4_000);
    await alone.advance(4_000);
    const { delivered = 0 } = await alone.census();
    await alone.close();
    expect(delivered).toBeGreaterThan(300);
    expect(deliveredBy('user-b').length).toBeGreaterThanOrEqual(0.95 * delivered);
    expect(fleet.calls.filter(({ user }) => user === 'user-a').length).toBeLessThanOrEqual(8);
  });

  it('take turns while there is little to do, so that none meets its limit before the others', async () => {
    await fleetOf(USERS, () => ({ after: 10, answer: DELIVERED }));
    for (let n = 0; n < 100; n += 1) {
      await fleet.accept(1);
      await fleet.advance(50);
    }
    expect(USERS.map((user) => deliveredBy(user).length)).toEqual([25, 25, 25, 25]);
  });
});

describe('an application user whose secret was revoked', () => {
  it('is put aside, and what it had claimed is delivered by the others at once', async () => {
    const process = await fleetOf(['user-a', 'user-b'], (user) =>
      user === 'user-a' ? { after: 10, answer: { kind: 'unauthorized' } } : { after: 10, answer: DELIVERED },
    );
    process.destination.answersProbes({ kind: 'unauthorized' });
    const ids = await fleet.accept(16);
    await fleet.advance(100);
    expect(await fleet.census()).toEqual({ delivered: 16 });
    const refused = ids.filter((id) => fleet.calls.some((call) => call.id === id && call.user === 'user-a'));
    expect(refused.length).toBeGreaterThan(0);
    for (const id of refused) expect(await fleet.event(id)).toMatchObject({ status: 'delivered', attemptCount: 1 });
    expect(process.gates.find('user:user-a')).toMatchObject({ cause: 'unauthorized', closings: 1 });
    expect(process.gates.find('user:user-b').cause).toBeNull();
  });
});
