import { Counter, type Registry } from 'prom-client';

/** What was sent in, counted. */
export class IngestMetrics {
  private readonly acceptedEvents: Counter<'type' | 'result'>;
  private readonly refusedEvents: Counter<'type' | 'reason'>;

  constructor(registry: Registry) {
    this.acceptedEvents = new Counter({
      name: 'gateway_events_accepted_total',
      help: 'Events answered with 202; the result repeated says that the event was known already.',
      labelNames: ['type', 'result'],
      registers: [registry],
    });
    this.refusedEvents = new Counter({
      name: 'gateway_events_refused_total',
      help: 'Events answered with a problem; the reason is the last part of its type (docs/problems.md).',
      labelNames: ['type', 'reason'],
      registers: [registry],
    });
  }

  accepted(type: string, result: 'accepted' | 'repeated'): void {
    this.acceptedEvents.inc({ type, result });
  }

  refused(type: string, reason: string): void {
    this.refusedEvents.inc({ type, reason });
  }
}
