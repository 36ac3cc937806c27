import type { Clock } from '../kernel/clock.js';
import type { AsyncService } from './async-service/async-service.js';
import type { EmulatorSettings } from './emulator-settings.js';
import type { ApplicationUsers } from './entra/application-users.js';
import type { TokenIssuer } from './entra/token-issuer.js';
import type { Faults } from './faults/faults.js';
import type { RetryAfterWatch } from './limits/retry-after-watch.js';
import type { ServiceProtection } from './limits/service-protection.js';
import type { ReceivedCalls } from './received/received-calls.js';
import type { RequestLog } from './received/request-log.js';
import type { CustomApis } from './tables/custom-apis.js';
import type { Tables } from './tables/tables.js';
import type { UnconfirmedPoints } from './unconfirmed-points.js';
import type { WebServers } from './web-api/web-servers.js';

/** One tenant and its Dataverse organization: everything that requests are judged by, and everything they change. */
export interface Organization {
  readonly tenantId: string;
  /** The addresses it is known under, without slash at the end: what scopes name and tokens are made for. */
  readonly origins: readonly string[];
  readonly clock: Clock;
  readonly settings: EmulatorSettings;
  readonly points: UnconfirmedPoints;
  readonly tables: Tables;
  /** The custom APIs of the rows, compiled for calls. */
  readonly customApis: CustomApis;
  readonly users: ApplicationUsers;
  readonly tokens: TokenIssuer;
  readonly protection: ServiceProtection;
  readonly watch: RetryAfterWatch;
  readonly webServers: WebServers;
  readonly faults: Faults;
  readonly received: ReceivedCalls;
  readonly requests: RequestLog;
  /** Runs the asynchronous steps of calls that were committed. */
  readonly asyncService: AsyncService;
  /** Where addresses of endpoints lead on this machine: see `EmulatorOptions.webhookRoutes`. */
  readonly webhookRoutes: Map<string, string>;
}

/** Resets calls, requests, faults and what counted towards limits to the start; tables, users and tokens stay. */
export function forget({ received, requests, faults, watch, protection, asyncService }: Organization): void {
  for (const record of [received, requests, faults, watch, asyncService.posts]) record.clear();
  asyncService.release();
  protection.reset();
}
