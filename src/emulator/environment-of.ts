import type { Emulator } from './emulator.js';
import type { NewApplicationUser } from './entra/application-user.js';
import { BUSINESS_EVENTS_SOLUTION } from './tables/seeds/seed-organization.js';

/** The environment variables that point a client at an emulator as one of its application users. */
export function environmentOf(emulator: Emulator, user: NewApplicationUser): Readonly<Record<string, string>> {
  return {
    DATAVERSE_URL: emulator.url,
    DATAVERSE_SOLUTION: BUSINESS_EVENTS_SOLUTION,
    AZURE_TENANT_ID: emulator.tenantId,
    AZURE_CLIENT_ID: user.clientId,
    ...(user.clientSecret === undefined ? {} : { AZURE_CLIENT_SECRET: user.clientSecret }),
    AZURE_AUTHORITY_HOST: emulator.authorityHost,
    ...(emulator.caCertificatePath === null ? {} : { NODE_EXTRA_CA_CERTS: emulator.caCertificatePath }),
  };
}
