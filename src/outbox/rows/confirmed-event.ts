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

/** The columns of a `ConfirmableEvent`. */
export const confirmableColumns = `
  ${storedColumns}, confirm_by AS "confirmBy", age_starts_at AS "ageStartsAt", overdue`;

/** How many receipts of an event are kept; a first proof is always kept. Further ones cannot be told from repeats. */
export const MOST_KEPT = 50;

/** `OperationCreatedOn` tells whole seconds. */
const SECOND_MS = 1000;

/** Pure: the result of a receipt for its event, given the receipts that are kept of it. */
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
 * Pure: the event after a receipt with this result; the very same object where that changes nothing. A pending one is
 * delivered, for its attempt had come through; a lease under way goes on to its settlement.
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

/** For an operation that was not reported before. */
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
 * before it ran, and a lost lease counts as an attempt. Then the event was raised by another gateway that once had the
 * same store, or the receipt is forged.
 */
function isUnsent({ status, attempts }: ConfirmableEvent): boolean {
  return status === 'pending' && attempts === 0;
}

/**
 * Whether it may have been raised before the event was last replayed. For a delivered event Dataverse's clock is
 * trusted as it is, for a wrong answer loses nothing. A pending one would not be sent any more, so there the answer
 * must hold for any clock that is not further off than clocks may be.
 */
function isOutdated({ replays, status, ageStartsAt }: ConfirmableEvent, { operationAt }: NewReceipt): boolean {
  if (replays === 0) return false;
  if (operationAt === null || operationAt < ageStartsAt - (ageStartsAt % SECOND_MS)) return true;
  return status === 'pending' && operationAt < ageStartsAt + CLOCK_DOUBT_MS;
}
