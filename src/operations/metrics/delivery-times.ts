import { Histogram, type Registry } from 'prom-client';

/** From the fastest answer over a local network to DELIVERY_TIMEOUT_MS, in seconds. */
const CALL_SECONDS = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 120];

/** From milliseconds, where nothing delays an event, to the days an outage may last, in seconds. */
const WAY_SECONDS = [
  0.005, 0.01, 0.015, 0.025, 0.06, 0.1, 0.25, 0.5, 1, 5, 15, 60, 300, 900, 3600, 14_400, 86_400, 259_200,
];

/** How long delivery took: a single attempt, and an event's whole way. */
export class DeliveryTimes {
  private readonly durations: Histogram<'type'>;
  private readonly ways: Histogram<'type'>;

  constructor(registry: Registry) {
    this.durations = new Histogram({
      name: 'gateway_delivery_duration_seconds',
      help: 'How long attempts took, whatever their outcome.',
      labelNames: ['type'],
      buckets: CALL_SECONDS,
      registers: [registry],
    });
    this.ways = new Histogram({
      name: 'gateway_accept_to_delivered_seconds',
      help: 'From acceptance (or the last replay) to delivery.',
      labelNames: ['type'],
      buckets: WAY_SECONDS,
      registers: [registry],
    });
  }

  attempted(type: string, durationMs: number): void {
    this.durations.observe({ type }, durationMs / 1000);
  }

  /** `ageMs` is the time since acceptance, or since the last replay. */
  delivered(type: string, ageMs: number): void {
    this.ways.observe({ type }, ageMs / 1000);
  }
}
