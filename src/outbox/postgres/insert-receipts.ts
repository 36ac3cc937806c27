import type { NewReceipt } from '../receipt.js';
import type { KeptReceipt } from '../rows/receipt-row.js';
import type { Session } from './session.js';

const INSERT = `
INSERT INTO receipt (
  event_sequence, step, operation, channel, operation_at, received_at, request_id, correlation_id, stripped, replays,
  result
)
SELECT event_sequence, step, operation, channel, operation_at, $11, request_id, correlation_id, stripped, replays, result
FROM unnest(
  $1::bigint[], $2::text[], $3::text[], $4::text[], $5::bigint[], $6::text[], $7::text[], $8::int[], $9::int[], $10::text[]
) AS given (
  event_sequence, step, operation, channel, operation_at, request_id, correlation_id, stripped, replays, result
)`;

/** A receipt to be kept, of the event with this sequence. */
export type ReceiptLine = Omit<NewReceipt, 'eventIds' | 'type'> & KeptReceipt & { readonly sequence: number };

/** Keeps receipts. The events' rows are locked, so nobody else keeps the same ones. */
export async function insertReceipts(session: Session, lines: readonly ReceiptLine[]): Promise<void> {
  if (lines.length === 0) return;
  await session.change(
    INSERT,
    lines.map(({ sequence }) => sequence),
    lines.map(({ step }) => step),
    lines.map(({ operation }) => operation),
    lines.map(({ channel }) => channel),
    lines.map(({ operationAt }) => operationAt),
    lines.map(({ requestId }) => requestId),
    lines.map(({ correlationId }) => correlationId),
    lines.map(({ stripped }) => (stripped ? 1 : 0)),
    lines.map(({ replays }) => replays),
    lines.map(({ result }) => result),
    session.now,
  );
}
