import { Gauge, type Registry } from 'prom-client';
import type { EpochMs } from '../../kernel/clock.js';
import type { OutboxGauges } from '../../outbox/outbox.js';

/**
 * What is in the outbox, as the store itself counts it: every replica reports the same. Every event ever accepted is in
 * exactly one figure: a status, or removed.
 */
export class OutboxMetrics {
  private readonly events: Gauge<'type' | 'status'>;
  private readonly removed: Gauge<'type'>;
  private readonly blocking: Gauge<'type'>;
  private readonly overdue: Gauge<'type'>;
  private readonly oldest: Gauge;

  constructor(registry: Registry) {
    this.events = new Gauge({
      name: 'gateway_outbox_events',
      help: 'Events in the store, by type and status.',
      labelNames: ['type', 'status'],
      registers: [registry],
    });
    this.removed = new Gauge({
      name: 'gateway_outbox_removed',
      help: 'Events that retention has removed since the store was made, by type.',
      labelNames: ['type'],
      registers: [registry],
    });
    this.blocking = new Gauge({
      name: 'gateway_outbox_blocking',
      help: 'Dead events that hold back those behind them in their ordering key, by type.',
      labelNames: ['type'],
      registers: [registry],
    });
    this.overdue = new Gauge({
      name: 'gateway_events_overdue',
      help: 'Delivered events whose receipt has not come in time, by type.',
      labelNames: ['type'],
      registers: [registry],
    });
    this.oldest = new Gauge({
      name: 'gateway_outbox_oldest_pending_age_seconds',
      help: 'Since when the oldest event that is pending or delivering was accepted; 0 when there is none.',
      registers: [registry],
    });
  }

  show(gauges: OutboxGauges, now: EpochMs): void {
    this.resetCounts();
    for (const { type, status, count } of gauges.counts) this.events.set({ type, status }, count);
    for (const { type, count } of gauges.removed) this.removed.set({ type }, count);
    for (const { type, count } of gauges.blocking) this.blocking.set({ type }, count);
    for (const { type, count } of gauges.overdue) this.overdue.set({ type }, count);
    const { oldestPendingAt } = gauges;
    this.oldest.set(oldestPendingAt === null ? 0 : Math.max(0, now - oldestPendingAt) / 1000);
  }

  /** Figures from before the store was lost would look as if all were well. */
  forget(): void {
    this.resetCounts();
    this.oldest.remove();
  }

  private resetCounts(): void {
    for (const gauge of [this.events, this.removed, this.blocking, this.overdue]) gauge.reset();
  }
}
