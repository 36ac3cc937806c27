import { Counter, Histogram, type Registry } from 'prom-client';

/** From an idle asynchronous service in Dataverse to one with a backlog, in seconds. */
const CONFIRMATION_SECONDS = [0.01, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 15, 60, 300, 900, 3600, 14_400, 86_400];

/** What Dataverse reported about the events it raised, counted. */
export class ReceiptMetrics {
  private readonly receipts: Counter<'type' | 'channel' | 'result'>;
  private readonly stripped: Counter<'channel'>;
  private readonly refusals: Counter<'reason'>;
  private readonly confirmation: Histogram<'type'>;
  private readonly overdue: Counter<'type'>;

  constructor(registry: Registry) {
    const registers = [registry];
    this.receipts = new Counter({
      name: 'gateway_receipts_total',
      help: 'Receipts taken, by what they came to (docs/receipts.md); of foreign ones the type is empty.',
      labelNames: ['type', 'channel', 'result'],
      registers,
    });
    this.stripped = new Counter({
      name: 'gateway_receipts_stripped_total',
      help: 'Receipts whose content Dataverse had removed for its size: subscribers got no data either.',
      labelNames: ['channel'],
      registers,
    });
    this.refusals = new Counter({
      name: 'gateway_receipt_refusals_total',
      help: 'What came as a receipt and was not taken, by reason (docs/receipts.md).',
      labelNames: ['reason'],
      registers,
    });
    this.confirmation = new Histogram({
      name: 'gateway_confirmation_seconds',
      help: 'From delivered to confirmed; 0 where the receipt was faster than the record of the delivery.',
      labelNames: ['type'],
      buckets: CONFIRMATION_SECONDS,
      registers,
    });
    this.overdue = new Counter({
      name: 'gateway_events_overdue_total',
      help: 'Delivered events that became overdue: no receipt came in time. One may still come.',
      labelNames: ['type'],
      registers,
    });
  }

  taken(labels: { readonly type: string; readonly channel: string; readonly result: string }): void {
    this.receipts.inc(labels);
  }

  cameStripped(channel: string): void {
    this.stripped.inc({ channel });
  }

  refused(reason: string): void {
    this.refusals.inc({ reason });
  }

  becameOverdue(type: string, count: number): void {
    this.overdue.inc({ type }, count);
  }

  confirmed(type: string, waitedMs: number): void {
    this.confirmation.observe({ type }, waitedMs / 1000);
  }
}
