import type { EpochMs } from '../kernel/clock.js';

/** A lease of an application user as it is stored. */
export interface StoredUserLease {
  readonly applicationUser: string;
  readonly owner: string;
  readonly until: EpochMs;
  /** Its owner was told that it has more than its share: when it asks the next time, it has stopped using this one. */
  readonly leaving: boolean;
}

export interface ShareRequest {
  readonly owner: string;
  readonly applicationUsers: readonly string[];
  /** How many processes seen lately could send as each of these users, including the one that asks; 1 where missing. */
  readonly knownBy: ReadonlyMap<string, number>;
  /** Every lease of these users, ended ones too. */
  readonly leases: readonly StoredUserLease[];
  readonly now: EpochMs;
}

/**
 * What becomes of the leases: `held` belong to the owner from now on, `leaving` are no longer used, `freed` are given
 * up.
 */
export interface UserShare {
  readonly held: readonly string[];
  readonly leaving: readonly string[];
  readonly freed: readonly string[];
}

/** Sums of thirds, for example, are not exact. */
const ROUNDING = 1e-9;

/**
 * Which application users a process holds when it asks: all of those that no other process knows. Of the others it
 * keeps the ones it has, up to its fair share, and then takes free ones. The fair share is the sum over all users of
 * one divided by the number of processes that know the user, rounded up. Pure. A surplus is first announced to its
 * owner and freed when that one asks the next time, so that it has stopped sending before another begins.
 */
export function shareUsers({ owner, applicationUsers, knownBy, leases, now }: ShareRequest): UserShare {
  const knowing = (user: string) => Math.max(1, knownBy.get(user) ?? 1);
  const stored = new Map(leases.map((lease) => [lease.applicationUser, lease]));
  const own = applicationUsers.filter((user) => stored.get(user)?.owner === owner);
  const free = applicationUsers.filter((user) => {
    const lease = stored.get(user);
    return lease === undefined || (lease.owner !== owner && lease.until <= now);
  });
  // Those already announced as surplus come last, so that the owner does not change its choice without need.
  const isLeaving = (user: string) => stored.get(user)?.leaving === true;
  const wanted = [...own.filter((user) => !isLeaving(user)), ...own.filter(isLeaving), ...free];
  const isShared = (user: string) => knowing(user) > 1;
  const parts = applicationUsers.filter(isShared).reduce((sum, user) => sum + 1 / knowing(user), 0);
  const shared = wanted.filter(isShared).slice(0, Math.ceil(parts - ROUNDING));
  const held = wanted.filter((user) => !isShared(user) || shared.includes(user));
  const surplus = own.filter((user) => !held.includes(user));
  return {
    held,
    leaving: surplus.filter((user) => !isLeaving(user)),
    freed: surplus.filter(isLeaving),
  };
}
