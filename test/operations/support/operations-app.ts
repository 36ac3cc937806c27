import 'reflect-metadata';
import { Global, Module, type Provider } from '@nestjs/common';
import { APP_FILTER, NestFactory } from '@nestjs/core';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { AccessModule } from '../../../src/access/access.module.js';
import { ClientsService } from '../../../src/access/clients.service.js';
import { DeliveryJournal } from '../../../src/delivery/delivery-journal.js';
import { createHttpAdapter } from '../../../src/http/http-server.js';
import { ProblemFilter } from '../../../src/http/problem.filter.js';
import { IngestJournal } from '../../../src/ingest/ingest-journal.js';
import { Clock, SystemClock } from '../../../src/kernel/clock.js';
import { Readiness } from '../../../src/operations/health/readiness.js';
import { Lifecycle } from '../../../src/operations/lifecycle.js';
import { createLogger } from '../../../src/operations/log/logger.js';
import { MetricsListener } from '../../../src/operations/metrics-listener.js';
import { OperationsModule } from '../../../src/operations/operations.module.js';
import { ClientStore } from '../../../src/outbox/client-store.js';
import { GateStore } from '../../../src/outbox/gate-store.js';
import { openStore } from '../../../src/outbox/open-store.js';
import { Outbox } from '../../../src/outbox/outbox.js';
import type { Store } from '../../../src/outbox/store.js';

export interface OperationsAppOptions {
  /** Null for no listener of its own; 0, the default, takes any free port. */
  readonly metricsPort?: number | null;
  /** Stands in for the store's own way of measuring, for failures. */
  readonly measure?: Outbox['measure'];
}

/** What is operated, without what it operates on: access, operations and a real SQLite store in memory. */
export interface OperationsApp {
  /** Of the API. */
  readonly url: string;
  /** Of the listener without credentials. */
  readonly metricsUrl: string;
  readonly store: Store;
  readonly lifecycle: Lifecycle;
  readonly readiness: Readiness;
  readonly ingest: IngestJournal;
  readonly delivery: DeliveryJournal;
  /** Ids of events whose end was told to those who wait. */
  readonly ended: readonly string[];
  /** What was logged so far. */
  readonly lines: () => readonly Record<string, unknown>[];
  /** A new API key. */
  readonly createKey: (name: string, operator: boolean) => Promise<string>;
  readonly close: () => Promise<void>;
}

export async function startOperationsApp(options: OperationsAppOptions = {}): Promise<OperationsApp> {
  const { metricsPort = 0 } = options;
  const store = await openStore({ databaseUrl: 'sqlite::memory:', role: 'owner', clock: new SystemClock() });
  const lines: Record<string, unknown>[] = [];
  const ended: string[] = [];
  const logger = createLogger({ level: 'trace', to: { write: (line) => void lines.push(JSON.parse(line)) } });
  try {
    const app = await NestFactory.create<NestFastifyApplication>(
      moduleOf(
        providersOf(store, options),
        OperationsModule.with({
          logger,
          metrics: { host: '127.0.0.1', port: metricsPort },
          endBell: { ended: (id) => void ended.push(id) },
        }),
      ),
      createHttpAdapter(),
      { logger: false, bodyParser: false, abortOnError: false },
    );
    await app.listen(0, '127.0.0.1');
    const clients = app.get(ClientsService, { strict: false });
    return {
      url: await app.getUrl(),
      metricsUrl: `http://127.0.0.1:${app.get(MetricsListener).port}`,
      store,
      lifecycle: app.get(Lifecycle),
      readiness: app.get(Readiness, { strict: false }),
      ingest: app.get(IngestJournal),
      delivery: app.get(DeliveryJournal),
      ended,
      lines: () => lines,
      createKey: async (name, operator) =>
        (await clients.create({ name, publish: ['*'], operator }, 'cli:test')).apiKey,
      close: async () => {
        await app.close();
        await store.close();
      },
    };
  } catch (error) {
    await store.close();
    throw error;
  }
}

function providersOf(store: Store, { measure }: OperationsAppOptions): Provider[] {
  const { outbox } = store;
  return [
    { provide: Outbox, useValue: { measure: measure ?? (() => outbox.measure()) } },
    { provide: GateStore, useValue: store.gates },
    { provide: ClientStore, useValue: store.clients },
    { provide: Clock, useClass: SystemClock },
  ];
}

function moduleOf(providers: Provider[], operations: ReturnType<typeof OperationsModule.with>) {
  @Global()
  @Module({ providers, exports: [Outbox, GateStore, ClientStore, Clock] })
  class PartsModule {}

  @Module({
    imports: [PartsModule, AccessModule.with({ oidc: null, clientRate: null }), operations],
    providers: [{ provide: APP_FILTER, useClass: ProblemFilter }],
  })
  class OperationsAppModule {}

  return OperationsAppModule;
}
