import { type DynamicModule, Module } from '@nestjs/common';
import type { EventCatalog } from '../contract/event-catalog.js';
import { AcceptanceGate } from './acceptance-gate.js';
import { EventTypeDirectory } from './event-type-directory.js';
import { EventTypesController } from './event-types.controller.js';
import { EventsController } from './events.controller.js';
import { IngestService } from './ingest.service.js';
import { ingestControllerFor } from './ingest-controller.js';
import { Intake } from './intake.js';

/** REST in. Needs `Outbox`, `Doorbell` and `IngestJournal` from a global module, and `AccessModule` beside it. */
@Module({})
export class IngestModule {
  /** `publisherPrefix`: the customization prefix that the custom APIs of event types begin with. */
  static forCatalog(catalog: EventCatalog, publisherPrefix: string, gate: AcceptanceGate): DynamicModule {
    return {
      module: IngestModule,
      controllers: [...catalog.definitions.map(ingestControllerFor), EventTypesController, EventsController],
      providers: [
        IngestService,
        Intake,
        { provide: AcceptanceGate, useValue: gate },
        { provide: EventTypeDirectory, useValue: new EventTypeDirectory(catalog, publisherPrefix) },
      ],
      exports: [AcceptanceGate],
    };
  }
}
