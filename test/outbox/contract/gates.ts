import { expect, it } from '@jest/globals';
import { factsOf, gateOf } from '../support/gates.js';
import type { CurrentFixture } from '../support/store-fixture.js';

/** What every engine promises about gates. */
export function gates(current: CurrentFixture): void {
  it('has none before one is closed', async () => {
    expect(await current().store.gates.list()).toEqual([]);
  });

  it('gives back every fact of a gate, by name', async () => {
    const { store } = current();
    const pause = { by: 'operator', reason: 'migration', since: Date.UTC(2026, 0, 5, 8) };
    const type = gateOf('type:CustomerPurchase', { cause: 'drift', detail: null, closings: 3, pause });
    const paused = gateOf('user:user-1', { cause: null, detail: null, closedUntil: null, closings: 0, pause });
    const closed = gateOf('user:user-1+type:CustomerPurchase', {
      cause: 'forbidden',
      probe: { owner: 'owner-1', until: 9 },
    });
    for (const gate of [closed, type, paused]) expect(await store.gates.save(gate, null)).toBe(true);
    expect(await store.gates.list()).toEqual([type, paused, closed]);
  });

  it('keeps what a recreation and an unread drift tell, whatever becomes of the pause, until they are over', async () => {
    const { store } = current();
    const told = factsOf('type:CustomerPurchase');
    const prolonged = { ...told, closings: 2, revision: 2 };
    const byPerson = { ...told, pause: { by: 'ann', reason: 'migration', since: 9 }, unread: null, revision: 3 };
    const resumed = { ...byPerson, pause: null, revision: 4 };
    const completed = { ...resumed, recreation: null, revision: 5 };
    for (const gate of [told, prolonged, byPerson, resumed, completed]) {
      expect(await store.gates.save(gate, null)).toBe(true);
      expect(await store.gates.list()).toStrictEqual([gate]);
    }
  });

  it('stores a change made from the stored revision', async () => {
    const { store } = current();
    const closed = gateOf('user:user-1');
    const open = { ...closed, cause: null, detail: null, closedUntil: null, closings: 0, revision: 2 };
    await store.gates.save(closed, null);
    expect(await store.gates.save(open, null)).toBe(true);
    expect(await store.gates.list()).toEqual([open]);
  });

  it('lets a process take the probe, and give it back', async () => {
    const { store } = current();
    const gate = gateOf('user:user-1');
    const taken = { ...gate, probe: { owner: 'owner-1', until: Date.UTC(2026, 0, 5, 8, 1) }, revision: 2 };
    await store.gates.save(gate, null);
    expect(await store.gates.save(taken, null)).toBe(true);
    expect(await store.gates.list()).toEqual([taken]);
    await store.gates.save({ ...gate, revision: 3 }, null);
    expect(await store.gates.list()).toEqual([{ ...gate, revision: 3 }]);
  });

  it.each([
    ['an older revision', 2],
    ['a first revision', 1],
    ['a revision that skips one', 4],
  ])('refuses a change made from %s', async (_, revision) => {
    const { store } = current();
    const gate = gateOf('user:user-1');
    await store.gates.save(gate, null);
    await store.gates.save({ ...gate, revision: 2 }, null);
    expect(await store.gates.save({ ...gate, closings: 99, revision }, null)).toBe(false);
    expect(await store.gates.list()).toEqual([{ ...gate, revision: 2 }]);
  });

  it('refuses a change to a gate that is not there', async () => {
    const { store } = current();
    expect(await store.gates.save(gateOf('user:user-1', { revision: 2 }), null)).toBe(false);
    expect(await store.gates.list()).toEqual([]);
  });

  it('lets one of two changes win that were made from the same revision', async () => {
    const { store } = current();
    const saves = ['throttled', 'unavailable'].map((detail) =>
      store.gates.save(gateOf('user:user-1', { detail }), null),
    );
    expect((await Promise.all(saves)).filter((saved) => saved)).toHaveLength(1);
  });
}
