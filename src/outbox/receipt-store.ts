import type { ConfirmResult, NewReceipt, ReceiptRecord } from './receipt.js';

/** How many events of one type were found overdue. */
export interface OverdueCount {
  readonly type: string;
  readonly count: number;
}

/** What Dataverse's event framework told of events. `test/outbox/` holds the claims every driver is held to. */
export abstract class ReceiptStore {
  /**
   * Takes receipts, results in their order. Durable when it resolves. Idempotent: the same receipt again is `repeated`.
   * An event that was pending after an attempt is delivered with its first proof, for that had come through; one that is being
   * delivered is at its settlement, whatever that says; dead and cancelled ones stay so, with the instant noted. After a
   * replay the proof must be beyond what clocks may differ by. Rejects with `StorageError`.
   */
  abstract confirm(receipts: readonly NewReceipt[]): Promise<readonly ConfirmResult[]>;

  /** The receipts of an event, oldest first; empty for an unknown id. */
  abstract listReceipts(eventId: string): Promise<readonly ReceiptRecord[]>;

  /**
   * Marks delivered events overdue whose time to be confirmed has passed, at most `limit`; tells how many of each type it
   * marked. Less than `limit` in all: done. They stay overdue until a receipt comes or retention removes them.
   */
  abstract markOverdue(limit: number): Promise<readonly OverdueCount[]>;
}
