import { type ConfirmResult, isKept, type NewReceipt, UNKNOWN_RECEIPT } from '../../receipt.js';
import {
  type ConfirmableEvent,
  confirmableColumns,
  confirmed,
  endedBy,
  judgeReceipt,
  waitedMs,
} from '../../rows/confirmed-event.js';
import type { KeptReceipt } from '../../rows/receipt-row.js';
import { endLease } from '../end-lease.js';
import type { Session } from '../session.js';

const SELECT = `SELECT ${confirmableColumns} FROM event WHERE id = ? AND type = ?`;

const SELECT_KEPT = 'SELECT step, operation, result, replays FROM receipt WHERE event_sequence = ?';

const INSERT = `
INSERT INTO receipt (
  event_sequence, step, operation, channel, operation_at, received_at, request_id, correlation_id, stripped, replays,
  result
) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`;

const NOTE = 'UPDATE event SET confirmed_at = ?, confirm_by = NULL, overdue = 0 WHERE sequence = ?';

/** Takes receipts, in their order: keeps them, and changes their events accordingly. */
export function confirm(session: Session, receipts: readonly NewReceipt[]): readonly ConfirmResult[] {
  return receipts.map((receipt) => confirmOne(session, receipt));
}

function confirmOne(session: Session, receipt: NewReceipt): ConfirmResult {
  const event = findMeant(session, receipt);
  if (event === null) return UNKNOWN_RECEIPT;
  const kept = session.rows<KeptReceipt>(SELECT_KEPT, event.sequence);
  const result = judgeReceipt(event, kept, receipt);
  if (result === 'unknown') return UNKNOWN_RECEIPT;
  if (isKept(result)) insert(session, event, { ...receipt, result });
  const after = confirmed(event, result, session.now);
  if (after !== event) write(session, event, after);
  const { id } = event;
  return { result, eventId: id, waitedMs: waitedMs(event, result, session.now), ended: endedBy(event, after) };
}

function findMeant(session: Session, { eventIds, type }: NewReceipt): ConfirmableEvent | null {
  for (const id of eventIds) {
    const event = session.row<ConfirmableEvent>(SELECT, id, type);
    if (event !== null) return event;
  }
  return null;
}

function insert(
  session: Session,
  { sequence, replays }: ConfirmableEvent,
  receipt: NewReceipt & Pick<KeptReceipt, 'result'>,
): void {
  session.change(
    INSERT,
    sequence,
    receipt.step,
    receipt.operation,
    receipt.channel,
    receipt.operationAt,
    session.now,
    receipt.requestId,
    receipt.correlationId,
    receipt.stripped ? 1 : 0,
    replays,
    receipt.result,
  );
}

function write(session: Session, before: ConfirmableEvent, after: ConfirmableEvent): void {
  session.change(NOTE, after.confirmedAt, after.sequence);
  if (before.overdue === 1) session.tally.left(before.type, 'overdue');
  if (before.status !== after.status) endLease(session, before, after);
}
