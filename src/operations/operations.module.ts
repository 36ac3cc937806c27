import { type DynamicModule, Module } from '@nestjs/common';
import type { Logger } from 'pino';
import { AccessJournal } from '../access/access-journal.js';
import { DeliveryJournal } from '../delivery/delivery-journal.js';
import { IngestJournal } from '../ingest/ingest-journal.js';
import { Clock } from '../kernel/clock.js';
import type { EndBell } from '../outbox/end-bell.js';
import { ReceiptsJournal } from '../receipts/receipts-journal.js';
import { ListenerJournal } from '../receipts/service-bus/listener-journal.js';
import { AccessRecord } from './access-record.js';
import { DeliveryRecord } from './delivery-record.js';
import { HealthController } from './health/health.controller.js';
import { Readiness } from './health/readiness.js';
import { IngestRecord } from './ingest-record.js';
import { Lifecycle } from './lifecycle.js';
import { ListenerRecord } from './listener-record.js';
import { GatewayMetrics } from './metrics/gateway-metrics.js';
import { MetricsController } from './metrics/metrics.controller.js';
import { type MetricsAddress, MetricsListener } from './metrics-listener.js';
import { ReceiptsRecord } from './receipts-record.js';

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
        { provide: IngestJournal, useClass: IngestRecord },
        {
          provide: AccessJournal,
          inject: [GatewayMetrics],
          useFactory: (metrics: GatewayMetrics) => new AccessRecord(logger, metrics),
        },
        {
          provide: DeliveryJournal,
          inject: [GatewayMetrics, Clock],
          useFactory: (metrics: GatewayMetrics, clock: Clock) =>
            new DeliveryRecord({ logger, metrics, clock, endBell }),
        },
        {
          provide: ReceiptsJournal,
          inject: [GatewayMetrics, Clock],
          useFactory: (metrics: GatewayMetrics, clock: Clock) =>
            new ReceiptsRecord({ logger, metrics, clock, endBell }),
        },
        {
          provide: ListenerJournal,
          inject: [GatewayMetrics, Clock],
          useFactory: (metrics: GatewayMetrics, clock: Clock) => new ListenerRecord(logger, metrics, clock),
        },
        {
          provide: MetricsListener,
          inject: [GatewayMetrics, Readiness],
          useFactory: (metrics: GatewayMetrics, readiness: Readiness) =>
            new MetricsListener(metrics, readiness, address),
        },
      ],
      exports: [
        Lifecycle,
        GatewayMetrics,
        AccessJournal,
        IngestJournal,
        DeliveryJournal,
        ReceiptsJournal,
        ListenerJournal,
        MetricsListener,
      ],
    };
  }
}
