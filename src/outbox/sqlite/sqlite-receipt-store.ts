import type { ConfirmResult, NewReceipt, ReceiptRecord } from '../receipt.js';
import { type OverdueCount, ReceiptStore } from '../receipt-store.js';
import type { Writer } from './writer.js';

/** Receipts on SQLite: they share transactions with everything else that writes. */
export class SqliteReceiptStore extends ReceiptStore {
  constructor(private readonly writer: Writer) {
    super();
  }

  override confirm(receipts: readonly NewReceipt[]): Promise<readonly ConfirmResult[]> {
    return this.writer.call('confirm', receipts);
  }

  override listReceipts(eventId: string): Promise<readonly ReceiptRecord[]> {
    return this.writer.call('listReceipts', eventId);
  }

  override markOverdue(limit: number): Promise<readonly OverdueCount[]> {
    return this.writer.call('markOverdue', limit);
  }
}
