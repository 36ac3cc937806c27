import { Gauge, type Registry } from 'prom-client';
import type { EpochMs } from '../../kernel/clock.js';
import type { OutboxGauges } from '../../outbox/outbox.js';

/** What waits in the outbox, as the store itself counts it: the same from whichever replica it is scraped. */
export class OutboxMetrics {
  private readonly events: Gauge<'type' | 'status'>;
  private readonly oldest: Gauge;

  constructor(registry: Registry) {
    this.events = new Gauge({
      name: 'gateway_outbox_events',
      help: 'Events in the store, by type and status.',
      labelNames: ['type', 'status'],
      registers: [registry],
    });
    this.oldest = new Gauge({
      name: 'gateway_outbox_oldest_pending_age_seconds',
      help: 'Since when the oldest event that is pending or delivering was accepted; 0 when there is none.',
      registers: [registry],
    });
  }

  show(gauges: OutboxGauges, now: EpochMs): void {
    this.events.reset();
    for (const { type, status, count } of gauges.counts) this.events.set({ type, status }, count);
    const { oldestPendingAt } = gauges;
    this.oldest.set(oldestPendingAt === null ? 0 : Math.max(0, now - oldestPendingAt) / 1000);
  }

  /** A figure from before the store was lost would look like peace. */
  forget(): void {
    this.events.reset();
    this.oldest.remove();
  }
}
