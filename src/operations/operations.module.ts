import { type DynamicModule, Module } from '@nestjs/common';
import type { Logger } from 'pino';
import type { EndBell } from '../outbox/end-bell.js';
import { HealthController } from './health/health.controller.js';
import { Readiness } from './health/readiness.js';
import { JOURNALS, journalProviders } from './journal-providers.js';
import { Lifecycle } from './lifecycle.js';
import { GatewayMetrics } from './metrics/gateway-metrics.js';
import { MetricsController } from './metrics/metrics.controller.js';
import { type MetricsAddress, MetricsListener } from './metrics-listener.js';

export interface OperationsOptions {
  readonly logger: Logger;
  readonly metrics: MetricsAddress;
  readonly endBell: EndBell;
}

/**
 * Probes, metrics, and the journals the other features write to. Global, because those ask for their journals without
 * knowing who keeps them. Needs `Outbox`, `GateStore` and `Clock` from a global module.
 */
@Module({})
export class OperationsModule {
  static with({ logger, metrics: address, endBell }: OperationsOptions): DynamicModule {
    return {
      module: OperationsModule,
      global: true,
      controllers: [HealthController, MetricsController],
      providers: [
        Lifecycle,
        Readiness,
        GatewayMetrics,
        ...journalProviders(logger, endBell),
        {
          provide: MetricsListener,
          inject: [GatewayMetrics, Readiness],
          useFactory: (metrics: GatewayMetrics, readiness: Readiness) =>
            new MetricsListener(metrics, readiness, address),
        },
      ],
      exports: [Lifecycle, GatewayMetrics, MetricsListener, ...JOURNALS],
    };
  }
}
