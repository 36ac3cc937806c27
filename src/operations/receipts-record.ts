import type { Logger } from 'pino';
import type { Clock, EpochMs } from '../kernel/clock.js';
import type { EndBell } from '../outbox/end-bell.js';
import type { ReceiptChannel } from '../outbox/receipt.js';
import type { OverdueCount } from '../outbox/receipt-store.js';
import { type ReceiptRefusal, ReceiptsJournal, type TakenReceipt } from '../receipts/receipts-journal.js';
import type { GatewayMetrics } from './metrics/gateway-metrics.js';

/** Somebody who tries ten thousand secrets must not fill the disk. */
const REFUSED_EVERY_MS = 60_000;
/** A message's name has at most 128 characters in Dataverse; a longer one does not come from Dataverse. */
const NAME_LENGTH = 128;

/** Where the reports about receipts go. */
export interface ReceiptsRecordParts {
  readonly logger: Logger;
  readonly metrics: GatewayMetrics;
  readonly clock: Clock;
  readonly endBell: EndBell;
}

/**
 * Records what receipts report: a line per confirmed event and per duplicate, and the metrics. Tells those who wait for
 * an event of its end.
 */
export class ReceiptsRecord extends ReceiptsJournal {
  private readonly refusals = new Map<ReceiptRefusal, { loggedAt: EpochMs; since: number }>();

  constructor(private readonly parts: ReceiptsRecordParts) {
    super();
  }

  override taken({ receipt, result, eventId, waitedMs, ended }: TakenReceipt): void {
    const { logger, metrics, endBell } = this.parts;
    const { type, channel, step, operation, stripped } = receipt;
    metrics.receipts.taken({ type, channel, result });
    if (stripped && result !== 'repeated') {
      metrics.receipts.cameStripped(channel);
      logger.warn({ type, eventId, channel, step, operation }, 'receipt.stripped');
    }
    if (ended && eventId !== null) {
      metrics.delivery.deliveredByReceipt(type);
      endBell.ended(eventId);
    }
    if (result === 'confirmed') {
      if (waitedMs !== null) metrics.receipts.confirmed(type, waitedMs);
      logger.info({ type, eventId, waitedMs, channel }, 'receipt.confirmed');
    }
    if (result === 'duplicate') logger.warn({ type, eventId, step, operation, channel }, 'receipt.duplicate');
  }

  override foreign(message: string, channel: ReceiptChannel): void {
    this.parts.metrics.receipts.taken({ type: '', channel, result: 'foreign' });
    this.parts.logger.debug({ message: message.slice(0, NAME_LENGTH), channel }, 'receipt.foreign');
  }

  override refused(reason: ReceiptRefusal): void {
    const { clock, logger, metrics } = this.parts;
    metrics.receipts.refused(reason);
    const now = clock.now();
    const before = this.refusals.get(reason) ?? { loggedAt: Number.NEGATIVE_INFINITY, since: 0 };
    before.since += 1;
    this.refusals.set(reason, before);
    if (now - before.loggedAt < REFUSED_EVERY_MS) return;
    logger.warn({ reason, count: before.since }, 'receipt.refused');
    this.refusals.set(reason, { loggedAt: now, since: 0 });
  }

  override foundOverdue(counts: readonly OverdueCount[]): void {
    const { logger, metrics } = this.parts;
    for (const { type, count } of counts) {
      metrics.receipts.becameOverdue(type, count);
      logger.warn({ type, count }, 'receipt.overdue');
    }
  }

  override overdueFailed(err: unknown): void {
    this.parts.logger.warn({ err }, 'receipt.overdue-failed');
  }
}
