import type { EpochMs } from '../../../src/kernel/clock.js';
import type { NewReceipt, ReceiptResult } from '../../../src/outbox/receipt.js';
import { CLOCK_DOUBT_MS } from '../../../src/outbox/rows/stored-event.js';
import type { ModelEvent } from './outbox-model.js';

/** A receipt as the model keeps it. */
export interface ModelReceipt extends Pick<NewReceipt, 'step' | 'operation'> {
  readonly result: ReceiptResult;
  /** Whether it was surely raised after the last replay before it came. */
  readonly isSure: boolean;
  /** Whether the event was replayed after it came. */
  isPast: boolean;
}

/** What a receipt comes to, and what it does to its event. */
export function takeReceipt(event: ModelEvent, receipt: NewReceipt, now: EpochMs): ReceiptResult {
  const { step, operation, operationAt } = receipt;
  if (event.receipts.some((known) => known.step === step && known.operation === operation)) return 'repeated';
  const replayedAt = event.replayedAt ?? Number.NEGATIVE_INFINITY;
  const isSure = event.replayedAt === null || (operationAt ?? 0) >= replayedAt + CLOCK_DOUBT_MS;
  const result = isOutdated() ? 'outdated' : judged();
  // No call of it can have run: it is still sent, whoever raised it.
  if (result === 'unknown') return result;
  event.receipts.push({ step, operation, result, isSure, isPast: false });
  if (result === 'outdated') return result;
  event.confirmedAt ??= now;
  event.confirmBy = null;
  event.isOverdue = false;
  if (event.status === 'pending') Object.assign(event, { status: 'delivered', endedAt: now });
  return result;

  function isOutdated(): boolean {
    if (isSure) return false;
    return (
      event.status === 'pending' ||
      operationAt === null ||
      Math.floor(operationAt / 1000) < Math.floor(replayedAt / 1000)
    );
  }

  function judged(): ReceiptResult {
    if (event.status === 'pending' && event.attempts === 0) return 'unknown';
    const since = event.receipts.filter((known) => !known.isPast && known.result !== 'outdated');
    if (since.some((known) => known.step === step)) return 'duplicate';
    return event.confirmedAt === null ? 'confirmed' : 'accompanying';
  }
}

/** Whether a receipt says beyond doubt that the event was raised since its last replay. */
export function isProven({ receipts }: ModelEvent): boolean {
  return receipts.some(({ isPast, isSure, result }) => !isPast && isSure && result !== 'outdated');
}
