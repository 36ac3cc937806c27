import 'reflect-metadata';
import { Global, Module, type Provider } from '@nestjs/common';
import { APP_FILTER, NestFactory } from '@nestjs/core';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { AccessModule } from '../../../../src/access/access.module.js';
import { AccessJournal } from '../../../../src/access/access-journal.js';
import { ClientsService } from '../../../../src/access/clients.service.js';
import { Gates } from '../../../../src/delivery/gates.js';
import { createHttpAdapter } from '../../../../src/http/http-server.js';
import { ProblemFilter } from '../../../../src/http/problem.filter.js';
import { Clock, SystemClock } from '../../../../src/kernel/clock.js';
import { SystemTimers } from '../../../../src/kernel/timers.js';
import { mountDocument } from '../../../../src/openapi/mount-document.js';
import { AdminModule } from '../../../../src/operations/admin/admin.module.js';
import { Lifecycle } from '../../../../src/operations/lifecycle.js';
import { AuditStore } from '../../../../src/outbox/audit-store.js';
import { ClientStore } from '../../../../src/outbox/client-store.js';
import { Doorbell } from '../../../../src/outbox/doorbell.js';
import { openStore } from '../../../../src/outbox/open-store.js';
import { OperatorActions } from '../../../../src/outbox/operator-actions.js';
import type { Store } from '../../../../src/outbox/store.js';
import { RecordingAccessJournal } from '../../../access/support/recording-access-journal.js';
import { Caller } from '../../../ingest/support/caller.js';
import { shippedCatalog } from '../../../ingest/support/ingest-app.js';

export const APPLICATION_USER = 'b7c1d8f0-3c1e-4a55-9c6a-8d9f5f1e2a33';

export interface AdminAppOptions {
  /** Stands before the store's own actions, for failures. */
  readonly actions?: (real: OperatorActions) => OperatorActions;
}

/** What operators do, on a real listener and a real SQLite store in memory; nothing is delivered. */
export interface AdminApp {
  readonly url: string;
  readonly store: Store;
  readonly lifecycle: Lifecycle;
  /** How often the doorbell rang. */
  readonly rings: () => number;
  /** A client with a key of its own; without types it publishes nothing. */
  readonly client: (
    name: string,
    how: { readonly publish?: readonly string[]; readonly operator: boolean },
  ) => Promise<Caller>;
  readonly close: () => Promise<void>;
}

export async function startAdminApp(options: AdminAppOptions = {}): Promise<AdminApp> {
  const clock = new SystemClock();
  const catalog = await shippedCatalog();
  const store = await openStore({ databaseUrl: 'sqlite::memory:', role: 'owner', clock });
  const doorbell = { rings: 0, wake: () => void doorbell.rings++ };
  const lifecycle = new Lifecycle();
  const admin = AdminModule.for({ types: catalog.types, applicationUsers: [APPLICATION_USER] });
  const app = await NestFactory.create<NestFastifyApplication>(
    moduleOf(admin, [
      { provide: OperatorActions, useValue: options.actions?.(store.actions) ?? store.actions },
      { provide: AuditStore, useValue: store.audit },
      { provide: Gates, useValue: new Gates(store.gates, clock, new SystemTimers()) },
      { provide: AccessJournal, useValue: new RecordingAccessJournal() },
      { provide: ClientStore, useValue: store.clients },
      { provide: Clock, useValue: clock },
      { provide: Doorbell, useValue: doorbell },
      { provide: Lifecycle, useValue: lifecycle },
    ]),
    createHttpAdapter(),
    { logger: false, bodyParser: false, abortOnError: false },
  );
  mountDocument(app, { catalog, version: '0.0.0' });
  await app.listen(0, '127.0.0.1');
  const url = await app.getUrl();
  const clients = app.get(ClientsService, { strict: false });
  return {
    url,
    store,
    lifecycle,
    rings: () => doorbell.rings,
    client: async (name, { publish = [], operator }) => {
      return new Caller(url, (await clients.create({ name, publish, operator }, 'test')).apiKey);
    },
    close: async () => {
      await app.close();
      await store.close();
    },
  };
}

function moduleOf(admin: ReturnType<typeof AdminModule.for>, providers: Provider[]) {
  @Global()
  @Module({
    providers,
    exports: [OperatorActions, AuditStore, Gates, AccessJournal, ClientStore, Clock, Doorbell, Lifecycle],
  })
  class PartsModule {}

  @Module({
    imports: [PartsModule, AccessModule.with({ oidc: null, clientRate: null }), admin],
    providers: [{ provide: APP_FILTER, useClass: ProblemFilter }],
  })
  class AdminAppModule {}

  return AdminAppModule;
}
