import { SystemClock } from '../kernel/clock.js';
import { DEFAULT_APPLICATION_USER, DEFAULT_TENANT_ID, type EmulatorOptions } from './emulator-options.js';
import { ApplicationUsers } from './entra/application-users.js';
import { TokenIssuer } from './entra/token-issuer.js';
import { Faults } from './faults/faults.js';
import { RetryAfterWatch } from './limits/retry-after-watch.js';
import { ServiceProtection } from './limits/service-protection.js';
import { DOCUMENTED_LIMITS } from './limits/service-protection-limits.js';
import type { Organization } from './organization.js';
import { ReceivedCalls } from './received/received-calls.js';
import type { ReceivedFile } from './received/received-file.js';
import { RequestLog } from './received/request-log.js';
import { CustomApis } from './tables/custom-apis.js';
import { putApplicationUser } from './tables/seeds/put-application-user.js';
import { seedOrganization } from './tables/seeds/seed-organization.js';
import { Tables } from './tables/tables.js';
import type { TablesFile } from './tables/tables-file.js';
import { DEFAULT_UNCONFIRMED_POINTS } from './unconfirmed-points.js';
import { WebServers } from './web-api/web-servers.js';

const DEFAULT_CAP = 100_000;
const DEFAULT_LIFETIME_SECONDS = 3599;
const DEFAULT_DOP_HINT = 10;
const DEFAULT_PREFIX = 'contoso';

/** What of an organization outlives the process; null without a folder. */
export interface Kept {
  readonly received: ReceivedFile;
  readonly tables: TablesFile;
}

/** The organization that the options describe; `origins` is filled in once the port is known. */
export function createOrganization(
  options: EmulatorOptions,
  kept: Kept | null,
): Organization & { readonly origins: string[] } {
  const { clock = new SystemClock(), tenantId = DEFAULT_TENANT_ID, receivedCap = DEFAULT_CAP } = options;
  const points = { ...DEFAULT_UNCONFIRMED_POINTS, ...options.unconfirmed };
  const { serverTimeMs = 0, executionMs = 0, dopHint = DEFAULT_DOP_HINT } = options;
  const tables = new Tables({ clock, points, file: kept?.tables ?? null });
  const customApis = new CustomApis(tables);
  tables.atomically(() => {
    if (!tables.restored) seedOrganization(tables, options.publisherPrefix ?? DEFAULT_PREFIX);
    for (const api of options.customApis ?? []) customApis.put(api);
    return { kind: 'done' };
  });
  const applicationUsers = options.applicationUsers ?? [DEFAULT_APPLICATION_USER];
  const users = new ApplicationUsers(applicationUsers, (user) => putApplicationUser(tables, user));
  return {
    tenantId,
    origins: [],
    clock,
    settings: { serverTimeMs, executionMs, dopHint },
    points,
    tables,
    customApis,
    users,
    tokens: new TokenIssuer(clock, tenantId, options.tokenLifetimeSeconds ?? DEFAULT_LIFETIME_SECONDS),
    protection: new ServiceProtection({ ...DOCUMENTED_LIMITS, ...options.limits }, points),
    watch: new RetryAfterWatch(),
    webServers: new WebServers(options.webServers ?? 1, points.balancing),
    faults: new Faults(),
    received: new ReceivedCalls(receivedCap, kept?.received ?? null),
    requests: new RequestLog(receivedCap),
  };
}
