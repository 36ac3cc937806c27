import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { pino } from 'pino';
import { createApplication, openParts } from './gateway.js';
import { connectorDefinition } from './openapi/connector/connector-definition.js';
import { connectorProperties } from './openapi/connector/connector-properties.js';
import { buildOpenApiDocument } from './openapi/openapi-document.js';
import { gatewayVersion } from './operations/version.js';
import { readSettings } from './settings/read-settings.js';

/** The document contains no address and no credential; the modules need some all the same, and never use them. */
const UNUSED = {
  DATABASE_URL: 'sqlite::memory:',
  DATAVERSE_URL: 'https://example.crm.dynamics.com',
  AZURE_TENANT_ID: '00000000-0000-4000-8000-000000000000',
  AZURE_CLIENT_ID: '00000000-0000-4000-8000-000000000000',
  AZURE_CLIENT_SECRET: 'unused',
};

/**
 * Builds the OpenAPI document from the application's own modules, without listening, and writes it; beside it, in
 * `connector/`, the Power Platform custom connector that is made from it.
 */
export async function writeOpenApi(path: string): Promise<void> {
  const parts = await openParts(readSettings(UNUSED), pino({ level: 'silent' }));
  const app = await createApplication(parts);
  try {
    const document = buildOpenApiDocument(app, { catalog: parts.catalog, version: gatewayVersion() });
    const connector = join(dirname(path), 'connector');
    await mkdir(connector, { recursive: true });
    await write(path, document);
    await write(join(connector, 'apiDefinition.swagger.json'), connectorDefinition(document));
    await write(join(connector, 'apiProperties.json'), connectorProperties());
  } finally {
    await app.close();
    await parts.store.close();
  }
}

function write(path: string, content: object): Promise<void> {
  return writeFile(path, `${JSON.stringify(content, null, 2)}\n`);
}
