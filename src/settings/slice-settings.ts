import { credentialOf } from './credential.js';
import type {
  AccessSettings,
  ApplicationUserSettings,
  DataverseSettings,
  DeliverySettings,
  GatewaySettings,
  HttpSettings,
  ReceiptsSettings,
  ServiceBusSettings,
} from './gateway-settings.js';
import type { SettingFault } from './settings.error.js';
import { parseTrustProxy } from './trust-proxy.js';
import type { Variables } from './variables/variables.js';

const SECOND_MS = 1_000;
const HOUR_MS = 3_600_000;

/** The content of files that settings name. */
export interface FileContents {
  readonly moreUsers: readonly ApplicationUserSettings[];
  readonly tls: HttpSettings['tls'];
  readonly hookAuth: ReceiptsSettings['hookAuth'];
  readonly warnings: readonly SettingFault[];
}

/**
 * Turns checked variables into the form that features need: units in names, unions instead of pairs, everything frozen.
 */
export function sliceSettings(variables: Variables, contents: FileContents): GatewaySettings {
  return freeze({
    http: {
      port: variables.PORT,
      host: variables.HOST,
      tls: contents.tls,
      trustedProxies: parseTrustProxy(variables.TRUST_PROXY) ?? false,
    },
    store: { databaseUrl: variables.DATABASE_URL, allowFsyncOff: variables.DATABASE_ALLOW_FSYNC_OFF },
    dataverse: sliceDataverse(variables, contents.moreUsers),
    delivery: delivery(variables),
    receipts: receipts(variables, contents.hookAuth),
    retention: {
      backlogLimit: variables.BACKLOG_LIMIT,
      retentionDays: variables.RETENTION_DAYS,
      payloadRetentionDays: variables.PAYLOAD_RETENTION_DAYS,
    },
    access: access(variables),
    operations: {
      logLevel: variables.LOG_LEVEL,
      metricsPort: variables.METRICS_PORT,
      shutdownGraceMs: variables.SHUTDOWN_GRACE_MS,
    },
    warnings: contents.warnings,
  });
}

/** Where events go and as whom, and nothing else. */
export function sliceDataverse(variables: Variables, moreUsers: readonly ApplicationUserSettings[]): DataverseSettings {
  return freeze({
    url: new URL(variables.DATAVERSE_URL ?? '').origin,
    apiVersion: variables.DATAVERSE_API_VERSION,
    publisherPrefix: variables.DATAVERSE_PUBLISHER_PREFIX,
    solution: variables.DATAVERSE_SOLUTION,
    authorityHost: new URL(variables.AZURE_AUTHORITY_HOST).origin,
    tenantId: variables.AZURE_TENANT_ID,
    applicationUsers: [{ clientId: variables.AZURE_CLIENT_ID, credential: credentialOf(variables) }, ...moreUsers],
    ...proxy(variables),
  });
}

function proxy({ HTTPS_PROXY: url, NO_PROXY: except }: Variables): Pick<DataverseSettings, 'proxy'> {
  return url === null ? {} : { proxy: { url, ...(except === null ? {} : { except }) } };
}

function delivery(variables: Variables): DeliverySettings {
  return {
    concurrency: variables.DELIVERY_CONCURRENCY,
    batchSize: variables.DELIVERY_BATCH_SIZE,
    timeoutMs: variables.DELIVERY_TIMEOUT_MS,
    maxAgeMs: variables.DELIVERY_MAX_AGE_HOURS * HOUR_MS,
  };
}

function access({ OIDC_ISSUER: issuer, OIDC_AUDIENCE: audience, CLIENT_RATE: clientRate }: Variables): AccessSettings {
  return { oidc: issuer === null || audience === null ? null : { issuer, audience }, clientRate };
}

function receipts(variables: Variables, hookAuth: ReceiptsSettings['hookAuth']): ReceiptsSettings {
  const deadlineMs = variables.RECEIPT_DEADLINE_SECONDS * SECOND_MS;
  return { hookAuth, deadlineMs, serviceBus: serviceBus(variables) };
}

function serviceBus(variables: Variables): ServiceBusSettings | null {
  const { SERVICE_BUS_CONNECTION_STRING: connectionString, SERVICE_BUS_QUEUE: queue } = variables;
  const { SERVICE_BUS_TOPIC: topic, SERVICE_BUS_SUBSCRIPTION: subscription } = variables;
  if (connectionString === null) return null;
  if (queue !== null) return { connectionString, source: { kind: 'queue', queue } };
  if (topic === null || subscription === null) return null;
  return { connectionString, source: { kind: 'subscription', topic, subscription } };
}

/** Deep, so that no feature can change the settings of another. */
function freeze<T>(value: T): T {
  if (typeof value === 'object' && value !== null) {
    for (const member of Object.values(value)) freeze(member);
    Object.freeze(value);
  }
  return value;
}
