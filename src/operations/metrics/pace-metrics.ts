import { Gauge, type Registry } from 'prom-client';
import type { PaceReading } from '../../delivery/delivery-journal.js';

type ByUser = Gauge<'application_user'>;

/**
 * The pace of each application user, and what Dataverse last said about it; nothing for a user that has not called yet.
 */
export class PaceMetrics {
  private readonly limit: ByUser;
  private readonly callsPerSecond: ByUser;
  private readonly batchSize: ByUser;
  private readonly recommended: ByUser;
  private readonly remainingRequests: ByUser;
  private readonly remainingSeconds: ByUser;

  constructor(registry: Registry) {
    const gauge = (name: string, help: string): ByUser =>
      new Gauge({ name, help, labelNames: ['application_user'], registers: [registry] });
    this.limit = gauge('gateway_delivery_pace', 'Calls that may be under way at once.');
    this.callsPerSecond = gauge(
      'gateway_delivery_pace_calls_per_second',
      'Calls that may begin per second, as learnt from throttles; missing before the first.',
    );
    this.batchSize = gauge('gateway_delivery_batch_size', 'Events that one call may carry.');
    this.recommended = gauge('gateway_dataverse_recommended_parallelism', 'x-ms-dop-hint, as last told.');
    this.remainingRequests = gauge(
      'gateway_dataverse_remaining_requests',
      'x-ms-ratelimit-burst-remaining-xrm-requests of the web server that answered last; for the eye only.',
    );
    this.remainingSeconds = gauge(
      'gateway_dataverse_remaining_seconds',
      'x-ms-ratelimit-time-remaining-xrm-requests of the web server that answered last; for the eye only.',
    );
  }

  paced(applicationUser: string, { limit, callsPerSecond, batchSize, hints }: PaceReading): void {
    const show = (gauge: ByUser, value: number | null | undefined) => {
      if (typeof value === 'number') gauge.set({ application_user: applicationUser }, value);
    };
    show(this.limit, limit);
    show(this.callsPerSecond, callsPerSecond);
    show(this.batchSize, batchSize);
    show(this.recommended, hints?.parallelism);
    show(this.remainingRequests, hints?.remainingRequests);
    const remainingTimeMs = hints?.remainingTimeMs ?? null;
    show(this.remainingSeconds, remainingTimeMs === null ? null : remainingTimeMs / 1000);
  }
}
