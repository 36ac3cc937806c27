import { NestFactory } from '@nestjs/core';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { Logger } from 'pino';
import { loadEventCatalog } from './contract/load-event-catalog.js';
import { DataverseConnection } from './dataverse/dataverse-connection.js';
import { DataverseDestination } from './dataverse/dataverse-destination.js';
import { DataverseVerifier } from './dataverse/provisioning/dataverse-verifier.js';
import { Dispatcher } from './delivery/dispatcher.js';
import { GatewayModule, type GatewayParts } from './gateway.module.js';
import { createHttpAdapter } from './http/http-server.js';
import { ProblemFilter } from './http/problem.filter.js';
import { renewCertificate } from './http/renew-certificate.js';
import { AcceptanceGate } from './ingest/acceptance-gate.js';
import { EventWatch } from './ingest/waiting/event-watch.js';
import { SystemClock } from './kernel/clock.js';
import { SystemTimers } from './kernel/timers.js';
import { mountDocument } from './openapi/mount-document.js';
import { Lifecycle } from './operations/lifecycle.js';
import { NestLogger } from './operations/log/nest-logger.js';
import { gatewayVersion } from './operations/version.js';
import { holdsNothing } from './outbox/holds-nothing.js';
import { openStore } from './outbox/open-store.js';
import { ReceiptsService } from './receipts/receipts.service.js';
import { ListenerJournal } from './receipts/service-bus/listener-journal.js';
import { ServiceBusListener } from './receipts/service-bus/service-bus-listener.js';
import type { GatewaySettings } from './settings/gateway-settings.js';

/** Where the event types stand, in src/ as in dist/. */
export const EVENTS = new URL('./events/', import.meta.url);

export interface GatewayOptions {
  readonly settings: GatewaySettings;
  readonly logger: Logger;
  /**
   * PEM certificates to trust for Dataverse and Entra instead of those Node trusts: the sandbox's emulator needs it.
   */
  readonly ca?: string;
}

/** What a running gateway has besides. */
interface RunningParts {
  readonly destination: DataverseDestination;
  readonly isStoreEmpty: boolean;
}

/** The whole gateway, running: accepting over HTTP and delivering to Dataverse. */
export class Gateway {
  private constructor(
    private readonly app: NestFastifyApplication,
    private readonly parts: GatewayParts & RunningParts,
    private readonly listener: ServiceBusListener | null,
    /** Where it listens, such as `http://127.0.0.1:3000`. */
    readonly url: string,
  ) {}

  /**
   * Resolves once it accepts. Rejects with `EventCatalogError`, `StoreUnusableError`, or the listener's error; nothing
   * is left open then.
   */
  static async start({ settings, logger, ca }: GatewayOptions): Promise<Gateway> {
    const parts = await openParts(settings, logger, ca);
    let app: NestFastifyApplication | null = null;
    try {
      const isStoreEmpty = await holdsNothing(parts.store);
      app = await createApplication(parts);
      await app.listen(settings.http.port, settings.http.host);
      // Only now: a gateway that cannot listen must not have claimed anything.
      await app.get(Dispatcher).start();
      const listener = listenerFor(parts.settings, app);
      listener?.start();
      return new Gateway(app, { ...parts, isStoreEmpty }, listener, await app.getUrl());
    } catch (error) {
      await app?.get(Dispatcher).stop(0);
      await app?.close();
      parts.destination.close();
      await parts.store.close();
      throw error;
    }
  }

  /** Resolves once with the reason if the gateway can no longer keep its promises; the process must then end. */
  get failed(): Promise<Error> {
    return Promise.race([this.parts.store.failed, this.app.get(Dispatcher).failed]);
  }

  /** Whether the store held neither a client nor an event when it was opened. */
  get isStoreEmpty(): boolean {
    return this.parts.isStoreEmpty;
  }

  /** Serves new connections with another certificate; only for a gateway that was started with one. */
  useCertificate(tls: NonNullable<GatewaySettings['http']['tls']>): void {
    renewCertificate(this.app.getHttpServer(), tls);
  }

  /**
   * Stops in the order that loses least: not ready, accept nothing, claim nothing, finish the work under way within
   * `graceMs`, close. Receipts for it are taken until the end. Correctness does not depend on this order.
   */
  async stop(graceMs: number): Promise<void> {
    this.app.get(Lifecycle).beginShutdown();
    this.app.get(AcceptanceGate, { strict: false }).close();
    this.app.get(EventWatch, { strict: false }).close();
    await Promise.all([this.app.get(Dispatcher).stop(graceMs), this.listener?.stop(graceMs)]);
    this.app.get(ReceiptsService, { strict: false }).close();
    await this.app.close();
    this.parts.destination.close();
    await this.parts.store.close();
  }
}

/** Starts the listener where receipts come over Service Bus; null where they do not. */
function listenerFor({ receipts }: GatewaySettings, app: NestFastifyApplication): ServiceBusListener | null {
  if (receipts.serviceBus === null) return null;
  return new ServiceBusListener({
    source: receipts.serviceBus,
    receipts: app.get(ReceiptsService, { strict: false }),
    journal: app.get(ListenerJournal, { strict: false }),
    timers: new SystemTimers(),
  });
}

/** Makes the application with every route, not listening; the OpenAPI document is also made from it. */
export async function createApplication(parts: GatewayParts): Promise<NestFastifyApplication> {
  const { http } = parts.settings;
  const adapter = createHttpAdapter({}, http);
  const app = await NestFactory.create<NestFastifyApplication>(GatewayModule.of(parts), adapter, {
    bodyParser: false,
    abortOnError: false,
    logger: new NestLogger(parts.logger),
  });
  app.useGlobalFilters(new ProblemFilter());
  mountDocument(app, { catalog: parts.catalog, version: gatewayVersion() });
  return app;
}

/** Opens everything that the application needs. */
export async function openParts(settings: GatewaySettings, logger: Logger, ca?: string) {
  const clock = new SystemClock();
  const catalog = await loadEventCatalog(EVENTS, settings.dataverse.publisherPrefix);
  const { timeoutMs } = settings.delivery;
  const options = { ...settings.dataverse, timeoutMs, ...(ca === undefined ? {} : { ca }) };
  const connection = new DataverseConnection(options, clock);
  const destination = new DataverseDestination(connection, catalog);
  const verifier = new DataverseVerifier(connection, catalog, settings.dataverse.publisherPrefix);
  const store = await openStore({ ...settings.store, role: 'owner', clock });
  return { settings, logger, catalog, destination, verifier, store };
}
