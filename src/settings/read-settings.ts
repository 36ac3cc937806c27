import { readApplicationUsers } from './application-users.js';
import { credentialFaults } from './credential.js';
import type { GatewaySettings, StoreSettings } from './gateway-settings.js';
import { type Environment, readVariables } from './read-variables.js';
import { declarationsOf } from './setting-declaration.js';
import { faultsBetween } from './setting-rules.js';
import { type SettingFault, SettingsError } from './settings.error.js';
import { sliceSettings } from './slice-settings.js';
import { readTls } from './tls.js';
import { SECTIONS } from './variables/variables.js';

/** Reads everything `serve` needs. Throws `SettingsError` with every fault there is. */
export function readSettings(environment: Environment = process.env): GatewaySettings {
  const { variables, given, faults } = readVariables(environment);
  const users = readApplicationUsers(variables.DATAVERSE_APPLICATION_USERS);
  const tls = readTls(variables);
  refuse([
    ...faults,
    ...faultsBetween({ variables, given }, users.users),
    ...credentialFaults(variables, given),
    ...users.faults,
    ...tls.faults,
  ]);
  const unsupported = SECTIONS.flatMap((section) => declarationsOf(section.variables))
    .filter(({ name, notYet }) => notYet && given.has(name))
    .map(({ name }) => name);
  return sliceSettings(variables, { moreUsers: users.users, tls: tls.tls, unsupported });
}

/** Reads what a command beside a gateway needs: the store, and nothing that would ask for Dataverse's credentials. */
export function readStoreSettings(environment: Environment = process.env): StoreSettings {
  const { variables, faults } = readVariables(environment);
  refuse(faults.filter(({ name }) => name === 'DATABASE_URL' || name === 'DATABASE_URL_FILE'));
  return Object.freeze({ databaseUrl: variables.DATABASE_URL });
}

function refuse(faults: readonly SettingFault[]): void {
  if (faults.length > 0) throw new SettingsError(faults);
}
