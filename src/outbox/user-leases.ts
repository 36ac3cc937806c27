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
 * Which process sends as which application user: limits, gates and pace are the application user's, so one process at a
 * time steers it. On SQLite there is one process, and it sends as all.
 */
export abstract class UserLeases {
  /**
   * Renews what the owner holds and takes what is free, up to its fair share among the processes alive; a surplus is let
   * go. Returns what it holds from now on. To be asked again well before `leaseMs` has passed.
   */
  abstract hold(request: HoldRequest): Promise<readonly UserLease[]>;

  /** Lets everything go, so that others need not wait for the leases to end. */
  abstract release(owner: string): Promise<void>;
}
