import type { ReceiptRecord } from '../receipt.js';

/** The part of a kept receipt that decides about the next one. */
export interface KeptReceipt extends Pick<ReceiptRecord, 'step' | 'operation' | 'result'> {
  /** How often the event had been replayed when it came. */
  readonly replays: number;
}

/** A receipt as `receiptColumns` selects it. */
export type ReceiptRow = Omit<ReceiptRecord, 'stripped'> & { readonly stripped: 0 | 1 };

/** Every fact of a `ReceiptRecord`. */
export const receiptColumns = `
  channel, step, operation, operation_at AS "operationAt", request_id AS "requestId",
  correlation_id AS "correlationId", stripped, received_at AS "receivedAt", result`;

/** Oldest first. Of receipts that came in the same group, the proof comes before those that only accompany it. */
export const inOrderOfReceipt = `received_at, replays, CASE result WHEN 'confirmed' THEN 0 ELSE 1 END, step, operation`;

/** The row in the shape of the port. */
export function receiptRecord(row: ReceiptRow): ReceiptRecord {
  return { ...row, stripped: row.stripped === 1 };
}
