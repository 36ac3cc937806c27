import type { OnApplicationShutdown } from '@nestjs/common';
import type { Logger } from 'pino';
import type { Timers } from '../kernel/timers.js';
import type { EndBell } from '../outbox/end-bell.js';
import type { ReceiptChannel } from '../outbox/receipt.js';
import type { OverdueCount } from '../outbox/receipt-store.js';
import { ReceiptsJournal, type RefusedArrival, type TakenReceipt } from '../receipts/receipts-journal.js';
import type { GatewayMetrics } from './metrics/gateway-metrics.js';
import { RefusalLines } from './refusal-lines.js';

/** A message's name has at most 128 characters in Dataverse; a longer one does not come from Dataverse. */
const NAME_LENGTH = 128;

/** Where the reports about receipts go. */
export interface ReceiptsRecordParts {
  readonly logger: Logger;
  readonly metrics: GatewayMetrics;
  readonly timers: Timers;
  readonly endBell: EndBell;
}

/**
 * Records what receipts report: a line per confirmed event and per duplicate, and the metrics. Tells those who wait for
 * an event of its end.
 */
export class ReceiptsRecord extends ReceiptsJournal implements OnApplicationShutdown {
  private readonly refusals: RefusalLines;

  constructor(private readonly parts: ReceiptsRecordParts) {
    super();
    this.refusals = new RefusalLines(parts.logger, parts.timers);
  }

  onApplicationShutdown(): void {
    this.refusals.close();
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

  override refused(refusal: RefusedArrival): void {
    this.parts.metrics.receipts.refused(refusal.reason);
    this.refusals.add(refusal);
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
