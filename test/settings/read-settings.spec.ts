import { describe, expect, it } from '@jest/globals';
import { readSettings, readStoreSettings } from '../../src/settings/read-settings.js';
import { faultsOf, REQUIRED } from './support/settings-environment.js';

describe('the settings', () => {
  it('fill in every default where only what is required is set', () => {
    const settings = readSettings(REQUIRED);

    expect(settings).toEqual({
      http: { port: 3000, host: '0.0.0.0', tls: null, trustedProxies: false },
      store: { databaseUrl: 'sqlite:./data/gateway.db', allowFsyncOff: false },
      dataverse: {
        url: 'https://org.crm.dynamics.com',
        apiVersion: 'v9.2',
        publisherPrefix: 'contoso',
        solution: null,
        authorityHost: 'https://login.microsoftonline.com',
        tenantId: REQUIRED.AZURE_TENANT_ID,
        applicationUsers: [
          {
            clientId: REQUIRED.AZURE_CLIENT_ID,
            credential: { kind: 'secret', clientSecret: REQUIRED.AZURE_CLIENT_SECRET },
          },
        ],
      },
      delivery: { concurrency: 40, batchSize: 10, timeoutMs: 120_000, maxAgeMs: 259_200_000 },
      retention: { backlogLimit: 1_000_000, retentionDays: 30, payloadRetentionDays: null },
      receipts: { hookAuth: null, deadlineMs: 900_000, serviceBus: null },
      access: { oidc: null, clientRate: null },
      operations: { logLevel: 'info', metricsPort: null, shutdownGraceMs: 25_000 },
      warnings: [],
    });
  });

  it('cannot be changed, however deep', () => {
    const settings = readSettings(REQUIRED) as unknown as { dataverse: { applicationUsers: unknown[] } };

    expect(() => settings.dataverse.applicationUsers.push({})).toThrow(TypeError);
  });

  it('take an empty variable for an absent one', () => {
    expect(readSettings({ ...REQUIRED, PORT: '', OIDC_ISSUER: '', PORT_FILE: '' }).http.port).toBe(3000);
  });

  it('drop the slash at the end of addresses', () => {
    const { dataverse } = readSettings({ ...REQUIRED, DATAVERSE_URL: 'https://Org.crm.dynamics.com/' });

    expect(dataverse.url).toBe('https://org.crm.dynamics.com');
  });

  it.each([
    ['off', false],
    ['on', true],
    ['10.0.0.0/8, ::1', ['10.0.0.0/8', '::1']],
  ])('trust the proxies that TRUST_PROXY=%s names', (TRUST_PROXY, expected) => {
    expect(readSettings({ ...REQUIRED, TRUST_PROXY }).http.trustedProxies).toEqual(expected);
  });

  it('take a proxy, and the hosts it is not for', () => {
    const { dataverse } = readSettings({ ...REQUIRED, HTTPS_PROXY: 'http://u:p@proxy:8080', NO_PROXY: 'localhost' });

    expect(dataverse.proxy).toEqual({ url: 'http://u:p@proxy:8080', except: 'localhost' });
  });

  it('list every fault at once', () => {
    const faults = faultsOf({ PORT: '-1', LOG_LEVEL: 'verbose', RETENTION_DAYS: '6', OIDC_AUDIENCE: 'x' });

    expect(faults.map(({ name }) => name).sort()).toEqual([
      'AZURE_CLIENT_ID',
      'AZURE_CLIENT_SECRET',
      'AZURE_TENANT_ID',
      'DATAVERSE_URL',
      'LOG_LEVEL',
      'OIDC_ISSUER',
      'PORT',
      'RETENTION_DAYS',
    ]);
  });
});

