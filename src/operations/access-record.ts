import type { Logger } from 'pino';
import { AccessJournal, type AccessRefusal } from '../access/access-journal.js';
import type { GatewayMetrics } from './metrics/gateway-metrics.js';

/** Counts who was refused, and logs when the issuer of tokens goes and comes back. */
export class AccessRecord extends AccessJournal {
  private issuer: 'up' | 'away' | 'not asked yet' = 'not asked yet';

  constructor(
    private readonly logger: Logger,
    private readonly metrics: GatewayMetrics,
  ) {
    super();
  }

  /** No line each: somebody who tries ten thousand keys must not fill the disk. */
  override refused(reason: AccessRefusal): void {
    this.metrics.access.refused(reason);
  }

  override issuerAnswered(keys: number): void {
    this.metrics.access.issuerAnswered();
    if (this.issuer !== 'up') this.logger.info({ keys }, 'oidc.issuer-up');
    this.issuer = 'up';
  }

  override issuerFailed(reason: string): void {
    this.metrics.access.issuerFailed();
    if (this.issuer !== 'away') this.logger.error({ reason }, 'oidc.issuer-away');
    this.issuer = 'away';
  }
}
