import { Counter, type Registry } from 'prom-client';
import type { AttemptEntry } from '../../delivery/delivery-journal.js';
import { DeliveryTimes } from './delivery-times.js';

/** What delivery did, counted. */
export class DeliveryMetrics {
  private readonly attempts: Counter<'type' | 'application_user' | 'outcome'>;
  private readonly delivered: Counter<'type'>;
  private readonly dead: Counter<'type' | 'reason'>;
  private readonly stale: Counter<'type'>;
  private readonly times: DeliveryTimes;

  constructor(registry: Registry) {
    const registers = [registry];
    this.attempts = new Counter({
      name: 'gateway_delivery_attempts_total',
      help: 'Attempts to deliver, by outcome (docs/outcomes.md), attempts given back included.',
      labelNames: ['type', 'application_user', 'outcome'],
      registers,
    });
    this.delivered = new Counter({
      name: 'gateway_events_delivered_total',
      help: 'Events that Dataverse took, as its answer or a receipt told.',
      labelNames: ['type'],
      registers,
    });
    this.dead = new Counter({
      name: 'gateway_events_dead_total',
      help: 'Events given up, by reason.',
      labelNames: ['type', 'reason'],
      registers,
    });
    this.stale = new Counter({
      name: 'gateway_stale_settlements_total',
      help: 'Attempts whose lease was gone before they could be recorded: the event may have been sent twice.',
      labelNames: ['type'],
      registers,
    });
    this.times = new DeliveryTimes(registry);
  }

  attempted(entry: AttemptEntry): void {
    const { type, applicationUser, outcome, settlement, result } = entry;
    this.attempts.inc({ type, application_user: applicationUser, outcome });
    // A lost lease counts as an attempt, but nobody knows how long its call took.
    if (applicationUser !== 'unknown') this.times.attempted(type, entry.durationMs);
    if (result === 'stale' || result === 'proved') this.stale.inc({ type });
    // A settlement that came too late changed nothing, unless it was a 2xx.
    if (result === 'stale') return;
    if (settlement === 'dead') this.dead.inc({ type, reason: entry.reason ?? outcome });
    if (settlement !== 'delivered') return;
    this.delivered.inc({ type });
    this.times.delivered(type, entry.ageMs);
  }

  /** A pending event was delivered by its receipt; none of its attempts reported a delivery. */
  deliveredByReceipt(type: string): void {
    this.delivered.inc({ type });
  }
}
