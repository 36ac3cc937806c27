import { afterEach, describe, expect, it } from '@jest/globals';
import { Fleet } from './support/fleet.js';

let fleet: Fleet;
afterEach(() => fleet.close());

describe('an application user', () => {
  it('is steered by one of two processes at a time', async () => {
    fleet = new Fleet({ users: ['user-a'], hints: true });
    const first = await fleet.boot();
    const second = await fleet.boot();
    for (let round = 0; round < 20; round += 1) {
      await fleet.accept(5, { at: round % 2 === 0 ? first : second });
      await fleet.advance(1_000);
    }
    expect(await fleet.census()).toEqual({ delivered: 100 });
    expect(second.destination.calls).toEqual([]);
  });

  it('is taken over seven seconds after its process died at the latest, and begins with one call', async () => {
    fleet = new Fleet({ users: ['user-a'] });
    const first = await fleet.boot();
    const second = await fleet.boot((process) =>
      process.destination.answers({ after: 10, answer: { kind: 'delivered' } }),
    );
    await fleet.advance(10_000);
    fleet.freeze(first);
    const diedAt = fleet.now;
    await fleet.accept(20, { at: second });
    await fleet.advance(8_000);
    const began = second.destination.calls.map(({ at }) => at - diedAt);
    expect(Math.min(...began)).toBeLessThanOrEqual(8_000);
    expect(began.filter((ms) => ms === Math.min(...began))).toHaveLength(1);
    expect(await fleet.census()).toEqual({ delivered: 20 });
  });
});
