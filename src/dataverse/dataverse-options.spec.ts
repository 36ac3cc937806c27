import { describe, expect, it } from '@jest/globals';
import { applicationUserName, checkDataverseOptions, type DataverseOptions } from './dataverse-options.js';

const OPTIONS: DataverseOptions = {
  url: 'https://org.crm.dynamics.com',
  apiVersion: 'v9.2',
  publisherPrefix: 'contoso',
  timeoutMs: 120_000,
  tenantId: 'tenant',
  authorityHost: 'https://login.microsoftonline.com',
  applicationUsers: [{ clientId: 'a', credential: { kind: 'secret', clientSecret: 'hidden' } }],
};
const IDENTITY = { clientId: null, credential: { kind: 'managed-identity' } } as const;

describe('checkDataverseOptions', () => {
  it.each<readonly [string, Partial<DataverseOptions>]>([
    ['a client secret', {}],
    ['an origin with a port and a slash', { url: 'https://localhost:8443/' }],
    ['a managed identity alone, without a tenant', { applicationUsers: [IDENTITY], tenantId: null }],
  ])('accepts %s', (_, changes) => {
    expect(() => checkDataverseOptions({ ...OPTIONS, ...changes })).not.toThrow();
  });

  it.each<readonly [string, Partial<DataverseOptions>, string]>([
    ['plain http', { url: 'http://org.crm.dynamics.com' }, 'url must be an https origin'],
    ['plain http to this machine', { url: 'http://localhost:8080' }, 'url must be an https origin'],
    ['a path', { url: 'https://org.crm.dynamics.com/api' }, 'url must be an https origin'],
    ['a query', { url: 'https://org.crm.dynamics.com/?a=b' }, 'url must be an https origin'],
    ['a user in the url', { url: 'https://me@org.crm.dynamics.com' }, 'url must be an https origin'],
    ['no url', { url: 'org.crm.dynamics.com' }, 'url must be an https origin'],
    [
      'an authority over http',
      { authorityHost: 'http://login.microsoftonline.com' },
      'authorityHost must be an https origin',
    ],
    ['a version that is none', { apiVersion: '../9.2' }, 'apiVersion must look like v9.2'],
    ['no time at all', { timeoutMs: 0 }, 'timeoutMs must be above 0'],
    ['nobody to send as', { applicationUsers: [] }, 'at least one application user'],
    [
      'one user twice',
      { applicationUsers: [...OPTIONS.applicationUsers, ...OPTIONS.applicationUsers] },
      'share one client id',
    ],
    [
      'a secret without a client id',
      { applicationUsers: [{ clientId: null, credential: { kind: 'secret', clientSecret: 'hidden' } }] },
      'only a managed identity does without a client id',
    ],
    ['a secret without a tenant', { tenantId: null }, 'tenantId is required'],
  ])('refuses %s', (_, changes, message) => {
    expect(() => checkDataverseOptions({ ...OPTIONS, ...changes })).toThrow(message);
  });

  it('names every fault at once, and no secret', () => {
    const check = () => checkDataverseOptions({ ...OPTIONS, url: '', apiVersion: '', tenantId: null });
    expect(check).toThrow(/url .*apiVersion .*tenantId/);
    expect(check).not.toThrow(/hidden/);
  });
});

describe('applicationUserName', () => {
  it('is the client id, or says that it is the identity of the machine', () => {
    expect(OPTIONS.applicationUsers.map(applicationUserName)).toEqual(['a']);
    expect(applicationUserName(IDENTITY)).toBe('managed-identity');
  });
});
