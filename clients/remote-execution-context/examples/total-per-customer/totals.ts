import { DatabaseSync } from 'node:sqlite';
import { amountOf, tenThousandthsOf } from './exact-amount.js';

/** What an event tells of a purchase. */
export interface Purchase {
  readonly eventId: string;
  /** Null where the till did not know the customer. */
  readonly customer: string | null;
  readonly currencyCode: string;
  /** A decimal text, digit for digit as the till sent it. */
  readonly totalAmount: string;
}

/** What a customer bought in one currency; amounts of different currencies are never added up. */
export interface Total {
  readonly customer: string | null;
  readonly currencyCode: string;
  readonly purchases: number;
  readonly totalAmount: string;
}

const SCHEMA = `
  CREATE TABLE IF NOT EXISTS purchase (
    event_id TEXT PRIMARY KEY,
    customer TEXT,
    currency_code TEXT NOT NULL,
    total_amount TEXT NOT NULL
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX IF NOT EXISTS purchase_by_customer ON purchase (customer, currency_code);
`;
const ADD = `
  INSERT INTO purchase (event_id, customer, currency_code, total_amount) VALUES (?, ?, ?, ?)
  ON CONFLICT (event_id) DO NOTHING
`;
const ALL = `
  SELECT customer, currency_code, count(*) AS purchases, exact_sum(total_amount) AS ten_thousandths
  FROM purchase GROUP BY customer, currency_code ORDER BY customer, currency_code
`;
/** A database that somebody holds is away for now: Dataverse asks once more. */
const BUSY_MS = 500;

/**
 * A total is not added to, it is computed from one row for each event. The event's id is the key of its row: a repeat
 * finds it taken and changes nothing, and the order in which events come makes no difference.
 */
export class Totals {
  private readonly database: DatabaseSync;

  /** Makes the file where there is none. */
  constructor(path: string) {
    this.database = new DatabaseSync(path, { timeout: BUSY_MS });
    this.database.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;');
    this.database.exec(SCHEMA);
    this.database.aggregate('exact_sum', {
      start: () => 0n,
      step: (sum: bigint, amount) => sum + tenThousandthsOf(String(amount)),
      result: String,
    });
  }

  /** Durable when this returns; false where the event was counted before. Throws where the database is away. */
  add({ eventId, customer, currencyCode, totalAmount }: Purchase): boolean {
    // An amount that cannot be added up must not be stored either: every later sum would fail.
    tenThousandthsOf(totalAmount);
    return this.database.prepare(ADD).run(eventId, customer, currencyCode, totalAmount).changes === 1;
  }

  /** By customer, then by currency. */
  all(): readonly Total[] {
    return this.database
      .prepare(ALL)
      .all()
      .map((row) => totalFrom(row));
  }

  close(): void {
    this.database.close();
  }
}

function totalFrom(row: Readonly<Record<string, unknown>>): Total {
  const currencyCode = String(row.currency_code);
  return {
    customer: row.customer === null ? null : String(row.customer),
    currencyCode,
    purchases: Number(row.purchases),
    totalAmount: amountOf(BigInt(String(row.ten_thousandths)), currencyCode),
  };
}
