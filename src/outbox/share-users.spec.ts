import { describe, expect, it } from '@jest/globals';
import { type StoredUserLease, shareUsers } from './share-users.js';

const NOW = 1_000_000;

describe('shareUsers', () => {
  it.each([
    ['all, where it is alone', 1, [], ['a', 'b', 'c']],
    ['its share, rounded up, where it is one of two', 2, [], ['a', 'b']],
    ['what others left, up to its share', 2, [lease('a', 'other'), lease('b', 'other')], ['c']],
    ['nothing, where others hold everything', 2, ['a', 'b', 'c'].map((user) => lease(user, 'other')), []],
    ['what ended with its owner', 2, [lease('a', 'dead', { until: NOW })], ['a', 'b']],
    ['its own before free ones', 2, [lease('c', 'me')], ['c', 'a']],
    ['its own, though they ended: nobody else took them', 2, [lease('b', 'me', { until: NOW - 1 })], ['b', 'a']],
    [
      'its own that ended once, not twice',
      1,
      ['a', 'b', 'c'].map((user) => lease(user, 'me', { until: NOW })),
      ['a', 'b', 'c'],
    ],
    ['its own that ended, and free ones beside', 1, [lease('b', 'me', { until: NOW - 1 })], ['b', 'a', 'c']],
    ['one of the users, where there are more processes than users', 5, [], ['a']],
  ])('gives %s', (_, alive, leases, held) => {
    expect(share(alive, leases)).toEqual({ held, leaving: [], freed: [] });
  });

  it('announces a surplus before it frees it', () => {
    const all = ['a', 'b', 'c'].map((user) => lease(user, 'me'));
    expect(share(2, all)).toEqual({ held: ['a', 'b'], leaving: ['c'], freed: [] });
    const announced = [lease('a', 'me'), lease('b', 'me'), lease('c', 'me', { leaving: true })];
    expect(share(2, announced)).toEqual({ held: ['a', 'b'], leaving: [], freed: ['c'] });
  });

  it('takes an announced surplus back, where the others are gone', () => {
    expect(share(1, [lease('a', 'me'), lease('b', 'me', { leaving: true })]).held).toEqual(['a', 'b', 'c']);
  });

  it('frees what was announced, not something else', () => {
    const leases = [lease('a', 'me', { leaving: true }), lease('b', 'me'), lease('c', 'me')];
    expect(share(2, leases)).toEqual({ held: ['b', 'c'], leaving: [], freed: ['a'] });
  });

  it.each([1, 2, 3, 4, 7])('leaves no user without a process among %d that ask in turn', (processes) => {
    const users = ['a', 'b', 'c', 'd', 'e'];
    const leases = new Map<string, StoredUserLease>();
    for (let turn = 0; turn < processes * 3; turn += 1) {
      const owner = `owner-${turn % processes}`;
      const request = {
        owner,
        applicationUsers: users,
        knownBy: byAll(users, processes),
        leases: [...leases.values()],
        now: NOW,
      };
      for (const user of shareUsers(request).held) leases.set(user, lease(user, owner));
    }
    const counts = Map.groupBy(leases.values(), ({ owner }) => owner);
    expect(leases.size).toBe(5);
    expect(Math.max(...[...counts.values()].map(({ length }) => length))).toBe(Math.ceil(5 / processes));
  });

  function share(alive: number, leases: readonly StoredUserLease[]) {
    const users = ['a', 'b', 'c'];
    return shareUsers({ owner: 'me', applicationUsers: users, knownBy: byAll(users, alive), leases, now: NOW });
  }

  describe('among processes that do not know the same users', () => {
    const ask = (owner: string, [applicationUsers, knownBy]: [string[], Record<string, number>], held: string[] = []) =>
      shareUsers({
        owner,
        applicationUsers,
        knownBy: new Map(Object.entries(knownBy)),
        leases: held.map((user) => lease(user, owner)),
        now: NOW,
      });

    it('gives one all that nobody else knows, however many others there are', () => {
      expect(ask('me', [['a', 'b', 'c'], { a: 1, b: 1, c: 1 }]).held).toEqual(['a', 'b', 'c']);
    });

    it('never lets go a user that nobody else could take over', () => {
      const share = ask('me', [['a', 'b', 'c'], { a: 2, b: 1, c: 1 }], ['a', 'b', 'c']);
      expect(share).toEqual({ held: ['a', 'b', 'c'], leaving: [], freed: [] });
    });

    it('shares the others among those who know them', () => {
      const share = ask('me', [['a', 'b', 'c', 'd'], { a: 1, b: 2, c: 2, d: 1 }], ['a', 'b', 'c', 'd']);
      expect(share).toEqual({ held: ['a', 'b', 'd'], leaving: ['c'], freed: [] });
    });

    it.each([
      ['a user is added', ['a', 'b', 'c'], ['a', 'b', 'c', 'd']],
      ['a user is taken away', ['a', 'b', 'c'], ['a', 'b']],
      ['every user is another one', ['a', 'b'], ['c', 'd']],
    ])('leaves no user without a process while %s', (_, before, after) => {
      const processes = [before, before, after, before, after];
      const leases = new Map<string, StoredUserLease>();
      for (let round = 0; round < 3; round += 1) {
        for (const [index] of processes.entries()) askInTurn(processes, index, leases);
      }
      expect([...leases.keys()].toSorted()).toEqual([...new Set(processes.flat())].toSorted());
    });
  });
});

/** One of several processes, each with its own users, asks and takes what it is given. */
function askInTurn(processes: readonly string[][], index: number, leases: Map<string, StoredUserLease>): void {
  const owner = `owner-${index}`;
  const applicationUsers = processes[index] ?? [];
  const knownBy = new Map(
    applicationUsers.map((user) => [user, processes.filter((users) => users.includes(user)).length]),
  );
  const known = [...leases.values()].filter(({ applicationUser }) => knownBy.has(applicationUser));
  const { held, leaving, freed } = shareUsers({ owner, applicationUsers, knownBy, leases: known, now: NOW });
  for (const user of held) leases.set(user, lease(user, owner));
  for (const user of leaving) leases.set(user, lease(user, owner, { leaving: true }));
  for (const user of freed) leases.delete(user);
}

function byAll(users: readonly string[], processes: number): ReadonlyMap<string, number> {
  return new Map(users.map((user) => [user, processes]));
}

function lease(applicationUser: string, owner: string, facts: Partial<StoredUserLease> = {}): StoredUserLease {
  return { applicationUser, owner, until: NOW + 5000, leaving: false, ...facts };
}
