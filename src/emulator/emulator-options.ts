import type { CustomApi } from '../contract/custom-api.js';
import type { Clock } from '../kernel/clock.js';
import type { NewApplicationUser } from './entra/application-user.js';
import type { ServiceProtectionLimits } from './limits/service-protection-limits.js';
import type { UnconfirmedPoints } from './unconfirmed-points.js';

/** How an emulator starts. Every member is optional; without any, it is an organization without custom APIs. */
export interface EmulatorOptions {
  /** The custom APIs that exist. More can be put later. */
  readonly customApis?: readonly CustomApi[];
  /** The customization prefix of the publisher `contoso`, which owns the solution `BusinessEvents`; `contoso` by default. */
  readonly publisherPrefix?: string;
  /** Who may call; without it `DEFAULT_APPLICATION_USER` alone. */
  readonly applicationUsers?: readonly NewApplicationUser[];
  /** 0, the default, takes any free port. */
  readonly port?: number;
  /** The address to listen on; `localhost`, the default, is both loopback addresses where there are two. */
  readonly host?: string;
  /** More names the certificate is valid for and clients may use, such as the name of a container. */
  readonly hostNames?: readonly string[];
  readonly tenantId?: string;
  /** How long a token is valid; 3599 by default, as Entra says. */
  readonly tokenLifetimeSeconds?: number;
  /** Dataverse's documented defaults unless told otherwise; `NO_LIMITS` turns them off. */
  readonly limits?: Partial<ServiceProtectionLimits>;
  /** How many web servers stand behind the address; limits hold per user and web server. 1 by default. */
  readonly webServers?: number;
  /** Artificial processing time of each call, in milliseconds; it counts as execution time. 0 by default. */
  readonly serverTimeMs?: number;
  /**
   * How much each call counts at least against the limit of execution time, in milliseconds, without taking that time:
   * so a test reaches the limit without waiting. 0 by default.
   */
  readonly executionMs?: number;
  /** What `x-ms-dop-hint` recommends; null leaves the header out. 10 by default. */
  readonly dopHint?: number | null;
  /** How long a system job waits before it is begun, in milliseconds. 0 by default. */
  readonly asyncDelayMs?: number;
  /** How long a webhook may take to answer, in milliseconds; 60,000 by default, as documented. */
  readonly webhookTimeoutMs?: number;
  /**
   * Where addresses of endpoints lead on this machine, in place of DNS and load balancers, by origins:
   * `https://shop.example` to `http://127.0.0.1:3000`, `sb://contoso.servicebus.windows.net` to
   * `amqp://127.0.0.1:5672`. The rules for what may be registered stay, and so does the host that a request names.
   * Without a route, an address leads where it says.
   */
  readonly webhookRoutes?: ReadonlyMap<string, string>;
  /** PEM; authorities for the certificates of webhooks, beside those that the process trusts. */
  readonly webhookAuthorities?: readonly string[];
  /** How many received calls, and how many lines of the request log, stay in memory. 100,000 by default. */
  readonly receivedCap?: number;
  /**
   * A folder for everything that outlives the process: its certificate authority, so that clients keep trusting it, its
   * tables, and the calls it received. Without one, all of it ends with the process.
   */
  readonly folder?: string;
  /** The clock for limits, token lifetimes and timestamps; the system's by default. */
  readonly clock?: Clock;
  /** Behaviour that nobody could confirm, see `UnconfirmedPoints`. */
  readonly unconfirmed?: Partial<UnconfirmedPoints>;
}

/** The tenant where the options name none. */
export const DEFAULT_TENANT_ID = '11111111-2222-4333-8444-555555555555';

/** The application user where the options name none. Its secret is public knowledge: it opens this emulator only. */
export const DEFAULT_APPLICATION_USER = {
  clientId: 'aaaaaaaa-0000-4000-8000-000000000001',
  clientSecret: 'emulator-secret',
} as const satisfies NewApplicationUser;
