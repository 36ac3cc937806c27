import type { ConfirmResult, NewReceipt, ReceiptRecord } from '../receipt.js';
import { type OverdueCount, ReceiptStore } from '../receipt-store.js';
import type { Database } from './database.js';
import { GroupCommit } from './group-commit.js';
import type { Hints } from './hints.js';
import { isOfOneCall } from './is-of-one-call.js';
import { confirm } from './operations/confirm.js';
import { listReceipts } from './operations/list-receipts.js';
import { markOverdue } from './operations/mark-overdue.js';

/** This many receipts make a transaction of some ten milliseconds. */
const RECEIPTS = 1000;

/** Receipts on PostgreSQL: they share transactions among themselves. */
export class PostgresReceiptStore extends ReceiptStore {
  private readonly receipts: GroupCommit<readonly NewReceipt[], readonly ConfirmResult[]>;

  constructor(
    private readonly database: Database,
    private readonly hints: Hints,
  ) {
    super();
    this.receipts = new GroupCommit({
      run: (calls) =>
        database.transactWithin((session) => confirm(session, calls), { kind: 'confirm', mayRepeat: true }),
      weigh: (receipts) => receipts.length,
      maxWeight: RECEIPTS,
      isOfOneCall,
    });
  }

  override async confirm(receipts: readonly NewReceipt[]): Promise<readonly ConfirmResult[]> {
    const results = await this.database.enter(() => this.receipts.call(receipts));
    // Events that waited behind an ended one are due now.
    if (results.some(({ ended }) => ended)) this.hints.tell('events');
    return results;
  }

  override listReceipts(eventId: string): Promise<readonly ReceiptRecord[]> {
    return this.database.transact((session) => listReceipts(session, eventId));
  }

  override markOverdue(limit: number): Promise<readonly OverdueCount[]> {
    return this.database.transact((session) => markOverdue(session, limit));
  }
}
