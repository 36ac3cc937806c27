import { DatabaseSync } from 'node:sqlite';

/** What became of an event. */
export type Taken = 'credited' | 'repeated';

export interface Credit {
  readonly eventId: string;
  /** Null where the till did not know the customer: then nobody gets points. */
  readonly customer: string | null;
  readonly points: bigint;
}

/** A point for each whole unit of the currency; what goes back takes its points back. */
export function pointsFor(totalAmount: string): bigint {
  return BigInt(totalAmount.split('.')[0] ?? 0);
}

const SCHEMA = `
  CREATE TABLE IF NOT EXISTS seen_event (event_id TEXT PRIMARY KEY) STRICT, WITHOUT ROWID;
  CREATE TABLE IF NOT EXISTS loyalty (customer TEXT PRIMARY KEY, points INTEGER NOT NULL) STRICT, WITHOUT ROWID;
  CREATE TABLE IF NOT EXISTS incomplete_event (event_id TEXT PRIMARY KEY) STRICT, WITHOUT ROWID;
`;
const MARK = 'INSERT INTO seen_event (event_id) VALUES (?) ON CONFLICT DO NOTHING';
const EFFECT = `
  INSERT INTO loyalty (customer, points) VALUES (?, ?)
  ON CONFLICT (customer) DO UPDATE SET points = points + excluded.points
`;
const NOTE = 'INSERT INTO incomplete_event (event_id) VALUES (?) ON CONFLICT DO NOTHING';
/** A database that somebody holds is away for now: Dataverse asks once more. */
const BUSY_MS = 500;

/** Points of customers. Adding is no idempotent effect, so the event's mark is made in the same transaction. */
export class LoyaltyPoints {
  private readonly database: DatabaseSync;

  /** Makes the file where there is none. */
  constructor(path: string) {
    this.database = new DatabaseSync(path, { timeout: BUSY_MS });
    this.database.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;');
    this.database.exec(SCHEMA);
  }

  /** Durable when this returns. Throws where the database is away: nothing has happened then. */
  credit({ eventId, customer, points }: Credit): Taken {
    this.database.exec('BEGIN IMMEDIATE');
    try {
      // In the cloud this line is an INSERT into a table of the same Azure SQL database as the effect, with `EventId` as
      // its primary key. Table storage can do it where mark and effect share a partition: one entity group transaction.
      const isFirst = this.database.prepare(MARK).run(eventId).changes === 1;
      if (isFirst && customer !== null) this.database.prepare(EFFECT).run(customer, points);
      this.database.exec('COMMIT');
      return isFirst ? 'credited' : 'repeated';
    } catch (error) {
      if (this.database.isTransaction) this.database.exec('ROLLBACK');
      throw error;
    }
  }

  /** Keeps the id of an event that came without its content, for a person to look up. */
  noteIncomplete(eventId: string): void {
    this.database.prepare(NOTE).run(eventId);
  }

  /** By customer. */
  balances(): readonly { readonly customer: string; readonly points: bigint }[] {
    const statement = this.database.prepare('SELECT customer, points FROM loyalty ORDER BY customer');
    statement.setReadBigInts(true);
    return statement
      .all()
      .map(({ customer, points }) => ({ customer: String(customer), points: BigInt(String(points)) }));
  }

  incomplete(): readonly string[] {
    return this.database
      .prepare('SELECT event_id FROM incomplete_event ORDER BY event_id')
      .all()
      .map(({ event_id }) => String(event_id));
  }

  close(): void {
    this.database.close();
  }
}
