import type { DataverseRefusedError } from '../../dataverse/tables/dataverse-refused.error.js';

/** What to do about a refusal, as a text behind its message; empty where there is no advice. */
export function explainRefusal({ status, code, refusal }: DataverseRefusedError): string {
  const isRead = refusal.request.startsWith('GET ');
  const advice =
    code === LACKS_PRIVILEGE ? (isRead ? TO_READ : TO_WRITE) : (BY_CODE.get(code ?? '') ?? BY_STATUS.get(status));
  return advice === undefined ? '' : `\n${advice}`;
}

const LACKS_PRIVILEGE = '0x80040220';

/** Not a role that can write: a sender would get it in the middle of the night, and keep it. */
const TO_READ =
  'The application user lacks a privilege to read. `dataverse grant` gives what `check`, `plan` and `verify` read, with --diagnose also what `endpoints`, `discover`, --endpoints and --receiver read; `dataverse check` lists what is missing.';

const TO_WRITE =
  'The application user lacks a privilege to write. Who provisions needs the role System Customizer or System Administrator, and is another one than the user that sends; `dataverse check` lists what is missing.';

const BY_CODE: ReadonlyMap<string, string> = new Map([
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
