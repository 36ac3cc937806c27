import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { loadEventCatalog } from '../../src/contract/load-event-catalog.js';
import { DataverseConnection } from '../../src/dataverse/dataverse-connection.js';
import { DataverseVerifier } from '../../src/dataverse/provisioning/dataverse-verifier.js';
import { SystemClock } from '../../src/kernel/clock.js';
import { createProvisioningEnvironment, type ProvisioningEnvironment } from './support/provisioning-environment.js';

const SENDER = 'bbbbbbbb-0000-4000-8000-000000000002';
const SECRET = 'kept-to-ourselves';
/** Depth of a privilege: rows of one's own, as `privilegedepthmask` has it. */
const BASIC = 1;

let environment: ProvisioningEnvironment;
let connection: DataverseConnection;
let verifier: DataverseVerifier;
beforeEach(async () => {
  environment = await createProvisioningEnvironment();
  const { emulator } = environment;
  await environment.run('apply --yes');
  emulator.registerApplicationUser({ clientId: SENDER, clientSecret: SECRET, access: 'no-application-user' });
  await environment.run(`grant --client-id ${SENDER} --yes`);
  const { url, tenantId, authorityHost } = emulator;
  const options = { url, tenantId, authorityHost, apiVersion: 'v9.2', publisherPrefix: 'contoso', timeoutMs: 60_000 };
  const applicationUsers = [{ clientId: SENDER, credential: { kind: 'secret', clientSecret: SECRET } }] as const;
  connection = new DataverseConnection({ ...options, applicationUsers }, new SystemClock());
  const catalog = await loadEventCatalog(new URL('../../src/events/', import.meta.url), 'contoso');
  verifier = new DataverseVerifier(connection, catalog, 'contoso');
});
afterEach(async () => {
  connection.close();
  await environment.remove();
});

/** The granted role shows from now on only what the user owns itself. */
function narrow(privilege: string): void {
  const { roleid = null } = environment.row('role', { name: 'Business Events Gateway' });
  const { privilegeid = null } = environment.row('privilege', { name: privilege });
  const { roleprivilegeid } = environment.row('roleprivileges', { roleid, privilegeid });
  environment.emulator.tables.changeRow('roleprivileges', String(roleprivilegeid), { privilegedepthmask: BASIC });
}

function giveParameters(isTheirs: (uniqueName: unknown) => boolean): void {
  const { systemuserid = null } = environment.row('systemuser', { applicationid: SENDER });
  for (const { uniquename, customapirequestparameterid } of environment.rows('customapirequestparameter', {})) {
    if (!isTheirs(uniquename)) continue;
    const cells = { ownerid: systemuserid };
    environment.emulator.tables.changeRow('customapirequestparameter', String(customapirequestparameterid), cells);
  }
}

function removeStoreId(): void {
  const { customapiid = null } = environment.row('customapi', { uniquename: 'contoso_CustomerPurchase' });
  const parameter = environment.row('customapirequestparameter', { customapiid, uniquename: 'StoreId' });
  environment.emulator.tables.removeRow('customapirequestparameter', String(parameter.customapirequestparameterid));
}

function asSender() {
  return { environment: { AZURE_CLIENT_ID: SENDER, AZURE_CLIENT_SECRET: SECRET } };
}

async function verdict() {
  const options = { signal: new AbortController().signal, mayStillSend: () => true };
  return (await verifier.verify(['CustomerPurchase'], SENDER, options)).get('CustomerPurchase');
}

describe('a user that is shown a part of the rows', () => {
  it('closes no gate over a single parameter that somebody else added', async () => {
    narrow('prvReadCustomAPIRequestParameter');
    giveParameters((uniqueName) => uniqueName !== 'StoreId');
    expect(await verdict()).toEqual({
      kind: 'unreadable',
      detail: expect.stringContaining('not all parameters of contoso_CustomerPurchase can be seen'),
    });
  });

  it('fits by what it sees, where that is all', async () => {
    narrow('prvReadCustomAPIRequestParameter');
    giveParameters(() => true);
    expect(await verdict()).toEqual({ kind: 'fits' });
  });

  it('finds what it does see to have drifted', async () => {
    narrow('prvReadCustomAPIRequestParameter');
    environment.drift('customapi', { uniquename: 'contoso_CustomerPurchase' }, { allowedcustomprocessingsteptype: 2 });
    expect(await verdict()).toMatchObject({ kind: 'drifted', detail: expect.stringContaining('is 2, not 1') });
  });

  it('closes no gate where it cannot be told how much it sees', async () => {
    removeStoreId();
    const match = { target: 'table', table: 'systemusers' } as const;
    environment.emulator.fault({ kind: 'status', status: 403, code: '0x80040220', message: 'No.', match });
    expect(await verdict()).toMatchObject({
      kind: 'unreadable',
      detail: expect.stringContaining('privileges of the application user, which would tell'),
      inFull: expect.stringContaining('0x80040220'),
    });
  });

  it('hands a throttle on that it meets when it asks how much it sees', async () => {
    removeStoreId();
    const match = { target: 'table', table: 'systemusers' } as const;
    environment.emulator.fault({ kind: 'throttle', retryAfterSeconds: 30, match });
    expect(await verdict()).toMatchObject({ kind: 'throttled', retryAfterMs: 30_000 });
  });

  it('believes what it does not see where it sees all', async () => {
    removeStoreId();
    expect(await verdict()).toMatchObject({ kind: 'drifted', detail: expect.stringContaining('StoreId') });
  });

  it.each(['prvReadCustomAPIRequestParameter', 'prvReadCustomAPI'])(
    'is told by `verify` that it cannot be told, and what gives it the right: %s',
    async (privilege) => {
      narrow(privilege);
      const { exitCode, stdout, stderr } = await environment.run('verify', asSender());
      expect({ exitCode, stdout }).toEqual({ exitCode: 1, stdout: '' });
      expect(stderr).toContain(`what is missing: ${privilege} of the application user`);
      expect(stderr).toContain('`dataverse grant`');
    },
  );

  it('is told the same by `apply`, which writes nothing', async () => {
    narrow('prvReadCustomAPIRequestParameter');
    const before = environment.emulator.requests().length;
    expect(await environment.run('apply --yes', asSender())).toMatchObject({ exitCode: 1 });
    const methods = environment.emulator
      .requests()
      .slice(before)
      .map(({ method, url }) => (url.startsWith('/api/') ? method : 'GET'));
    expect(new Set(methods)).toEqual(new Set(['GET']));
  });

  it('verifies by hand as ever, where nothing is missing', async () => {
    expect(await environment.run('verify', asSender())).toMatchObject({ exitCode: 0 });
  });
});
