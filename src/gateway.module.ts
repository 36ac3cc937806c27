import { type DynamicModule, Module, type Provider } from '@nestjs/common';
import type { Logger } from 'pino';
import { AccessModule } from './access/access.module.js';
import type { AccessOptions } from './access/access-options.js';
import type { EventCatalog } from './contract/event-catalog.js';
import { Verifications } from './contract/verification.js';
import { DEFAULT_DELIVERY_POLICY, type DeliveryPolicy } from './delivery/delivery-policy.js';
import type { Destination } from './delivery/destination.js';
import { Gates } from './delivery/gates.js';
import type { Verifier } from './delivery/verifier.js';
import { deliveryProviders } from './delivery-providers.js';
import { AcceptanceGate } from './ingest/acceptance-gate.js';
import { Backlog } from './ingest/backlog.js';
import { IngestModule } from './ingest/ingest.module.js';
import { EventWatch } from './ingest/waiting/event-watch.js';
import { Clock } from './kernel/clock.js';
import { SystemTimers } from './kernel/timers.js';
import { AdminModule } from './operations/admin/admin.module.js';
import { OperationsModule } from './operations/operations.module.js';
import { upkeepProviders } from './operations/upkeep-providers.js';
import { AuditStore } from './outbox/audit-store.js';
import { ClientStore } from './outbox/client-store.js';
import { Doorbell } from './outbox/doorbell.js';
import { GateStore } from './outbox/gate-store.js';
import { OperatorActions } from './outbox/operator-actions.js';
import { Outbox } from './outbox/outbox.js';
import { ReceiptStore } from './outbox/receipt-store.js';
import type { Store } from './outbox/store.js';
import { messageTypes } from './receipts/message-types.js';
import { ReceiptsModule, type ReceiptsOptions } from './receipts/receipts.module.js';
import type { GatewaySettings } from './settings/gateway-settings.js';

/** What must exist before the modules do. */
export interface GatewayParts {
  readonly settings: GatewaySettings;
  readonly catalog: EventCatalog;
  readonly store: Store;
  readonly destination: Destination;
  readonly verifier: Verifier;
  readonly logger: Logger;
}

/** Token issuers are reached like Entra: through the same proxy. */
function accessOptions({ access, dataverse }: GatewaySettings): AccessOptions {
  const { oidc, clientRate } = access;
  const { proxy } = dataverse;
  return { oidc: oidc === null || proxy === undefined ? oidc : { ...oidc, proxy }, clientRate };
}

function deliveryPolicy({ delivery: { maxAgeMs }, receipts }: GatewaySettings): DeliveryPolicy {
  return { ...DEFAULT_DELIVERY_POLICY, maxAgeMs, confirmWithinMs: confirmWithinMs(receipts) };
}

/** How long a receipt may take, or null: where none are received, none can be late. */
function confirmWithinMs({ hookAuth, serviceBus, deadlineMs }: GatewaySettings['receipts']): number | null {
  return hookAuth === null && serviceBus === null ? null : deadlineMs;
}

function receiptsOptions({ dataverse, receipts }: GatewaySettings, catalog: EventCatalog): ReceiptsOptions {
  return {
    types: messageTypes(catalog, dataverse.publisherPrefix),
    hookAuth: receipts.hookAuth,
    deadlineMs: confirmWithinMs(receipts),
    timers: new SystemTimers(),
  };
}

/** The store's parts, each by its own name. */
function storeProviders(store: Store): Provider[] {
  return [
    { provide: Clock, useValue: store.clock },
    { provide: Outbox, useValue: store.outbox },
    { provide: GateStore, useValue: store.gates },
    { provide: ClientStore, useValue: store.clients },
    { provide: OperatorActions, useValue: store.actions },
    { provide: AuditStore, useValue: store.audit },
    { provide: ReceiptStore, useValue: store.receipts },
  ];
}

/** The ports that features ask for. */
const EXPORTS = [
  Clock,
  Outbox,
  ReceiptStore,
  GateStore,
  ClientStore,
  OperatorActions,
  AuditStore,
  Gates,
  Verifications,
  Doorbell,
];

/** The composition root: the one file that knows every feature. Global, so that features ask for ports, not for modules. */
@Module({})
export class GatewayModule {
  static of({ settings, catalog, store, destination, verifier, logger }: GatewayParts): DynamicModule {
    const { http, dataverse, delivery, retention, operations } = settings;
    const gate = new AcceptanceGate(new Backlog(retention.backlogLimit));
    const watch = new EventWatch(store.outbox, new SystemTimers());
    return {
      module: GatewayModule,
      global: true,
      imports: [
        AccessModule.with(accessOptions(settings)),
        IngestModule.forCatalog(catalog, {
          publisherPrefix: dataverse.publisherPrefix,
          retentionDays: retention.retentionDays,
          gate,
          watch,
          timers: new SystemTimers(),
        }),
        OperationsModule.with({ logger, metrics: { host: http.host, port: operations.metricsPort }, endBell: watch }),
        ReceiptsModule.with(receiptsOptions(settings, catalog)),
        AdminModule.for({ types: catalog.types, applicationUsers: destination.applicationUsers }),
      ],
      providers: [
        ...storeProviders(store),
        ...deliveryProviders({
          store,
          destination,
          verifier,
          catalog,
          policy: deliveryPolicy(settings),
          concurrency: delivery.concurrency,
          batchSize: delivery.batchSize,
          timers: new SystemTimers(),
          random: Math.random,
        }),
        ...upkeepProviders({ store, gate, retention, timers: new SystemTimers(), logger }),
      ],
      exports: EXPORTS,
    };
  }
}
