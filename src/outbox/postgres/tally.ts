import type { Tallied } from '../rows/tally-row.js';

/**
 * A row per writer, so that processes and kinds of work do not wait for each other's commits; the rows are added up for
 * gauges. A single row may be below zero: an event enters by one writer and leaves by another.
 */
const CHANGE = `
INSERT INTO tally (type, status, writer, count)
SELECT type, status, $4, change FROM unnest($1::text[], $2::text[], $3::bigint[]) AS given (type, status, change)
ON CONFLICT (type, status, writer) DO UPDATE SET count = tally.count + excluded.count`;

/** Runs a statement that changes rows. */
type RunStatement = (sql: string, ...values: (readonly (string | number)[] | number)[]) => Promise<unknown>;

/**
 * How many events of each type are in each status, so that gauges need not count rows. Changes are gathered during a
 * transaction and written once before its commit.
 */
export class Tally {
  private readonly changes = new Map<string, { readonly type: string; readonly status: Tallied; change: number }>();

  entered(type: string, status: Tallied, count = 1): void {
    this.note(type, status, count);
  }

  left(type: string, status: Tallied): void {
    this.note(type, status, -1);
  }

  moved(type: string, from: Tallied, to: Tallied): void {
    this.note(type, from, -1);
    this.note(type, to, 1);
  }

  /** Writes the gathered changes, in the order that every transaction uses, so that no two wait for each other. */
  async write(run: RunStatement, writer: number): Promise<void> {
    const changed = [...this.changes.values()].filter(({ change }) => change !== 0);
    if (changed.length === 0) return;
    changed.sort((a, b) => compare(a.type, b.type) || compare(a.status, b.status));
    await run(
      CHANGE,
      changed.map(({ type }) => type),
      changed.map(({ status }) => status),
      changed.map(({ change }) => change),
      writer,
    );
  }

  private note(type: string, status: Tallied, change: number): void {
    const key = `${type} ${status}`;
    const known = this.changes.get(key);
    if (known === undefined) this.changes.set(key, { type, status, change });
    else known.change += change;
  }
}

function compare(a: string, b: string): number {
  return a === b ? 0 : a < b ? -1 : 1;
}
