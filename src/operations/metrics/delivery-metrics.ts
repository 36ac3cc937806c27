import { Counter, Histogram, type Registry } from 'prom-client';
import type { AttemptEntry } from '../../delivery/delivery-journal.js';

/** From the fastest answer over a local network to DELIVERY_TIMEOUT_MS, in seconds. */
const CALL_SECONDS = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 120];

/** From milliseconds, where nothing stands in the way, to the days an outage may last, in seconds. */
const WAY_SECONDS = [
  0.005, 0.01, 0.015, 0.025, 0.06, 0.1, 0.25, 0.5, 1, 5, 15, 60, 300, 900, 3600, 14_400, 86_400, 259_200,
];

/** What delivery did, counted. */
export class DeliveryMetrics {
  private readonly attempts: Counter<'type' | 'application_user' | 'outcome'>;
  private readonly delivered: Counter<'type'>;
  private readonly dead: Counter<'type' | 'reason'>;
  private readonly stale: Counter<'type'>;
  private readonly duration: Histogram<'type'>;
  private readonly way: Histogram<'type'>;

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
    this.duration = new Histogram({
      name: 'gateway_delivery_duration_seconds',
      help: 'How long attempts took, whatever their outcome.',
      labelNames: ['type'],
      buckets: CALL_SECONDS,
      registers,
    });
    this.way = new Histogram({
      name: 'gateway_accept_to_delivered_seconds',
      help: 'From acceptance (or the last replay) to delivery.',
      labelNames: ['type'],
      buckets: WAY_SECONDS,
      registers,
    });
  }

  attempted(entry: AttemptEntry): void {
    const { type, applicationUser, outcome, settlement, result } = entry;
    this.attempts.inc({ type, application_user: applicationUser, outcome });
    // A lease found lost counts as an attempt, but nobody knows how long its call took.
    if (applicationUser !== 'unknown') this.duration.observe({ type }, entry.durationMs / 1000);
    if (result === 'stale' || result === 'proved') this.stale.inc({ type });
    // A settlement that came too late changed nothing; only a late 2xx did.
    if (result === 'stale') return;
    if (settlement === 'dead') this.dead.inc({ type, reason: entry.reason ?? outcome });
    if (settlement !== 'delivered') return;
    this.delivered.inc({ type });
    this.way.observe({ type }, entry.ageMs / 1000);
  }

  /** A pending event was delivered by its receipt; of its attempts, none told so. */
  deliveredByReceipt(type: string): void {
    this.delivered.inc({ type });
  }
}
