import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { readSettings } from '../../src/settings/read-settings.js';
import { certificateAndKey } from './support/certificate.js';
import { faultsOf, REQUIRED } from './support/settings-environment.js';

const { AZURE_CLIENT_SECRET: _secret, ...WITHOUT_CREDENTIAL } = REQUIRED;
const SECRET = 'marker-of-a-secret-in-a-file';

let folder: string;
let certificate: string;
let key: string;
let otherKey: string;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'gateway-settings-'));
  ({ certificate, key } = await certificateAndKey());
  otherKey = (await certificateAndKey()).key;
});
afterAll(() => rmSync(folder, { recursive: true }));

function file(name: string, content: string): string {
  writeFileSync(join(folder, name), content);
  return join(folder, name);
}

describe('a setting given as a file', () => {
  it('is the content of that file, trimmed', () => {
    const { dataverse } = readSettings({
      ...WITHOUT_CREDENTIAL,
      AZURE_CLIENT_SECRET_FILE: file('secret', `${SECRET}\n`),
    });

    expect(dataverse.applicationUsers[0]?.credential).toEqual({ kind: 'secret', clientSecret: SECRET });
  });

  it('works for numbers as well', () => {
    expect(readSettings({ ...REQUIRED, PORT_FILE: file('port', ' 8080\n') }).http.port).toBe(8080);
  });

  it('is refused beside the value itself, without a second fault', () => {
    const faults = faultsOf({ ...REQUIRED, AZURE_CLIENT_SECRET_FILE: file('secret', SECRET) });

    expect(faults).toEqual([
      { name: 'AZURE_CLIENT_SECRET', detail: 'is set, and so is AZURE_CLIENT_SECRET_FILE: only one of them may be' },
    ]);
  });

  it.each([
    ['is missing', () => join(folder, 'none'), 'cannot be read (ENOENT)'],
    ['is a folder', () => folder, 'cannot be read (EISDIR)'],
    ['is empty', () => file('empty', ' \n'), 'is empty'],
  ])('is refused when the file %s, without a second fault', (_situation, path, expected) => {
    const faults = faultsOf({ ...WITHOUT_CREDENTIAL, AZURE_CLIENT_SECRET_FILE: path() });

    expect(faults).toEqual([{ name: 'AZURE_CLIENT_SECRET_FILE', detail: `names a file that ${expected}` }]);
  });
});

describe('credentials in files', () => {
  it('take a PEM file with certificate and key', () => {
    const path = file('client.pem', key + certificate);
    const { dataverse } = readSettings({ ...WITHOUT_CREDENTIAL, AZURE_CLIENT_CERTIFICATE_PATH: path });

    expect(dataverse.applicationUsers[0]?.credential).toEqual({ kind: 'certificate', path });
  });

  it('take a federated token, which is read later', () => {
    const tokenPath = file('token', 'eyJ');
    const { dataverse } = readSettings({ ...WITHOUT_CREDENTIAL, AZURE_FEDERATED_TOKEN_FILE: tokenPath });

    expect(dataverse.applicationUsers[0]?.credential).toEqual({ kind: 'federated', tokenPath });
  });

  it.each([
    ['AZURE_CLIENT_CERTIFICATE_PATH', 'none.pem', 'cannot be read (ENOENT)'],
    ['AZURE_FEDERATED_TOKEN_FILE', 'none', 'cannot be read (ENOENT)'],
  ])('are refused when %s cannot be read', (name, path, expected) => {
    const faults = faultsOf({ ...WITHOUT_CREDENTIAL, [name]: join(folder, path) });

    expect(faults).toEqual([{ name, detail: `names a file that ${expected}` }]);
  });

  it('are refused when the PEM file lacks the key', () => {
    const path = file('public.pem', certificate);
    const [fault] = faultsOf({ ...WITHOUT_CREDENTIAL, AZURE_CLIENT_CERTIFICATE_PATH: path });

    expect(fault?.detail).toBe('must name a PEM file with both a certificate and a private key');
  });
});

