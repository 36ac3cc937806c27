import type { ClientBase, QueryResultRow } from 'pg';
import type { EpochMs } from '../../kernel/clock.js';
import { Tally } from './tally.js';

/** What a statement takes for `$1` and so on; arrays become PostgreSQL's arrays. */
export type Value = string | number | boolean | null | readonly (string | number | boolean | null)[];

/** Names of prepared statements: the same text has the same name on every connection of this process. */
const names = new Map<string, string>();

/** What every operation works with: one connection in one transaction, and the transaction's view of the time. */
export class Session {
  readonly tally = new Tally();

  constructor(
    private readonly client: ClientBase,
    /** The instant that counts for the operation, by the server's clock, read after its locks were taken. */
    readonly now: EpochMs,
  ) {}

  /** The first row, or null. The caller names the shape its SQL selects. */
  async row<Row extends QueryResultRow>(sql: string, ...values: readonly Value[]): Promise<Row | null> {
    return (await this.rows<Row>(sql, ...values))[0] ?? null;
  }

  /** Every row, in the order of the statement. */
  async rows<Row extends QueryResultRow>(sql: string, ...values: readonly Value[]): Promise<readonly Row[]> {
    return (await this.client.query<Row>({ name: nameOf(sql), text: sql, values: [...values] })).rows;
  }

  /** Runs a statement that changes rows, and tells how many it changed. */
  async change(sql: string, ...values: readonly Value[]): Promise<number> {
    return (await this.client.query({ name: nameOf(sql), text: sql, values: [...values] })).rowCount ?? 0;
  }

  /** Waits for a lock that is held until the end of the transaction; null is no lock. */
  async lock(sql: string | null): Promise<void> {
    if (sql !== null) await this.client.query(sql);
  }
}

function nameOf(sql: string): string {
  const known = names.get(sql);
  if (known !== undefined) return known;
  const name = `gateway-${names.size + 1}`;
  names.set(sql, name);
  return name;
}
