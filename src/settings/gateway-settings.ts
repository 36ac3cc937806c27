import type { HookAuth } from '../kernel/hook-auth.js';
import type { SettingFault } from './settings.error.js';
import type { TrustedProxies } from './trust-proxy.js';
import type { LogLevel } from './variables/operations-variables.js';

export interface HttpSettings {
  readonly port: number;
  readonly host: string;
  /** PEM texts, or null where the gateway serves plain http. */
  readonly tls: { readonly certificate: string; readonly key: string } | null;
  readonly trustedProxies: TrustedProxies;
}

export interface StoreSettings {
  /** May hold a password. */
  readonly databaseUrl: string;
  /** Whether a PostgreSQL server that may lose what it committed is accepted. */
  readonly allowFsyncOff: boolean;
}

/** How an application user proves to Entra who it is. */
export type Credential =
  | { readonly kind: 'secret'; readonly clientSecret: string }
  /** The path of a PEM file with certificate and private key. */
  | { readonly kind: 'certificate'; readonly path: string }
  /** The path of a file with a federated token; it is read again for each use. */
  | { readonly kind: 'federated'; readonly tokenPath: string }
  | { readonly kind: 'managed-identity' };

export interface ApplicationUserSettings {
  /** Null for the machine's only managed identity, which needs no id. */
  readonly clientId: string | null;
  readonly credential: Credential;
}

export interface DataverseSettings {
  /** An origin such as https://org.crm.dynamics.com, without a slash at the end. */
  readonly url: string;
  readonly apiVersion: string;
  readonly publisherPrefix: string;
  /** The solution's unique name, or null for the default solution. */
  readonly solution: string | null;
  /** An origin, without a slash at the end. */
  readonly authorityHost: string;
  /** Null only where a managed identity is the only sender. */
  readonly tenantId: string | null;
  /** At least one, the first from the AZURE_ settings; no client id twice. */
  readonly applicationUsers: readonly ApplicationUserSettings[];
  /**
   * A proxy to tunnel through, and the hosts that are reached without it, comma-separated; absent: connections are
   * direct.
   */
  readonly proxy?: { readonly url: string; readonly except?: string };
}

export interface DeliverySettings {
  /** Calls under way at the same time, per application user. */
  readonly concurrency: number;
  readonly batchSize: number;
  readonly timeoutMs: number;
  readonly maxAgeMs: number;
}

/** The namespace that receipts come from, and the queue or subscription in it. */
export interface ServiceBusSettings {
  /** Holds a key. */
  readonly connectionString: string;
  readonly source:
    | { readonly kind: 'queue'; readonly queue: string }
    | { readonly kind: 'subscription'; readonly topic: string; readonly subscription: string };
}

/** How receipts reach the gateway; where neither way is set, none are expected. */
export interface ReceiptsSettings {
  /** The ways in which Dataverse may authenticate at /hooks/dataverse; null: there is no such endpoint. */
  readonly hookAuth: readonly HookAuth[] | null;
  /** Time from the delivery until an event without a receipt is overdue. */
  readonly deadlineMs: number;
  /** Null: none come over Service Bus. */
  readonly serviceBus: ServiceBusSettings | null;
}

interface RetentionSettings {
  readonly backlogLimit: number;
  readonly retentionDays: number;
  /** Null: data is kept as long as its event. */
  readonly payloadRetentionDays: number | null;
}

export interface AccessSettings {
  /** Null: API keys alone. */
  readonly oidc: { readonly issuer: string; readonly audience: string } | null;
  /** Events and requests per second of a client without a rate of its own, or null: any number. */
  readonly clientRate: number | null;
}

interface OperationsSettings {
  readonly logLevel: LogLevel;
  /** Null: no listener of their own for metrics and probes. */
  readonly metricsPort: number | null;
  readonly shutdownGraceMs: number;
}

/** Everything the gateway was told at start, checked and frozen. Each feature receives its slice and no more. */
export interface GatewaySettings {
  readonly http: HttpSettings;
  readonly store: StoreSettings;
  readonly dataverse: DataverseSettings;
  readonly delivery: DeliverySettings;
  readonly receipts: ReceiptsSettings;
  readonly retention: RetentionSettings;
  readonly access: AccessSettings;
  readonly operations: OperationsSettings;
  /** Settings that work but should be changed: the start logs each of them. */
  readonly warnings: readonly SettingFault[];
}
