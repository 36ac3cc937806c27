import { expect, it } from '@jest/globals';
import type { CurrentFixture } from '../support/store-fixture.js';

/** What every engine promises about who sends as which application user; how several share is the engine's own affair. */
export function userLeases(current: CurrentFixture): void {
  const request = { owner: 'owner-1', applicationUsers: ['user-1', 'user-2', 'user-3'], leaseMs: 6000 };

  it('gives all of them to a process that is alone, for as long as it asked', async () => {
    const { store } = current();
    const held = await store.userLeases.hold(request);
    expect(held.map(({ applicationUser }) => applicationUser).sort()).toEqual(request.applicationUsers);
    const now = store.clock.now();
    for (const { until } of held) expect(Math.abs(until - now - 6000)).toBeLessThan(1000);
  });

  it('prolongs what is held', async () => {
    const { store, clock } = current();
    const [first] = await store.userLeases.hold(request);
    clock.set(clock.now() + 5000);
    const [second] = await store.userLeases.hold(request);
    expect((second?.until ?? 0) - (first?.until ?? 0)).toBeGreaterThan(4000);
  });

  it('gives them to the next process once they were let go', async () => {
    const { store } = current();
    await store.userLeases.hold(request);
    await store.userLeases.release('owner-1');
    expect(await store.userLeases.hold({ ...request, owner: 'owner-2' })).toHaveLength(3);
  });

  it('holds none where there is none', async () => {
    expect(await current().store.userLeases.hold({ ...request, applicationUsers: [] })).toEqual([]);
  });
}
