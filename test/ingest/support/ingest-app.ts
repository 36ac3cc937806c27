import 'reflect-metadata';
import type { AddressInfo } from 'node:net';
import { type DynamicModule, Global, Module, type Provider } from '@nestjs/common';
import { APP_FILTER, NestFactory } from '@nestjs/core';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { AccessModule } from '../../../src/access/access.module.js';
import { AccessJournal } from '../../../src/access/access-journal.js';
import type { AccessOptions } from '../../../src/access/access-options.js';
import { ClientsService } from '../../../src/access/clients.service.js';
import type { EventCatalog } from '../../../src/contract/event-catalog.js';
import { loadEventCatalog } from '../../../src/contract/load-event-catalog.js';
import { Verifications } from '../../../src/contract/verification.js';
import { LatestVerifications } from '../../../src/delivery/verification/latest-verifications.js';
import type { HttpLimits } from '../../../src/http/http-limits.js';
import { createHttpAdapter, type HttpExposure } from '../../../src/http/http-server.js';
import { ProblemFilter } from '../../../src/http/problem.filter.js';
import { AcceptanceGate } from '../../../src/ingest/acceptance-gate.js';
import { Backlog } from '../../../src/ingest/backlog.js';
import { IngestModule } from '../../../src/ingest/ingest.module.js';
import { IngestJournal } from '../../../src/ingest/ingest-journal.js';
import { EventWatch } from '../../../src/ingest/waiting/event-watch.js';
import { Clock, SystemClock } from '../../../src/kernel/clock.js';
import { SystemTimers, type Timers } from '../../../src/kernel/timers.js';
import { mountDocument } from '../../../src/openapi/mount-document.js';
import { ClientStore } from '../../../src/outbox/client-store.js';
import { Doorbell } from '../../../src/outbox/doorbell.js';
import { openStore } from '../../../src/outbox/open-store.js';
import { Outbox } from '../../../src/outbox/outbox.js';
import { ReceiptStore } from '../../../src/outbox/receipt-store.js';
import type { Store } from '../../../src/outbox/store.js';
import { RecordingAccessJournal } from '../../access/support/recording-access-journal.js';

/** What a test may put in place of the real thing. */
export interface IngestAppOptions {
  readonly catalog?: EventCatalog;
  readonly clock?: Clock;
  readonly limits?: Partial<HttpLimits>;
  readonly tls?: HttpExposure['tls'];
  /** Stands before the real outbox, for failures. */
  readonly outbox?: (real: Outbox) => Outbox;
  readonly clients?: (real: ClientStore) => ClientStore;
  readonly backlogLimit?: number;
  /** Without it API keys alone are taken, and nobody is held to a rate. */
  readonly access?: Partial<AccessOptions>;
  readonly trustedProxies?: HttpExposure['trustedProxies'];
  readonly timers?: Timers;
}

/** The ingest side of the gateway on a real listener and a real SQLite store in memory; delivery is not there. */
export interface IngestApp {
  readonly app: NestFastifyApplication;
  readonly url: string;
  readonly port: number;
  readonly store: Store;
  readonly catalog: EventCatalog;
  readonly clients: ClientsService;
  readonly gate: AcceptanceGate;
  readonly watch: EventWatch;
  readonly verifications: LatestVerifications;
  /** What the journal was told, oldest first. */
  readonly journal: string[];
  /** What access told of itself, oldest first. */
  readonly accessJournal: RecordingAccessJournal;
  /** How often the doorbell rang. */
  readonly rings: () => number;
  readonly close: () => Promise<void>;
}

const INGEST = { publisherPrefix: 'contoso', retentionDays: 30 };

export async function startIngestApp(options: IngestAppOptions = {}): Promise<IngestApp> {
  const clock = options.clock ?? new SystemClock();
  const catalog = options.catalog ?? (await shippedCatalog());
  const store = await openStore({ databaseUrl: 'sqlite::memory:', role: 'owner', clock });
  const gate = new AcceptanceGate(new Backlog(options.backlogLimit ?? 1_000_000));
  const timers = options.timers ?? new SystemTimers();
  const outbox = options.outbox?.(store.outbox) ?? store.outbox;
  const watch = new EventWatch(outbox, timers);
  const verifications = new LatestVerifications();
  const journal: string[] = [];
  const accessJournal = new RecordingAccessJournal();
  const access = AccessModule.with({ oidc: null, clientRate: null, ...options.access });
  const doorbell = { rings: 0, wake: () => void doorbell.rings++ };
  const app = await NestFactory.create<NestFastifyApplication>(
    ingestModule(
      [access, IngestModule.forCatalog(catalog, { ...INGEST, timers, gate, watch })],
      [
        { provide: Outbox, useValue: outbox },
        { provide: ReceiptStore, useValue: store.receipts },
        { provide: ClientStore, useValue: options.clients?.(store.clients) ?? store.clients },
        { provide: AccessJournal, useValue: accessJournal },
        { provide: Verifications, useValue: verifications },
        { provide: Clock, useValue: clock },
        { provide: Doorbell, useValue: doorbell },
        { provide: IngestJournal, useValue: recording(journal) },
      ],
    ),
    createHttpAdapter(options.limits, { tls: options.tls ?? null, trustedProxies: options.trustedProxies ?? false }),
    { logger: false, bodyParser: false, abortOnError: false },
  );
  mountDocument(app, { catalog, version: '0.0.0' });
  await app.listen(0, '127.0.0.1');
  const { port } = app.getHttpServer().address() as AddressInfo;
  return {
    app,
    url: `http://127.0.0.1:${port}`,
    port,
    store,
    catalog,
    clients: app.get(ClientsService, { strict: false }),
    gate,
    watch,
    verifications,
    journal,
    accessJournal,
    rings: () => doorbell.rings,
    close: async () => {
      await app.close();
      await store.close();
    },
  };
}

/** The events that ship. */
export function shippedCatalog(): Promise<EventCatalog> {
  return loadEventCatalog(new URL('../../../src/events/', import.meta.url), 'contoso');
}

function ingestModule(features: DynamicModule[], providers: Provider[]) {
  @Global()
  @Module({
    providers,
    exports: [Outbox, ReceiptStore, AccessJournal, ClientStore, Clock, Verifications, Doorbell, IngestJournal],
  })
  class PartsModule {}

  @Module({
    imports: [PartsModule, ...features],
    providers: [{ provide: APP_FILTER, useClass: ProblemFilter }],
  })
  class IngestAppModule {}

  return IngestAppModule;
}

function recording(journal: string[]): IngestJournal {
  return {
    accepted: (type, repeated) => void journal.push(`${type} ${repeated ? 'repeated' : 'accepted'}`),
    refused: (type, reason) => void journal.push(`${type} ${reason}`),
  };
}
