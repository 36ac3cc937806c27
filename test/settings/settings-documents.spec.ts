import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { declarationsOf } from '../../src/settings/setting-declaration.js';
import { renderEnvExample, withSettingsTables } from '../../src/settings/settings-documents.js';
import { SECTIONS } from '../../src/settings/variables/variables.js';

const envExample = readFileSync(new URL('../../.env.example', import.meta.url), 'utf8');
const documentation = readFileSync(new URL('../../docs/settings.md', import.meta.url), 'utf8');

/** The names the gateway was promised to have; other systems are set up with them. */
const NAMES = [
  ...['PORT', 'HOST', 'TLS_CERT_PATH', 'TLS_KEY_PATH', 'TRUST_PROXY', 'DATABASE_URL', 'DATABASE_ALLOW_FSYNC_OFF'],
  ...['DATAVERSE_URL', 'DATAVERSE_API_VERSION', 'DATAVERSE_PUBLISHER_PREFIX', 'DATAVERSE_SOLUTION'],
  ...['AZURE_TENANT_ID', 'AZURE_CLIENT_ID', 'AZURE_CLIENT_SECRET', 'AZURE_CLIENT_CERTIFICATE_PATH'],
  ...[
    'AZURE_FEDERATED_TOKEN_FILE',
    'AZURE_USE_MANAGED_IDENTITY',
    'AZURE_AUTHORITY_HOST',
    'DATAVERSE_APPLICATION_USERS',
  ],
  ...['HTTPS_PROXY', 'NO_PROXY'],
  ...['DELIVERY_CONCURRENCY', 'DELIVERY_BATCH_SIZE', 'DELIVERY_TIMEOUT_MS', 'DELIVERY_MAX_AGE_HOURS'],
  ...['HOOK_AUTH_FILE', 'RECEIPT_DEADLINE_SECONDS', 'SERVICE_BUS_CONNECTION_STRING'],
  ...['SERVICE_BUS_QUEUE', 'SERVICE_BUS_TOPIC', 'SERVICE_BUS_SUBSCRIPTION'],
  ...['BACKLOG_LIMIT', 'RETENTION_DAYS', 'PAYLOAD_RETENTION_DAYS', 'OIDC_ISSUER', 'OIDC_AUDIENCE', 'CLIENT_RATE'],
  ...['METRICS_PORT', 'LOG_LEVEL', 'SHUTDOWN_GRACE_MS'],
];

describe('the texts made from the settings', () => {
  it('cover every setting there is', () => {
    const declared = SECTIONS.flatMap(({ variables }) => declarationsOf(variables).map(({ name }) => name));

    expect(declared).toEqual(NAMES);
  });

  it('are current in .env.example (tools/write-settings.mjs writes it)', () => {
    expect(envExample).toBe(renderEnvExample());
  });

  it('are current in docs/settings.md (tools/write-settings.mjs writes it)', () => {
    expect(documentation).toBe(withSettingsTables(documentation));
  });

  it('set nothing in .env.example, so that a copy starts from the defaults', () => {
    expect(envExample.split('\n').filter((line) => line !== '' && !line.startsWith('#'))).toEqual([]);
  });
});
