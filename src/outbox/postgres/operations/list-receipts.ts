import type { ReceiptRecord } from '../../receipt.js';
import { inOrderOfReceipt, type ReceiptRow, receiptColumns, receiptRecord } from '../../rows/receipt-row.js';
import type { Session } from '../session.js';

const SELECT = `
SELECT ${receiptColumns} FROM receipt WHERE event_sequence = (SELECT sequence FROM event WHERE id = $1)
ORDER BY ${inOrderOfReceipt}`;

/** The receipts of an event, oldest first. */
export async function listReceipts(session: Session, eventId: string): Promise<readonly ReceiptRecord[]> {
  return (await session.rows<ReceiptRow>(SELECT, eventId)).map(receiptRecord);
}
