import { readSettings } from '../../../src/settings/read-settings.js';
import type { Environment } from '../../../src/settings/read-variables.js';
import { type SettingFault, SettingsError } from '../../../src/settings/settings.error.js';

/** The least a gateway can be started with. */
export const REQUIRED = {
  DATAVERSE_URL: 'https://org.crm.dynamics.com',
  AZURE_TENANT_ID: '5e0ccd45-6a38-4d2b-9f0c-0f3c3b1d8a01',
  AZURE_CLIENT_ID: 'c0ffee00-6a38-4d2b-9f0c-0f3c3b1d8a02',
  AZURE_CLIENT_SECRET: 'marker-of-the-secret',
};

/** What a start with this environment complains about; empty when it does not. */
export function faultsOf(environment: Environment): readonly SettingFault[] {
  try {
    readSettings(environment);
    return [];
  } catch (error) {
    if (error instanceof SettingsError) return error.faults;
    throw error;
  }
}
