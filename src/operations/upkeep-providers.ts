import type { Provider } from '@nestjs/common';
import type { Logger } from 'pino';
import type { AcceptanceGate } from '../ingest/acceptance-gate.js';
import type { Timers } from '../kernel/timers.js';
import type { Store } from '../outbox/store.js';
import { GatewayMetrics } from './metrics/gateway-metrics.js';
import { PressureRecord } from './pressure/pressure-record.js';
import { PressureWatch } from './pressure/pressure-watch.js';
import { Retention, type RetentionPolicy } from './retention/retention.js';

export interface UpkeepOptions {
  readonly store: Pick<Store, 'outbox' | 'housekeeping' | 'clock' | 'freeBytes'>;
  readonly gate: AcceptanceGate;
  readonly retention: RetentionPolicy;
  readonly timers: Timers;
  readonly logger: Logger;
}

/** What runs by itself while the application does: pressure is measured, old events are removed. */
export function upkeepProviders({ store, gate, retention, timers, logger }: UpkeepOptions): Provider[] {
  const elapsed = () => performance.now();
  return [
    {
      provide: PressureWatch,
      inject: [GatewayMetrics],
      useFactory: ({ pressure }: GatewayMetrics) =>
        new PressureWatch({ store, gate, record: new PressureRecord(logger, pressure), timers, elapsed }),
    },
    {
      provide: Retention,
      inject: [GatewayMetrics],
      useFactory: ({ retention: metrics }: GatewayMetrics) => {
        const { housekeeping, clock } = store;
        return new Retention({ housekeeping, policy: retention, clock, timers, metrics, logger, elapsed });
      },
    },
  ];
}
