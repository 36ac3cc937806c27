import type { Clock } from '../../kernel/clock.js';
import { type HoldRequest, type UserLease, UserLeases } from '../user-leases.js';

/** The file has one owner, which sends as every application user: nothing has to be stored or shared. */
export class SqliteUserLeases extends UserLeases {
  constructor(private readonly clock: Clock) {
    super();
  }

  override async hold({ applicationUsers, leaseMs }: HoldRequest): Promise<readonly UserLease[]> {
    const until = this.clock.now() + leaseMs;
    return applicationUsers.map((applicationUser) => ({ applicationUser, until }));
  }

  override async release(): Promise<void> {
    // Nobody waits for it.
  }
}
