import { Housekeeping, type SweepStep } from '../housekeeping.js';
import { tryLockAlone } from './advisory-locks.js';
import type { Database } from './database.js';
import { clearData } from './operations/clear-data.js';
import { removeEnded } from './operations/remove-ended.js';
import type { Session } from './session.js';

/** Retention on PostgreSQL: one process at a time; meanwhile the others find nothing to do. */
export class PostgresHousekeeping extends Housekeeping {
  constructor(private readonly database: Database) {
    super();
  }

  override removeEnded(step: SweepStep): Promise<number> {
    return this.alone((session) => removeEnded(session, step));
  }

  override clearData(step: SweepStep): Promise<number> {
    return this.alone((session) => clearData(session, step));
  }

  private alone(sweep: (session: Session) => Promise<number>): Promise<number> {
    return this.database.transact(async (session) => {
      const lock = await session.row<{ readonly taken: boolean }>(tryLockAlone('sweep'));
      return lock?.taken ? sweep(session) : 0;
    });
  }
}
