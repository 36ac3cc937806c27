import type { ApplicationUserSettings } from './gateway-settings.js';
import type { SettingFault } from './settings.error.js';
import type { Variables } from './variables/variables.js';

/** The settings, and the names of those that were set. */
export interface GivenVariables {
  readonly variables: Variables;
  readonly given: ReadonlySet<string>;
}

/** Faults between settings that are each valid alone. Pure. */
export function faultsBetween(
  { variables, given }: GivenVariables,
  moreUsers: readonly ApplicationUserSettings[],
): readonly SettingFault[] {
  return [
    ...faultsOfDataverse({ variables, given }, moreUsers),
    ...oidc(given),
    ...serviceBus(given),
    ...ports(variables),
    ...retention(variables),
  ];
}

/** Faults between the settings that say where events go and as which user. */
export function faultsOfDataverse(
  { variables, given }: GivenVariables,
  moreUsers: readonly ApplicationUserSettings[],
): readonly SettingFault[] {
  const faults: SettingFault[] = [];
  if (!given.has('DATAVERSE_URL')) {
    faults.push({
      name: 'DATAVERSE_URL',
      detail: 'is required: the environment, such as https://org.crm.dynamics.com',
    });
  }
  if (moreUsers.some(({ clientId }) => clientId === variables.AZURE_CLIENT_ID)) {
    faults.push({ name: 'DATAVERSE_APPLICATION_USERS', detail: 'must not list AZURE_CLIENT_ID again' });
  }
  if (variables.AZURE_USE_MANAGED_IDENTITY && moreUsers.length > 0 && !given.has('AZURE_TENANT_ID')) {
    faults.push({ name: 'AZURE_TENANT_ID', detail: 'is required with DATAVERSE_APPLICATION_USERS' });
  }
  return faults;
}

function oidc(given: ReadonlySet<string>): readonly SettingFault[] {
  const missing = ['OIDC_ISSUER', 'OIDC_AUDIENCE'].filter((name) => !given.has(name));
  if (missing.length !== 1) return [];
  return missing.map((name) => ({
    name,
    detail: 'is missing: OIDC_ISSUER and OIDC_AUDIENCE are set together or not at all',
  }));
}

function serviceBus(given: ReadonlySet<string>): readonly SettingFault[] {
  const [namespace, queue, topic, subscription] = SERVICE_BUS.map((name) => given.has(name));
  if (!namespace) {
    const stray = SERVICE_BUS.filter((name) => given.has(name));
    return stray.map((name) => ({ name, detail: 'is set, but SERVICE_BUS_CONNECTION_STRING is not' }));
  }
  if (queue && (topic || subscription)) {
    return [{ name: 'SERVICE_BUS_QUEUE', detail: 'is set, and so is a topic: receipts come from one of them' }];
  }
  if (queue || (topic && subscription)) return [];
  const missing = topic ? 'SERVICE_BUS_SUBSCRIPTION' : subscription ? 'SERVICE_BUS_TOPIC' : 'SERVICE_BUS_QUEUE';
  const detail = 'is missing: a connection string goes with a queue, or with a topic and its subscription';
  return [{ name: missing, detail }];
}

const SERVICE_BUS = [
  'SERVICE_BUS_CONNECTION_STRING',
  'SERVICE_BUS_QUEUE',
  'SERVICE_BUS_TOPIC',
  'SERVICE_BUS_SUBSCRIPTION',
];

function ports({ PORT: port, METRICS_PORT: metricsPort }: Variables): readonly SettingFault[] {
  if (metricsPort === null || metricsPort === 0 || metricsPort !== port) return [];
  return [{ name: 'METRICS_PORT', detail: 'must differ from PORT' }];
}

function retention(variables: Variables): readonly SettingFault[] {
  const { PAYLOAD_RETENTION_DAYS: payloadDays, RETENTION_DAYS: days } = variables;
  if (payloadDays === null || payloadDays <= days) return [];
  return [{ name: 'PAYLOAD_RETENTION_DAYS', detail: 'must not be more than RETENTION_DAYS' }];
}
