import type { ConfirmResult, NewReceipt, ReceiptRecord } from './receipt.js';

/** How many events of one type were found overdue. */
export interface OverdueCount {
  readonly type: string;
  readonly count: number;
}

/** Receipts from Dataverse's event framework. `test/outbox/` holds the claims that every driver has to meet. */
export abstract class ReceiptStore {
  /**
   * Stores receipts; results stand in their order. Durable when it resolves. Idempotent: the same receipt again is
   * `repeated`. The first proof of an event that is pending after an attempt delivers it, for the attempt had come
   * through. An event that is being delivered becomes delivered at its settlement, with any outcome. Dead and cancelled
   * events stay so, and the instant is noted. After a replay a proof counts only if it is later by more than clocks may
   * differ. Rejects with `StorageError`.
   */
  abstract confirm(receipts: readonly NewReceipt[]): Promise<readonly ConfirmResult[]>;

  /** The receipts of an event, oldest first; empty for an unknown id. */
  abstract listReceipts(eventId: string): Promise<readonly ReceiptRecord[]>;

  /**
   * Marks delivered events as overdue whose time for a receipt has passed, at most `limit`; tells how many of each type
   * it marked. Less than `limit` in all: done. They stay overdue until a receipt comes or retention removes them.
   */
  abstract markOverdue(limit: number): Promise<readonly OverdueCount[]>;
}
