import type { Session } from './session.js';
import { faultOfCommit, faultOfStatement, type SqliteFault } from './sqlite-fault.js';

/**
 * The result of a transaction. `rolled-back`: nothing of it was stored, `error` says why, and `begun` whether it got
 * the right to write.
 */
export type Transaction<T> =
  | { readonly kind: 'committed'; readonly value: T }
  | { readonly kind: 'rolled-back'; readonly begun: boolean; readonly error: unknown };

/** Runs `work` in one transaction with one fsync. Throws where nobody can tell what was stored. */
export function transact<T>(session: Session, work: () => T): Transaction<T> {
  let begun = false;
  let fault: (error: unknown) => SqliteFault = faultOfStatement;
  try {
    session.database.exec('BEGIN IMMEDIATE');
    begun = true;
    const value = work();
    session.tally.write((sql, ...values) => session.change(sql, ...values));
    fault = faultOfCommit;
    session.database.exec('COMMIT');
    return { kind: 'committed', value };
  } catch (error) {
    session.tally.forget();
    if (fault(error) === 'lost') throw error;
    // After some errors (a full disk) the transaction has already ended.
    if (session.database.isTransaction) session.database.exec('ROLLBACK');
    return { kind: 'rolled-back', begun, error };
  }
}
