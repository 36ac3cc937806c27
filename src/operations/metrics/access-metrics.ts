import { Counter, Gauge, type Registry } from 'prom-client';

/** Which requests were refused for their sender, and whether the issuer of tokens can be reached. */
export class AccessMetrics {
  private readonly refusedRequests: Counter<'reason'>;
  private readonly issuerUp: Gauge;
  private readonly issuerFailures: Counter;

  constructor(registry: Registry) {
    this.refusedRequests = new Counter({
      name: 'gateway_access_refused_total',
      help: 'Requests refused for who sent them: missing, invalid and slowed credentials, missing rights, rates.',
      labelNames: ['reason'],
      registers: [registry],
    });
    this.issuerUp = new Gauge({
      name: 'gateway_oidc_issuer_up',
      help: 'Whether the newest fetch of the signing keys succeeded; stays 0 where no issuer is set.',
      registers: [registry],
    });
    this.issuerFailures = new Counter({
      name: 'gateway_oidc_issuer_failures_total',
      help: 'Fetches of the signing keys that failed; the last good ones go on.',
      registers: [registry],
    });
  }

  refused(reason: string): void {
    this.refusedRequests.inc({ reason });
  }

  issuerAnswered(): void {
    this.issuerUp.set(1);
  }

  issuerFailed(): void {
    this.issuerUp.set(0);
    this.issuerFailures.inc();
  }
}
