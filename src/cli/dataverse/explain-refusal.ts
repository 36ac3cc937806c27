import type { DataverseRefusedError } from '../../dataverse/tables/dataverse-refused.error.js';

/** What to do about a refusal, to be read behind its message; empty where there is nothing to advise. */
export function explainRefusal({ status, code }: DataverseRefusedError): string {
  const advice = BY_CODE.get(code ?? '') ?? BY_STATUS.get(status);
  return advice === undefined ? '' : `\n${advice}`;
}

const BY_CODE: ReadonlyMap<string, string> = new Map([
  [
    '0x80040220',
    'The application user lacks a privilege. Who provisions needs the role System Customizer or System Administrator; `dataverse check` lists what it has.',
  ],
  [
    '0x80072560',
    'The application has no application user in this environment: `dataverse grant` makes one, or the Power Platform admin center, Settings, Users + permissions, Application users.',
  ],
  [
    '0x80042f09',
    'The application user has no security role: `dataverse grant` gives it one, or the Power Platform admin center, Settings, Users + permissions, Application users.',
  ],
]);

const BY_STATUS: ReadonlyMap<number, string> = new Map([
  [401, 'Dataverse does not take the token: compare DATAVERSE_URL and AZURE_TENANT_ID; `dataverse check` tells more.'],
]);
