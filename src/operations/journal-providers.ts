import type { Provider } from '@nestjs/common';
import type { Logger } from 'pino';
import { AccessJournal } from '../access/access-journal.js';
import { DeliveryJournal } from '../delivery/delivery-journal.js';
import { IngestJournal } from '../ingest/ingest-journal.js';
import { Clock } from '../kernel/clock.js';
import { SystemTimers } from '../kernel/timers.js';
import type { EndBell } from '../outbox/end-bell.js';
import { ReceiptsJournal } from '../receipts/receipts-journal.js';
import { ListenerJournal } from '../receipts/service-bus/listener-journal.js';
import { AccessRecord } from './access-record.js';
import { DeliveryRecord } from './delivery-record.js';
import { IngestRecord } from './ingest-record.js';
import { ListenerRecord } from './listener-record.js';
import { GatewayMetrics } from './metrics/gateway-metrics.js';
import { ReceiptsRecord } from './receipts-record.js';

/** The journals that the other features write to, by the ports under which those ask for them. */
export const JOURNALS = [AccessJournal, IngestJournal, DeliveryJournal, ReceiptsJournal, ListenerJournal];

/** Keeps each journal as lines of the log and as metrics; `endBell` is rung for every event that ended. */
export function journalProviders(logger: Logger, endBell: EndBell): Provider[] {
  return [
    { provide: IngestJournal, useClass: IngestRecord },
    {
      provide: AccessJournal,
      inject: [GatewayMetrics],
      useFactory: (metrics: GatewayMetrics) => new AccessRecord(logger, metrics),
    },
    {
      provide: DeliveryJournal,
      inject: [GatewayMetrics, Clock],
      useFactory: (metrics: GatewayMetrics, clock: Clock) => new DeliveryRecord({ logger, metrics, clock, endBell }),
    },
    {
      provide: ReceiptsJournal,
      inject: [GatewayMetrics],
      useFactory: (metrics: GatewayMetrics) =>
        new ReceiptsRecord({ logger, metrics, timers: new SystemTimers(), endBell }),
    },
    {
      provide: ListenerJournal,
      inject: [GatewayMetrics, Clock],
      useFactory: (metrics: GatewayMetrics, clock: Clock) => new ListenerRecord(logger, metrics, clock),
    },
  ];
}
