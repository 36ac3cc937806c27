import type { EpochMs } from '../kernel/clock.js';

/** The right to send as one application user, until an instant of the store's clock. */
export interface UserLease {
  readonly applicationUser: string;
  readonly until: EpochMs;
}

export interface HoldRequest {
  /** Names the process; new at every start. */
  readonly owner: string;
  /** Every application user the process could send as. */
  readonly applicationUsers: readonly string[];
  readonly leaseMs: number;
}

/**
 * Decides which process sends as which application user: limits, gates and pace belong to the application user, so one
 * process at a time steers it. On SQLite there is one process, and it sends as all of them.
 */
export abstract class UserLeases {
  /**
   * Renews what the owner holds and takes free users, up to its fair share among the processes alive; it lets a surplus
   * go. Returns the users it holds from now on. Call it again well before `leaseMs` has passed.
   */
  abstract hold(request: HoldRequest): Promise<readonly UserLease[]>;

  /** Lets everything go, so that others need not wait for the leases to end. */
  abstract release(owner: string): Promise<void>;
}