describe('a single setting', () => {
  it.each([
    ['PORT', 'http', 'a whole number from 0 to 65535'],
    ['PORT', '65536', 'a whole number from 0 to 65535'],
    ['PORT', '3000.5', 'a whole number'],
    ['PORT', '0x10', 'a whole number'],
    ['HOST', 'not a host', 'an IP address or a host name'],
    ['TRUST_PROXY', 'yes', 'off, on, or a list'],
    ['TRUST_PROXY', '10.0.0.0/33', 'off, on, or a list'],
    ['DATABASE_URL', 'mysql://x', 'sqlite:./folder/file.db'],
    ['DATABASE_URL', 'postgres://user@host', 'postgres://role:password@host:5432/database'],
    ['DATABASE_URL', 'postgres:///db', 'postgres://role:password@host:5432/database'],
    ['DATABASE_URL', 'postgresql:user@host/db', 'postgres://role:password@host:5432/database'],
    ['DATABASE_ALLOW_FSYNC_OFF', 'yes', 'true or false'],
    ['DATABASE_URL', 'sqlite:data/x.db', 'sqlite:./folder/file.db'],
    ['DATABASE_URL', 'sqlite:', 'sqlite:./folder/file.db'],
    ['DATAVERSE_URL', 'http://org.crm.dynamics.com', 'an https address without a path'],
    ['DATAVERSE_URL', 'https://org.crm.dynamics.com/api/data', 'an https address without a path'],
    ['DATAVERSE_URL', 'https://user:secret@org.crm.dynamics.com', 'an https address without a path'],
    ['DATAVERSE_URL', 'org.crm.dynamics.com', 'an https address without a path'],
    ['DATAVERSE_API_VERSION', '9.2', 'a Web API version'],
    ['DATAVERSE_PUBLISHER_PREFIX', 'mscrmx', 'not beginning with mscrm'],
    ['DATAVERSE_PUBLISHER_PREFIX', 'c', '2 to 8 lower-case letters'],
    ['DATAVERSE_SOLUTION', 'My Solution', "a solution's unique name"],
    ['AZURE_TENANT_ID', 'a/b', "a tenant's id or domain"],
    ['AZURE_CLIENT_ID', 'a+type:b', "an application's (client) id"],
    ['AZURE_USE_MANAGED_IDENTITY', 'yes', 'true or false'],
    ['AZURE_AUTHORITY_HOST', 'http://login.example.com', 'an https address'],
    ['HTTPS_PROXY', 'https://proxy.example.com', 'an http address without a path'],
    ['DELIVERY_CONCURRENCY', '0', 'from 1 to 1000 (calls)'],
    ['DELIVERY_BATCH_SIZE', '1001', 'from 1 to 1000 (events)'],
    ['DELIVERY_TIMEOUT_MS', '999', 'from 1000 to 600000 (milliseconds)'],
    ['DELIVERY_MAX_AGE_HOURS', '0', 'from 1 to 8760 (hours)'],
    ['BACKLOG_LIMIT', '0', 'from 1 to 1000000000 (events)'],
    ['RETENTION_DAYS', '6', 'from 7 to 3650 (days)'],
    ['PAYLOAD_RETENTION_DAYS', '0', 'from 1 to 3650 (days)'],
    ['OIDC_ISSUER', 'http://id.example.com', 'an https URL'],
    ['OIDC_ISSUER', 'https://id.example.com/?tenant=1', 'without query'],
    ['OIDC_ISSUER', 'https://id.example.com/#', 'without query'],
    ['OIDC_ISSUER', 'https://login.microsoftonline.com/common/v2.0', 'of one tenant'],
    ['OIDC_ISSUER', 'https://login.microsoftonline.com/organizations/v2.0', 'of one tenant'],
    ['OIDC_ISSUER', 'https://login.microsoftonline.com/{tenantid}/v2.0', 'of one tenant'],
    ['CLIENT_RATE', '0', 'from 1 to 1000000 (events and requests per second)'],
    ['METRICS_PORT', 'on', 'a whole number'],
    ['LOG_LEVEL', 'verbose', 'one of trace, debug, info, warn, error, fatal, silent'],
    ['SHUTDOWN_GRACE_MS', '600001', 'from 0 to 600000 (milliseconds)'],
  ])('%s=%s is refused, and the fault tells what it must be', (name, value, expected) => {
    const [fault, ...others] = faultsOf({
      ...REQUIRED,
      OIDC_AUDIENCE: 'x',
      OIDC_ISSUER: 'https://id.x',
      [name]: value,
    });

    expect(others).toEqual([]);
    expect(fault?.name).toBe(name);
    expect(fault?.detail).toContain(expected);
    expect(fault?.detail).toMatch(/^must be /);
  });
});

describe('settings that belong together', () => {
  it.each([
    ['no Dataverse', { DATAVERSE_URL: '' }, 'DATAVERSE_URL', 'is required'],
    ['no credential', { AZURE_CLIENT_SECRET: '' }, 'AZURE_CLIENT_SECRET', 'is not set, and neither is'],
    [
      'two credentials',
      { AZURE_USE_MANAGED_IDENTITY: 'true' },
      'AZURE_USE_MANAGED_IDENTITY',
      'so is AZURE_CLIENT_SECRET',
    ],
    ['a secret without its tenant', { AZURE_TENANT_ID: '' }, 'AZURE_TENANT_ID', 'is required'],
    ['a secret without its user', { AZURE_CLIENT_ID: '' }, 'AZURE_CLIENT_ID', 'is required'],
    ['an issuer alone', { OIDC_ISSUER: 'https://id.x' }, 'OIDC_AUDIENCE', 'are set together'],
    ['one port for two listeners', { PORT: '3000', METRICS_PORT: '3000' }, 'METRICS_PORT', 'must differ'],
    ['data kept longer than its event', { PAYLOAD_RETENTION_DAYS: '31' }, 'PAYLOAD_RETENTION_DAYS', 'not be more'],
    ['a certificate alone', { TLS_CERT_PATH: '/x' }, 'TLS_KEY_PATH', 'set together'],
    ['a key alone', { TLS_KEY_PATH: '/x' }, 'TLS_CERT_PATH', 'set together'],
  ])('are refused with %s', (_situation, overlay, name, expected) => {
    const [fault, ...others] = faultsOf({ ...REQUIRED, ...overlay });

    expect(others).toEqual([]);
    expect(fault?.name).toBe(name);
    expect(fault?.detail).toContain(expected);
  });

  it('let two listeners each take any free port', () => {
    expect(readSettings({ ...REQUIRED, PORT: '0', METRICS_PORT: '0' }).operations.metricsPort).toBe(0);
  });

  it('let a managed identity do without tenant and client id', () => {
    const { dataverse } = readSettings({
      DATAVERSE_URL: 'https://org.crm.dynamics.com',
      AZURE_USE_MANAGED_IDENTITY: 'true',
    });

    expect(dataverse.applicationUsers).toEqual([{ clientId: null, credential: { kind: 'managed-identity' } }]);
    expect(dataverse.tenantId).toBeNull();
  });
});

describe('the settings of a command beside a gateway', () => {
  it('need no Dataverse', () => {
    expect(readStoreSettings({ DATABASE_URL: 'sqlite:/tmp/x.db' })).toEqual({
      databaseUrl: 'sqlite:/tmp/x.db',
      allowFsyncOff: false,
    });
  });

  it('do not mind what is wrong elsewhere', () => {
    expect(readStoreSettings({ PORT: 'x' }).databaseUrl).toBe('sqlite:./data/gateway.db');
  });

  it('refuse a database of no known kind', () => {
    expect(() => readStoreSettings({ DATABASE_URL: 'mysql://x' })).toThrow(/DATABASE_URL must be sqlite:/);
  });
});
