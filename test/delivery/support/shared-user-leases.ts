import type { Clock, EpochMs } from '../../../src/kernel/clock.js';
import { type StoredUserLease, shareUsers } from '../../../src/outbox/share-users.js';
import { type HoldRequest, type UserLease, UserLeases } from '../../../src/outbox/user-leases.js';

/** Application users shared out among several processes, in memory, by the rule of the real one. */
export class SharedUserLeases extends UserLeases {
  private readonly leases = new Map<string, StoredUserLease>();
  /** Every lease there was; a renewed one is there several times. */
  private readonly history: { applicationUser: string; owner: string; from: EpochMs; until: EpochMs }[] = [];
  private readonly seenUntil = new Map<string, EpochMs>();

  constructor(private readonly clock: Clock) {
    super();
  }

  /** Whether a user was this process's at an instant. */
  wasHeld(applicationUser: string, owner: string | null, at: EpochMs): boolean {
    return this.history.some(
      (one) => one.applicationUser === applicationUser && one.owner === owner && one.from <= at && at <= one.until,
    );
  }

  override async hold({ owner, applicationUsers, leaseMs }: HoldRequest): Promise<readonly UserLease[]> {
    const now = this.clock.now();
    const until = now + leaseMs;
    this.seenUntil.set(owner, until);
    const alive = [...this.seenUntil.values()].filter((instant) => instant > now).length;
    const knownBy = new Map(applicationUsers.map((user) => [user, alive]));
    const leases = [...this.leases.values()];
    const { held, leaving, freed } = shareUsers({ owner, applicationUsers, knownBy, leases, now });
    for (const user of freed) this.leases.delete(user);
    this.history.push(...held.map((applicationUser) => ({ applicationUser, owner, from: now, until })));
    for (const user of held) this.leases.set(user, { applicationUser: user, owner, until, leaving: false });
    for (const user of leaving) this.leases.set(user, { applicationUser: user, owner, until, leaving: true });
    return held.map((applicationUser) => ({ applicationUser, until }));
  }

  override async release(owner: string): Promise<void> {
    this.seenUntil.delete(owner);
    for (const [user, lease] of this.leases) if (lease.owner === owner) this.leases.delete(user);
    const now = this.clock.now();
    for (const one of this.history) if (one.owner === owner) one.until = Math.min(one.until, now);
  }
}
