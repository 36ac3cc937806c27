import { type DynamicModule, Module } from '@nestjs/common';
import type { EventCatalog } from '../contract/event-catalog.js';
import { Verifications } from '../contract/verification.js';
import { Timers } from '../kernel/timers.js';
import { AcceptanceGate } from './acceptance-gate.js';
import { batchControllerFor } from './bulk/batch-controller.js';
import { BatchIntake } from './bulk/batch-intake.js';
import { cloudEventsControllerFor } from './cloudevents/cloud-events-controller.js';
import { EventTypeDirectory } from './event-type-directory.js';
import { EventTypesController } from './event-types.controller.js';
import { EventsController } from './events.controller.js';
import { IngestService } from './ingest.service.js';
import { ingestControllerFor } from './ingest-controller.js';
import { Intake } from './intake.js';
import { NdjsonStreams } from './ndjson/ndjson-streams.js';
import { RetentionAge } from './retention-age.js';
import { SummaryController } from './summary/summary.controller.js';
import { SummaryTurns } from './summary/summary-turns.js';
import { EventWatch } from './waiting/event-watch.js';

export interface IngestOptions {
  /** The customization prefix that the custom APIs of event types begin with. */
  readonly publisherPrefix: string;
  /** The setting RETENTION_DAYS. */
  readonly retentionDays: number;
  readonly gate: AcceptanceGate;
  readonly watch: EventWatch;
  readonly timers: Timers;
}

/** REST in. Needs `Outbox`, `ReceiptStore`, `Doorbell`, `Verifications` and `IngestJournal` from a global module, and `AccessModule` beside it. */
@Module({})
export class IngestModule {
  static forCatalog(
    catalog: EventCatalog,
    { publisherPrefix, retentionDays, gate, watch, timers }: IngestOptions,
  ): DynamicModule {
    return {
      module: IngestModule,
      controllers: [
        ...catalog.definitions.map(ingestControllerFor),
        ...catalog.definitions.map(batchControllerFor),
        cloudEventsControllerFor(catalog),
        EventTypesController,
        SummaryController,
        EventsController,
      ],
      providers: [
        IngestService,
        BatchIntake,
        NdjsonStreams,
        { provide: Timers, useValue: timers },
        Intake,
        { provide: AcceptanceGate, useValue: gate },
        { provide: EventWatch, useValue: watch },
        { provide: RetentionAge, useValue: new RetentionAge(retentionDays) },
        { provide: SummaryTurns, useValue: new SummaryTurns(timers) },
        {
          provide: EventTypeDirectory,
          inject: [Verifications],
          useFactory: (verifications: Verifications) =>
            new EventTypeDirectory({ catalog, publisherPrefix, verifications }),
        },
      ],
      exports: [AcceptanceGate, EventWatch],
    };
  }
}
