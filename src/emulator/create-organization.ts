import { SystemClock } from '../kernel/clock.js';
import type { AsyncFile } from './async-service/async-file.js';
import { AsyncService, type AsyncServiceParts } from './async-service/async-service.js';
import { LateEndpointPost } from './async-service/late-endpoint-post.js';
import { readWebhookRoute } from './async-service/read-webhook-route.js';
import { WebhookPost, type WebhookPostParts } from './async-service/webhook/webhook-post.js';
import { WebhookRoutes } from './async-service/webhook-routes.js';
import type { EmulatorFolder } from './emulator-folder.js';
import { DEFAULT_APPLICATION_USER, DEFAULT_TENANT_ID, type EmulatorOptions } from './emulator-options.js';
import type { EmulatorSettings } from './emulator-settings.js';
import { ApplicationUsers } from './entra/application-users.js';
import { TokenIssuer } from './entra/token-issuer.js';
import { Faults } from './faults/faults.js';
import { FolderNotUsableError } from './folder-not-usable.error.js';
import { RetryAfterWatch } from './limits/retry-after-watch.js';
import { ServiceProtection } from './limits/service-protection.js';
import { DOCUMENTED_LIMITS } from './limits/service-protection-limits.js';
import type { Organization } from './organization.js';
import { ReceivedCalls } from './received/received-calls.js';
import { RequestLog } from './received/request-log.js';
import { CustomApis } from './tables/custom-apis.js';
import { putApplicationUser } from './tables/seeds/put-application-user.js';
import { BUSINESS_EVENTS_SOLUTION, seedOrganization } from './tables/seeds/seed-organization.js';
import { Tables } from './tables/tables.js';
import { DEFAULT_UNCONFIRMED_POINTS } from './unconfirmed-points.js';
import { WebServers } from './web-api/web-servers.js';

const DEFAULT_CAP = 100_000;
const DEFAULT_LIFETIME_SECONDS = 3599;
const DEFAULT_DOP_HINT = 10;
const DEFAULT_PREFIX = 'contoso';
/** Source: "Use webhooks". */
const WEBHOOK_TIMEOUT_MS = 60_000;
const DEFAULT_CONCURRENCY = 32;
const DEFAULT_POSTPONE_MS = 5000;
const DEFAULT_POSTPONE_TRIES = 8;

/**
 * The organization that the options describe; `origins` is filled in once the port is known. Throws a `FolderNotUsableError`
 * where the folder holds one that does not fit them.
 */
export function createOrganization(
  options: EmulatorOptions,
  folder: EmulatorFolder | null,
): Organization & { readonly origins: string[] } {
  const { clock = new SystemClock(), tenantId = DEFAULT_TENANT_ID, receivedCap = DEFAULT_CAP } = options;
  const points = { ...DEFAULT_UNCONFIRMED_POINTS, ...options.unconfirmed };
  const tables = new Tables({ clock, points, file: folder?.tables ?? null });
  const customApis = fill(tables, options, folder);
  const applicationUsers = options.applicationUsers ?? [DEFAULT_APPLICATION_USER];
  const users = new ApplicationUsers(applicationUsers, (user) => putApplicationUser(tables, user));
  const settings = settingsOf(options);
  const faults = new Faults();
  const origins: string[] = [];
  const kept = folder?.asyncService ?? null;
  const webhookRoutes = routesOf(options, kept);
  const endpoints = endpointPosts(options, { routes: webhookRoutes, settings, points });
  return {
    tenantId,
    origins,
    clock,
    settings,
    points,
    tables,
    customApis,
    users,
    tokens: new TokenIssuer(clock, tenantId, options.tokenLifetimeSeconds ?? DEFAULT_LIFETIME_SECONDS),
    protection: new ServiceProtection({ ...DOCUMENTED_LIMITS, ...options.limits }, points),
    watch: new RetryAfterWatch(),
    webServers: new WebServers(options.webServers ?? 1, points.balancing),
    faults,
    received: new ReceivedCalls(receivedCap, folder?.received ?? null),
    requests: new RequestLog(receivedCap),
    asyncService: new AsyncService({ tables, clock, points, settings, faults, origins, kept, ...endpoints }),
    webhookRoutes,
  };
}

/** Seeds tables that no folder restored, and puts the custom APIs of the options into them. */
function fill(tables: Tables, options: EmulatorOptions, folder: EmulatorFolder | null): CustomApis {
  if (tables.restored && folder !== null) refuseOtherPrefix(tables, folder, options.publisherPrefix);
  const customApis = new CustomApis(tables);
  tables.atomically(() => {
    if (!tables.restored) seedOrganization(tables, options.publisherPrefix ?? DEFAULT_PREFIX);
    for (const api of options.customApis ?? []) customApis.put(api);
    return { kind: 'done' };
  });
  return customApis;
}

/** The routes that the folder knows, and over them those of the options. */
function routesOf(
  { webhookRoutes = new Map<string, string>() }: EmulatorOptions,
  kept: AsyncFile | null,
): WebhookRoutes {
  const wished = [...webhookRoutes].map(([from, to]) => {
    const route = readWebhookRoute(from, to);
    if (typeof route === 'string') throw new Error(`The webhook route ${from} is wrong: ${route}.`);
    return route;
  });
  const routes = new WebhookRoutes([...(kept?.webhookRoutes ?? []), ...wished], (all) => kept?.keepRoutes(all));
  kept?.keepRoutes(routes);
  return routes;
}

function settingsOf(options: EmulatorOptions): EmulatorSettings {
  const { serverTimeMs = 0, executionMs = 0, dopHint = DEFAULT_DOP_HINT } = options;
  const { asyncDelayMs = 0, webhookTimeoutMs = WEBHOOK_TIMEOUT_MS } = options;
  return {
    serverTimeMs,
    executionMs,
    dopHint,
    asyncDelayMs,
    asyncConcurrency: DEFAULT_CONCURRENCY,
    webhookTimeoutMs,
    postponeMs: DEFAULT_POSTPONE_MS,
    postponeTries: DEFAULT_POSTPONE_TRIES,
  };
}

function endpointPosts(
  { webhookAuthorities: authorities = [] }: EmulatorOptions,
  parts: Omit<WebhookPostParts, 'authorities'>,
): Pick<AsyncServiceParts, 'webhooks' | 'serviceBus'> {
  return {
    webhooks: new WebhookPost({ ...parts, authorities }),
    serviceBus: new LateEndpointPost(async () => {
      const { ServiceBusPost } = await import('./async-service/service-bus/service-bus-post.js');
      return new ServiceBusPost(parts);
    }),
  };
}

/** A prefix is made with the organization: another one would name custom APIs that its solution refuses. */
function refuseOtherPrefix(tables: Tables, { tables: { path } }: EmulatorFolder, wanted: string | undefined): void {
  const solution = tables.rows('solution').find(({ uniquename }) => uniquename === BUSINESS_EVENTS_SOLUTION);
  const publisher = tables.find('publisher', `${solution?.publisherid}`);
  const prefix = publisher?.customizationprefix ?? wanted;
  if (wanted === undefined || prefix === wanted) return;
  throw new FolderNotUsableError(
    `${path} holds an organization whose solution ${BUSINESS_EVENTS_SOLUTION} has the publisher prefix '${prefix}', not '${wanted}'. Ask for '${prefix}' (DATAVERSE_PUBLISHER_PREFIX), start in another folder, or delete the file to start with an empty organization.`,
  );
}
