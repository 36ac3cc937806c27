import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { Store } from '../../../src/outbox/store.js';
import { postgresFixture } from '../support/postgres-fixture.js';
import { openReplicas } from '../support/replicas.js';

const USERS = ['a', 'b', 'c', 'd'];
const LEASE_MS = 6000;

describe('application users shared by several processes', () => {
  let fixture: Awaited<ReturnType<typeof postgresFixture>>;
  beforeEach(async () => {
    fixture = await postgresFixture();
  });
  afterEach(() => fixture.close());

  it('all belong to one that is alone, until the end of its lease', async () => {
    const leases = await fixture.store.userLeases.hold({ owner: 'one', applicationUsers: USERS, leaseMs: LEASE_MS });
    expect(leases).toEqual(
      USERS.map((applicationUser) => ({ applicationUser, until: fixture.clock.now() + LEASE_MS })),
    );
  });

  it('are handed over to one that comes, a surplus not before its owner was told', async () => {
    expect(await hold('one')).toEqual(USERS);
    expect(await hold('two')).toEqual([]);
    expect(await hold('one')).toEqual(['a', 'b']);
    expect(await hold('two')).toEqual([]);
    expect(await hold('one')).toEqual(['a', 'b']);
    expect(await hold('two')).toEqual(['c', 'd']);
  });

  it('come back from one that died when its lease has ended, and not before', async () => {
    await hold('one');
    await hold('two');
    fixture.clock.set(fixture.clock.now() + LEASE_MS - 1);
    expect(await hold('two')).toEqual([]);
    fixture.clock.set(fixture.clock.now() + 1);
    expect(await hold('two')).toEqual(USERS);
    expect(await hold('one')).toEqual([]);
  });

  it('are free at once when they are released', async () => {
    await hold('one');
    expect(await hold('two')).toEqual([]);
    await fixture.store.userLeases.release('one');
    expect(await hold('two')).toEqual(USERS);
  });

  it('are never held by two at once, and all are held, while three ask for them', async () => {
    const replicas = await openReplicas(3);
    try {
      for (let round = 0; round < 8; round += 1) {
        const held = await Promise.all(replicas.stores.map((store, n) => hold(`owner-${n}`, store)));
        expect(held.flat().length).toBe(new Set(held.flat()).size);
        if (round > 3) {
          expect(held.flat().toSorted()).toEqual(USERS);
          expect(Math.max(...held.map(({ length }) => length))).toBe(2);
        }
      }
    } finally {
      await replicas.close();
    }
  });

  it('that only one process knows stay with it, whoever else is there', async () => {
    const other = () => hold('other', fixture.store, ['d', 'e']);
    expect(await hold('one')).toEqual(USERS);
    for (let round = 0; round < 3; round += 1) {
      await other();
      await hold('one');
    }
    // Of the four, the other one knows only d.
    expect(await hold('one')).toEqual(['a', 'b', 'c', 'd']);
    expect(await other()).toEqual(['e']);
  });

  async function hold(
    owner: string,
    store: Store = fixture.store,
    applicationUsers = USERS,
  ): Promise<readonly string[]> {
    const leases = await store.userLeases.hold({ owner, applicationUsers, leaseMs: LEASE_MS });
    return leases.map(({ applicationUser }) => applicationUser);
  }
});
