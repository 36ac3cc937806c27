import { toRfc3339 } from '../../kernel/clock.js';
import type { ReceiptRecord } from '../../outbox/receipt.js';
import type { AttemptRecord } from '../../outbox/settlement.js';

/** The headings of the columns. */
export const TIMELINE_HEADINGS = [
  '#',
  'AT',
  'OUTCOME',
  'TOOK',
  'STATUS',
  'CODE',
  'NEXT',
  'SENT BY',
  'REQUEST ID',
  'DETAIL',
];

/**
 * A row for each attempt, which has a number, and for each receipt, which has none; oldest first. Of an attempt they name
 * the application user, and the id under which Dataverse's support finds the request.
 */
export function timelineRows(
  attempts: readonly AttemptRecord[],
  receipts: readonly ReceiptRecord[],
): readonly (readonly string[])[] {
  const lines = [
    ...attempts.map((attempt) => ({ at: attempt.startedAt, row: attemptRow(attempt) })),
    ...receipts.map((receipt) => ({ at: receipt.receivedAt, row: receiptRow(receipt) })),
  ];
  // Stable: an attempt stands before the receipt of the same millisecond.
  return lines.sort((one, other) => one.at - other.at).map(({ row }) => row);
}

function attemptRow(attempt: AttemptRecord): readonly string[] {
  return [
    String(attempt.number),
    toRfc3339(attempt.startedAt),
    attempt.counted ? attempt.outcome : `${attempt.outcome} (given back)`,
    `${attempt.durationMs} ms`,
    attempt.httpStatus === null ? '' : String(attempt.httpStatus),
    attempt.errorCode ?? '',
    attempt.nextAttemptAt === null ? '' : toRfc3339(attempt.nextAttemptAt),
    attempt.applicationUser,
    attempt.serviceRequestId ?? '',
    attempt.detail ?? '',
  ];
}

function receiptRow({ receivedAt, result, channel, step, operation, operationAt, stripped }: ReceiptRecord) {
  const raised = operationAt === null ? '' : ` of ${toRfc3339(operationAt)}`;
  const without = stripped ? ', without its content' : '';
  const detail = `by ${channel}: step ${step}, operation ${operation}${raised}${without}`;
  return ['', toRfc3339(receivedAt), `receipt: ${result}`, '', '', '', '', '', '', detail];
}
