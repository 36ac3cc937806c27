import { type HoldRequest, type UserLease, UserLeases } from '../user-leases.js';
import { lockAlone } from './advisory-locks.js';
import type { Database } from './database.js';
import type { Hints } from './hints.js';
import { holdUsers } from './operations/hold-users.js';
import { releaseUsers } from './operations/release-users.js';

/** Which process sends as which application user, as the database records it. */
export class PostgresUserLeases extends UserLeases {
  constructor(
    private readonly database: Database,
    private readonly hints: Hints,
  ) {
    super();
  }

  override async hold(request: HoldRequest): Promise<readonly UserLease[]> {
    const { leases, hasFreed } = await this.database.transact((session) => holdUsers(session, request), {
      locks: [lockAlone('users')],
      mayRepeat: true,
    });
    if (hasFreed) this.hints.tell('users');
    return leases;
  }

  override async release(owner: string): Promise<void> {
    await this.database.transact((session) => releaseUsers(session, owner), {
      locks: [lockAlone('users')],
      mayRepeat: true,
    });
    this.hints.tell('users');
  }
}