describe('more application users', () => {
  const LIST = [{ clientId: 'second', clientSecret: SECRET }];

  it.each([
    ['a file', () => ({ DATAVERSE_APPLICATION_USERS: file('users.json', JSON.stringify(LIST)) })],
    ['the JSON itself', () => ({ DATAVERSE_APPLICATION_USERS: JSON.stringify(LIST) })],
    ['a mounted secret', () => ({ DATAVERSE_APPLICATION_USERS_FILE: file('users.json', JSON.stringify(LIST)) })],
  ])('come from %s', (_form, overlay) => {
    const { applicationUsers } = readSettings({ ...REQUIRED, ...overlay() }).dataverse;

    expect(applicationUsers.map(({ clientId }) => clientId)).toEqual([REQUIRED.AZURE_CLIENT_ID, 'second']);
    expect(applicationUsers[1]?.credential).toEqual({ kind: 'secret', clientSecret: SECRET });
  });

  it.each([
    ['text that is no JSON', `[${SECRET}`, 'must be a JSON array'],
    ['an object', '{}', 'must be a JSON array'],
    ['an entry that is no object', '[1]', 'entry 0 must be an object'],
    ['a missing secret', '[{"clientId":"a"}]', 'entry 0: clientSecret must be text'],
    ['an impossible id', `[{"clientId":"a b","clientSecret":"${SECRET}"}]`, 'entry 0: clientId must be'],
    ['an unknown member', `[{"clientId":"a","clientSecret":"${SECRET}","x":1}]`, 'entry 0 has members besides'],
    [
      'one user twice',
      '[{"clientId":"a","clientSecret":"x"},{"clientId":"a","clientSecret":"y"}]',
      'entry 1: clientId',
    ],
    ['the first user again', `[{"clientId":"${REQUIRED.AZURE_CLIENT_ID}","clientSecret":"x"}]`, 'AZURE_CLIENT_ID'],
  ])('are refused for %s, without quoting it', (_situation, content, expected) => {
    const faults = faultsOf({ ...REQUIRED, DATAVERSE_APPLICATION_USERS: file('users.json', content) });

    expect(faults).toEqual([{ name: 'DATAVERSE_APPLICATION_USERS', detail: expect.stringContaining(expected) }]);
    expect(JSON.stringify(faults)).not.toContain(SECRET);
  });

  it('need a tenant even beside a managed identity', () => {
    const faults = faultsOf({
      DATAVERSE_URL: REQUIRED.DATAVERSE_URL,
      AZURE_USE_MANAGED_IDENTITY: 'true',
      DATAVERSE_APPLICATION_USERS: JSON.stringify(LIST),
    });

    expect(faults.map(({ name }) => name)).toEqual(['AZURE_TENANT_ID']);
  });
});

describe('TLS', () => {
  it('takes a certificate and its key as text', () => {
    const { tls } = readSettings({
      ...REQUIRED,
      TLS_CERT_PATH: file('tls.crt', certificate),
      TLS_KEY_PATH: file('tls.key', key),
    }).http;

    expect(tls).toEqual({ certificate, key });
  });

  it('refuses a key that belongs to another certificate', () => {
    const TLS_CERT_PATH = file('tls.crt', certificate);
    const TLS_KEY_PATH = file('other.key', otherKey);

    expect(faultsOf({ ...REQUIRED, TLS_CERT_PATH, TLS_KEY_PATH })).toEqual([
      { name: 'TLS_CERT_PATH', detail: expect.stringContaining('the key that belongs to it') },
    ]);
  });

  it('names both files that cannot be read', () => {
    const faults = faultsOf({ ...REQUIRED, TLS_CERT_PATH: join(folder, 'a'), TLS_KEY_PATH: join(folder, 'b') });

    expect(faults.map(({ name }) => name)).toEqual(['TLS_CERT_PATH', 'TLS_KEY_PATH']);
  });
});

describe('errors about settings', () => {
  it('never hold a value, whatever it was set to', () => {
    const names = [
      'AZURE_CLIENT_SECRET',
      'DATABASE_URL',
      'DATAVERSE_URL',
      'AZURE_TENANT_ID',
      'PORT',
      'LOG_LEVEL',
      'HOST',
    ];
    const environment = Object.fromEntries(names.map((name) => [name, `https://u:${SECRET}@x/ y`]));

    const faults = faultsOf(environment);

    expect(faults.length).toBeGreaterThan(4);
    expect(JSON.stringify(faults)).not.toContain(SECRET);
  });
});
