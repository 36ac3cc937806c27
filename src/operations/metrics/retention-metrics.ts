import { Counter, type Registry } from 'prom-client';

/** What retention did in this process. */
export class RetentionMetrics {
  private readonly removedEvents: Counter;
  private readonly clearedEvents: Counter;

  constructor(registry: Registry) {
    this.removedEvents = new Counter({
      name: 'gateway_retention_removed_total',
      help: 'Delivered and cancelled events removed for their age (RETENTION_DAYS).',
      registers: [registry],
    });
    this.clearedEvents = new Counter({
      name: 'gateway_retention_cleared_total',
      help: 'Delivered and cancelled events whose content was cleared for its age (PAYLOAD_RETENTION_DAYS).',
      registers: [registry],
    });
  }

  readonly removed = (events: number): void => this.removedEvents.inc(events);

  readonly cleared = (events: number): void => this.clearedEvents.inc(events);
}
