import { afterEach, describe, expect, it } from '@jest/globals';
import { Breakable } from './support/breakable.js';
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

  it('is taken over eight seconds after its process died at the latest, and begins with one call', async () => {
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

  it('has its events under way sent again forty seconds after its process died at the latest', async () => {
    fleet = new Fleet({ users: ['user-a'] });
    const first = await fleet.boot((process) => process.destination.answers('hold'));
    const second = await fleet.boot();
    const ids = await fleet.accept(4);
    await fleet.advance(100);
    fleet.freeze(first);
    await fleet.advance(42_000);
    for (const id of ids) expect(await fleet.event(id)).toMatchObject({ status: 'delivered', attemptCount: 2 });
    expect(second.destination.calls).toHaveLength(4);
  });

  it('is sent as by nobody once the store does not answer for longer than the lease', async () => {
    const breakable = new Breakable();
    fleet = new Fleet({ users: ['user-a'], concurrency: 1, through: breakable.wrap });
    await fleet.boot((process) => process.destination.answers({ after: 800, answer: { kind: 'delivered' } }));
    await fleet.accept(50);
    await fleet.advance(4_000);
    breakable.fails('hold', 'storage-not-stored');
    const awayAt = fleet.now;
    await fleet.advance(20_000);
    expect(Math.max(...fleet.calls.map(({ at }) => at)) - awayAt).toBeLessThanOrEqual(5_000);
    breakable.heals('hold');
    await fleet.advance(120_000);
    expect(await fleet.census()).toEqual({ delivered: 50 });
  });

  it('comes back from a standstill only by asking: what was claimed before it is not sent', async () => {
    fleet = new Fleet({ users: ['user-a'], concurrency: 2 });
    const first = await fleet.boot((process) =>
      process.destination.answers({ after: 500, answer: { kind: 'delivered' } }),
    );
    const second = await fleet.boot();
    await fleet.accept(40);
    await fleet.advance(2_000);
    fleet.freeze(first);
    // Longer than the user's lease, and shorter than those of the events.
    await fleet.advance(9_000);
    const resumedAt = fleet.now;
    fleet.resume(first);
    await fleet.advance(60_000);
    expect(first.destination.calls.filter(({ at }) => at >= resumedAt)).toEqual([]);
    expect(second.destination.calls.length).toBeGreaterThan(0);
    expect(await fleet.census()).toEqual({ delivered: 40 });
  });
});
