import type { ReceiptRecord } from '../../receipt.js';
import { inOrderOfReceipt, type ReceiptRow, receiptColumns, receiptRecord } from '../../rows/receipt-row.js';
import type { Session } from '../session.js';

const SELECT = `
SELECT ${receiptColumns} FROM receipt WHERE event_sequence = (SELECT sequence FROM event WHERE id = ?)
ORDER BY ${inOrderOfReceipt}`;

/** The receipts of an event, oldest first. */
export function listReceipts(session: Session, eventId: string): readonly ReceiptRecord[] {
  return session.rows<ReceiptRow>(SELECT, eventId).map(receiptRecord);
}
