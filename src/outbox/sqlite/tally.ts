import type { Tallied } from '../rows/tally-row.js';

const CHANGE = 'UPDATE tally SET count = count + ? WHERE type = ? AND status = ?';
const BEGIN_COUNT = 'INSERT INTO tally (count, type, status) VALUES (?, ?, ?)';

/** Runs a statement that changes rows, and tells how many it changed. */
type RunStatement = (sql: string, ...values: (string | number)[]) => number;

/**
 * How many events of each type are in each status, so that gauges need not count rows. Changes are gathered during a
 * transaction and written once before its commit: two rows per group, not two per event.
 */
export class Tally {
  private readonly changes = new Map<string, Map<Tallied, number>>();

  entered(type: string, status: Tallied): void {
    this.note(type, status, 1);
  }

  left(type: string, status: Tallied): void {
    this.note(type, status, -1);
  }

  moved(type: string, from: Tallied, to: Tallied): void {
    this.note(type, from, -1);
    this.note(type, to, 1);
  }

  /** Writes the gathered changes by a function that runs a statement; the last thing before every commit. */
  write(run: RunStatement): void {
    for (const [type, ofType] of this.changes) {
      for (const [status, change] of ofType) {
        if (change !== 0) writeOne(run, [change, type, status]);
      }
    }
    this.changes.clear();
  }

  /** Forgets the gathered changes, after a rollback. */
  forget(): void {
    this.changes.clear();
  }

  private note(type: string, status: Tallied, change: number): void {
    const ofType = this.changes.get(type) ?? new Map<Tallied, number>();
    ofType.set(status, (ofType.get(status) ?? 0) + change);
    this.changes.set(type, ofType);
  }
}

function writeOne(run: RunStatement, values: readonly [change: number, type: string, status: Tallied]): void {
  if (run(CHANGE, ...values) === 0) run(BEGIN_COUNT, ...values);
}
