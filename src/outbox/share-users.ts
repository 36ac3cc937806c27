import type { EpochMs } from '../kernel/clock.js';

/** A lease of an application user as it is stored. */
export interface StoredUserLease {
  readonly applicationUser: string;
  readonly owner: string;
  readonly until: EpochMs;
  /** Its owner was told that it is more than its share: the next time it asks, it has stopped using it. */
  readonly leaving: boolean;
}

export interface ShareRequest {
  readonly owner: string;
  readonly applicationUsers: readonly string[];
  /** How many processes seen lately could send as each of these users, the one that asks among them; 1 where missing. */
  readonly knownBy: ReadonlyMap<string, number>;
  /** Every lease of these users, ended ones too. */
  readonly leases: readonly StoredUserLease[];
  readonly now: EpochMs;
}

/** What becomes of the leases: `held` are the owner's from now on, `leaving` is no longer used, `freed` is gone. */
export interface UserShare {
  readonly held: readonly string[];
  readonly leaving: readonly string[];
  readonly freed: readonly string[];
}

/** Thirds and the like do not add up exactly. */
const ROUNDING = 1e-9;

/**
 * Which application users a process holds when it asks: those that no other process knows, all of them; of the others
 * those it has, up to its fair share (of each user the part that falls to one of those who know it, rounded up), then free
 * ones. Pure. A surplus is first announced to its owner and freed the next time that one asks, so that it has stopped
 * sending before another begins.
 */
export function shareUsers({ owner, applicationUsers, knownBy, leases, now }: ShareRequest): UserShare {
  const knowing = (user: string) => Math.max(1, knownBy.get(user) ?? 1);
  const stored = new Map(leases.map((lease) => [lease.applicationUser, lease]));
  const own = applicationUsers.filter((user) => stored.get(user)?.owner === owner);
  const free = applicationUsers.filter((user) => {
    const lease = stored.get(user);
    return lease === undefined || (lease.owner !== owner && lease.until <= now);
  });
  // Those already announced as surplus come last, so that the owner does not change its mind without need.
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
