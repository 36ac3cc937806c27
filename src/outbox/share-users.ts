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
  /** Processes seen lately, the one that asks among them. */
  readonly alive: number;
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

/**
 * Which application users a process holds when it asks: those it has, up to its fair share (the users over the processes
 * alive, rounded up), then free ones. Pure. A surplus is first announced to its owner and freed the next time that one
 * asks, so that it has stopped sending before another begins.
 */
export function shareUsers({ owner, applicationUsers, alive, leases, now }: ShareRequest): UserShare {
  const share = Math.ceil(applicationUsers.length / Math.max(1, alive));
  const stored = new Map(leases.map((lease) => [lease.applicationUser, lease]));
  const own = applicationUsers.filter((user) => stored.get(user)?.owner === owner);
  const free = applicationUsers.filter((user) => {
    const lease = stored.get(user);
    return lease === undefined || (lease.owner !== owner && lease.until <= now);
  });
  // Those already announced as surplus come last, so that the owner does not change its mind without need.
  const isLeaving = (user: string) => stored.get(user)?.leaving === true;
  const wanted = [...own.filter((user) => !isLeaving(user)), ...own.filter(isLeaving), ...free];
  const held = wanted.slice(0, share);
  const surplus = own.filter((user) => !held.includes(user));
  return {
    held,
    leaving: surplus.filter((user) => !isLeaving(user)),
    freed: surplus.filter(isLeaving),
  };
}
