import { readApplicationUsers } from './application-users.js';
import { credentialFaults } from './credential.js';
import type { DataverseSettings, GatewaySettings, StoreSettings } from './gateway-settings.js';
import { type ReadHookAuth, readHookAuth } from './hook-auth.js';
import { type Environment, readVariables } from './read-variables.js';
import { declarationsOf } from './setting-declaration.js';
import { faultsBetween, faultsOfDataverse } from './setting-rules.js';
import { type SettingFault, SettingsError } from './settings.error.js';
import { sliceDataverse, sliceSettings } from './slice-settings.js';
import { readTls } from './tls.js';
import { DataverseVariables } from './variables/dataverse-variables.js';
import type { Variables } from './variables/variables.js';

/** Reads everything `serve` needs. Throws `SettingsError` with every fault there is. */
export function readSettings(environment: Environment = process.env): GatewaySettings {
  const { variables, given, faults } = readVariables(environment);
  const users = readApplicationUsers(variables.DATAVERSE_APPLICATION_USERS);
  const tls = readTls(variables);
  const hook = readHookAuth(variables.HOOK_AUTH_FILE, environment);
  refuse([
    ...faults,
    ...faultsBetween({ variables, given }, users.users),
    ...credentialFaults(variables, given),
    ...users.faults,
    ...tls.faults,
    ...hook.faults,
  ]);
  const { hookAuth, warnings } = hook;
  return sliceSettings(variables, { moreUsers: users.users, tls: tls.tls, hookAuth, warnings });
}

/** Reads certificate and key again, for they may have been renewed since the start; null for a gateway without. */
export function readCertificate(environment: Environment = process.env): GatewaySettings['http']['tls'] {
  const { tls, faults } = readTls(readVariables(environment).variables);
  refuse(faults);
  return tls;
}

/**
 * Reads how Dataverse authenticates at the gateway's receiver, for commands that register it: the first way is
 * registered in Dataverse. Null where HOOK_AUTH_FILE is not set. Throws `SettingsError`.
 */
export function readHookAuthWays(environment: Environment = process.env): Pick<ReadHookAuth, 'hookAuth' | 'warnings'> {
  const { faults, ...ways } = readHookAuth(readOne(environment, 'HOOK_AUTH_FILE'), environment);
  refuse(faults);
  return ways;
}

/** Reads what a command beside a gateway needs: the store, and no credentials for Dataverse. */
export function readStoreSettings(environment: Environment = process.env): StoreSettings {
  return Object.freeze({
    databaseUrl: readOne(environment, 'DATABASE_URL'),
    allowFsyncOff: readOne(environment, 'DATABASE_ALLOW_FSYNC_OFF'),
  });
}

/**
 * Reads what a command for Dataverse needs: the environment and its application users, but no store and no listener.
 * Throws `SettingsError` with every fault of those.
 */
export function readDataverseSettings(environment: Environment = process.env): DataverseSettings {
  const { variables, given, faults } = readVariables(environment);
  const users = readApplicationUsers(variables.DATAVERSE_APPLICATION_USERS);
  const names = new Set(declarationsOf(DataverseVariables).flatMap(({ name }) => [name, `${name}_FILE`]));
  refuse([
    ...faults.filter(({ name }) => names.has(name)),
    ...faultsOfDataverse({ variables, given }, users.users),
    ...credentialFaults(variables, given),
    ...users.faults,
  ]);
  return sliceDataverse(variables, users.users);
}

/** Whether the store is named; otherwise a command may look for it. */
export function isStoreGiven(environment: Environment = process.env): boolean {
  return readVariables(environment).given.has('DATABASE_URL');
}

/**
 * The client ids of the application users as far as this environment tells them; null for the one managed identity that
 * has none. Faults of their settings do not matter here.
 */
export function readApplicationUserIds(environment: Environment = process.env): readonly (string | null)[] {
  const { AZURE_CLIENT_ID, AZURE_USE_MANAGED_IDENTITY, DATAVERSE_APPLICATION_USERS } =
    readVariables(environment).variables;
  const more = readApplicationUsers(DATAVERSE_APPLICATION_USERS).users.map(({ clientId }) => clientId);
  const isNamed = AZURE_CLIENT_ID !== null || AZURE_USE_MANAGED_IDENTITY;
  return isNamed ? [AZURE_CLIENT_ID, ...more] : more;
}

/** Reads the prefix of the custom APIs' names, for commands that load the event types. */
export function readPublisherPrefix(environment: Environment = process.env): string {
  return readOne(environment, 'DATAVERSE_PUBLISHER_PREFIX');
}

/** Reads the solution that provisioning works in; null for the default solution. */
export function readSolution(environment: Environment = process.env): string | null {
  return readOne(environment, 'DATAVERSE_SOLUTION');
}

/** Reads how long delivered and cancelled events are kept, in days. */
export function readRetentionDays(environment: Environment = process.env): number {
  return readOne(environment, 'RETENTION_DAYS');
}

/** Reads one setting; faults of others do not matter here. */
function readOne<N extends keyof Variables>(environment: Environment, name: N): Variables[N] {
  const { variables, faults } = readVariables(environment);
  refuse(faults.filter((fault) => fault.name === name || fault.name === `${name}_FILE`));
  return variables[name];
}

function refuse(faults: readonly SettingFault[]): void {
  if (faults.length > 0) throw new SettingsError(faults);
}
