import type { EpochMs } from '../../kernel/clock.js';
import { isKept, type NewReceipt, type ReceiptResult } from '../receipt.js';
import type { KeptReceipt } from './receipt-row.js';
import { type SettledEvent, settled } from './settled-event.js';
import { CLOCK_DOUBT_MS, type StoredEvent, storedColumns } from './stored-event.js';

/** An event as a receipt finds it. */
export interface ConfirmableEvent extends SettledEvent {
  readonly ageStartsAt: EpochMs;
  readonly overdue: 0 | 1;
}

/** The facts of a `ConfirmableEvent`. */
export const confirmableColumns = `
  ${storedColumns}, confirm_by AS "confirmBy", age_starts_at AS "ageStartsAt", overdue`;

/** So many receipts of an event are kept; a first proof is kept all the same. What comes beyond them cannot be told apart. */
export const MOST_KEPT = 50;

/** `OperationCreatedOn` tells whole seconds. */
const SECOND_MS = 1000;

/** Pure: what a receipt comes to for the event it means, beside those that are kept of it. */
export function judgeReceipt(
  event: ConfirmableEvent,
  kept: readonly KeptReceipt[],
  receipt: NewReceipt,
): ReceiptResult {
  const ofStep = kept.filter(({ step }) => step === receipt.step);
  if (ofStep.some(({ operation }) => operation === receipt.operation)) return 'repeated';
  const result = judgeNew(event, ofStep, receipt);
  return result !== 'confirmed' && kept.length >= MOST_KEPT ? 'repeated' : result;
}

/**
 * Pure: the event once a receipt came to this; the very same object where that changes nothing. A pending one is
 * delivered, for its attempt had come through; a lease that is at work goes on to its settlement.
 */
export function confirmed(event: ConfirmableEvent, result: ReceiptResult, now: EpochMs): ConfirmableEvent {
  if (!isKept(result) || result === 'outdated') return event;
  if (event.confirmedAt !== null && event.status !== 'pending') return event;
  const noted: ConfirmableEvent = { ...event, confirmedAt: event.confirmedAt ?? now, confirmBy: null, overdue: 0 };
  return event.status === 'pending'
    ? { ...noted, ...settled(noted, { kind: 'delivered', counts: event }, now) }
    : noted;
}

/** Pure: whether a receipt that changed `before` to `after` delivered it. */
export function endedBy(before: ConfirmableEvent, after: ConfirmableEvent): boolean {
  return before.status === 'pending' && after.status === 'delivered';
}

/** Pure: from delivered to confirmed; 0 where the receipt came first, null where it is no first proof of a delivery. */
export function waitedMs({ status, deliveredAt }: StoredEvent, result: ReceiptResult, now: EpochMs): number | null {
  if (result !== 'confirmed' || status === 'dead' || status === 'cancelled') return null;
  return deliveredAt === null ? 0 : Math.max(0, now - deliveredAt);
}

/** Of an operation that was not told before. */
function judgeNew(
  event: ConfirmableEvent,
  ofStep: readonly KeptReceipt[],
  receipt: NewReceipt,
): Exclude<ReceiptResult, 'repeated'> {
  if (isOutdated(event, receipt)) return 'outdated';
  if (isUnsent(event)) return 'unknown';
  if (ofStep.some(({ replays, result }) => replays === event.replays && result !== 'outdated')) return 'duplicate';
  return event.confirmedAt === null ? 'confirmed' : 'accompanying';
}

/**
 * Whether no call of it can have run since its acceptance or last replay: an attempt that was given back was refused
 * before it ran, and a lost lease counts as an attempt. What raised it then was another gateway with the same store once,
 * or a forgery.
 */
function isUnsent({ status, attempts }: ConfirmableEvent): boolean {
  return status === 'pending' && attempts === 0;
}

/**
 * Whether it may have been raised before the event was last replayed. Of a delivered one that is asked of Dataverse's
 * clock as it is, for nothing is lost by a wrong answer; a pending one would not be sent any more, so it must be beyond
 * any doubt that its clock leaves.
 */
function isOutdated({ replays, status, ageStartsAt }: ConfirmableEvent, { operationAt }: NewReceipt): boolean {
  if (replays === 0) return false;
  if (operationAt === null || operationAt < ageStartsAt - (ageStartsAt % SECOND_MS)) return true;
  return status === 'pending' && operationAt < ageStartsAt + CLOCK_DOUBT_MS;
}
