import { Gauge, type Registry } from 'prom-client';
import type { VerificationEntry } from '../../delivery/delivery-journal.js';

const STATUSES = Object.keys({
  verified: true,
  drifted: true,
  'not-verified': true,
} satisfies Record<VerificationEntry['verification']['status'], true>);

/** Whether the deployed custom API of each event type fits its definition, as this process saw it last. */
export class VerificationMetrics {
  private readonly status: Gauge<'type' | 'status'>;
  private readonly lookedAt: Gauge<'type'>;

  constructor(registry: Registry) {
    this.status = new Gauge({
      name: 'gateway_event_type_verification',
      help: 'Whether the custom API of an event type fits its definition, by status: one of them is 1.',
      labelNames: ['type', 'status'],
      registers: [registry],
    });
    this.lookedAt = new Gauge({
      name: 'gateway_event_type_verification_timestamp_seconds',
      help: 'When that was found out, or tried in vain; Unix time.',
      labelNames: ['type'],
      registers: [registry],
    });
  }

  verified({ type, verification: { status, at } }: VerificationEntry): void {
    for (const one of STATUSES) this.status.set({ type, status: one }, one === status ? 1 : 0);
    if (at !== null) this.lookedAt.set({ type }, at / 1000);
  }
}
