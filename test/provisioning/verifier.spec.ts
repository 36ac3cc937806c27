import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { EventCatalog } from '../../src/contract/event-catalog.js';
import { loadEventCatalog } from '../../src/contract/load-event-catalog.js';
import { DataverseConnection } from '../../src/dataverse/dataverse-connection.js';
import { errorCodeIn } from '../../src/dataverse/error-body.js';
import { DataverseVerifier } from '../../src/dataverse/provisioning/dataverse-verifier.js';
import { DEFAULT_APPLICATION_USER } from '../../src/emulator/emulator-options.js';
import { SystemClock } from '../../src/kernel/clock.js';
import { createProvisioningEnvironment, type ProvisioningEnvironment } from './support/provisioning-environment.js';

const API = 'contoso_CustomerPurchase';
const TYPES = ['CustomerPurchase', 'VendorPaymentPosted'];

let environment: ProvisioningEnvironment;
let connection: DataverseConnection;
let verifier: DataverseVerifier;
let catalog: EventCatalog;
beforeEach(async () => {
  environment = await createProvisioningEnvironment();
  catalog = await loadEventCatalog(new URL('../../src/events/', import.meta.url), 'contoso');
  connect(60_000);
  await environment.run('apply --yes');
});
afterEach(async () => {
  connection.close();
  await environment.remove();
});

/** Looks from now on with so much time for each request. */
function connect(timeoutMs: number): void {
  const { url, tenantId, authorityHost } = environment.emulator;
  const options = { url, tenantId, authorityHost, apiVersion: 'v9.2', publisherPrefix: 'contoso', timeoutMs };
  connection = new DataverseConnection({ ...options, applicationUsers: [userOptions()] }, new SystemClock());
  verifier = new DataverseVerifier(connection, catalog, 'contoso');
}

function userOptions() {
  const { clientId, clientSecret } = DEFAULT_APPLICATION_USER;
  return { clientId, credential: { kind: 'secret', clientSecret } } as const;
}

async function verdicts(mayStillSend = true, types: readonly string[] = TYPES) {
  const options = { signal: new AbortController().signal, mayStillSend: () => mayStillSend };
  return Object.fromEntries(await verifier.verify(types, DEFAULT_APPLICATION_USER.clientId, options));
}

describe('the verifier of the running gateway', () => {
  it('finds what was provisioned to fit, by three requests', async () => {
    const before = environment.emulator.requests().length;
    expect(await verdicts()).toEqual({ CustomerPurchase: { kind: 'fits' }, VendorPaymentPosted: { kind: 'fits' } });
    const asked = environment.emulator
      .requests()
      .slice(before)
      .filter(({ url }) => url.startsWith('/api/'));
    const tables = asked.map(({ method, table }) => `${method} ${table}`).sort();
    expect(tables).toEqual(
      ['customapirequestparameters', 'customapiresponseproperties', 'customapis'].map((set) => `GET ${set}`),
    );
  });

  it('tells what has drifted, why it matters and what to do', async () => {
    environment.drift('customapi', { uniquename: API }, { allowedcustomprocessingsteptype: 2 });
    expect(await verdicts()).toEqual({
      CustomerPurchase: { kind: 'drifted', detail: expect.stringMatching(/is 2, not 1: .+What to do: /) },
      VendorPaymentPosted: { kind: 'fits' },
    });
  });

  it('lets texts and catalogs differ, for no call fails by them', async () => {
    environment.drift(
      'customapi',
      { uniquename: API },
      { displayname: 'Something', isprivate: true, executeprivilegename: 'prvReadAccount' },
    );
    environment.drift('catalog', { uniquename: 'contoso_ContosoCustomerManagement' }, { displayname: 'Something' });
    expect(await verdicts()).toMatchObject({ CustomerPurchase: { kind: 'fits' } });
  });

  it('finds a custom API that is gone to have drifted', async () => {
    environment.emulator.tables.removeRow(
      'customapi',
      String(environment.row('customapi', { uniquename: API }).customapiid),
    );
    expect(await verdicts()).toMatchObject({
      CustomerPurchase: { kind: 'drifted', detail: expect.stringContaining('does not exist') },
      VendorPaymentPosted: { kind: 'fits' },
    });
  });

  it('does not take for missing what it may not see', async () => {
    const { customapiid, ...cells } = environment.row('customapi', { uniquename: API });
    environment.emulator.tables.removeRow('customapi', String(customapiid));
    environment.emulator.tables.putRow('sdkmessage', { sdkmessageid: cells.sdkmessageid ?? randomUUID(), name: API });
    expect(await verdicts()).toMatchObject({
      CustomerPurchase: { kind: 'unreadable', detail: expect.stringContaining('can be seen') },
    });
  });

  it('finds a custom API that lost its parameters to have drifted, where it sees all there are', async () => {
    const { customapiid = null } = environment.row('customapi', { uniquename: API });
    for (const { customapirequestparameterid } of environment.rows('customapirequestparameter', { customapiid })) {
      environment.emulator.tables.removeRow('customapirequestparameter', String(customapirequestparameterid));
    }
    expect(await verdicts()).toMatchObject({
      CustomerPurchase: { kind: 'drifted', detail: expect.stringContaining('does not exist') },
      VendorPaymentPosted: { kind: 'fits' },
    });
  });

  it('verifies each type by itself, whatever two definitions say of their common catalog', async () => {
    const described = catalog.definitions.map((definition, index) => ({
      ...definition,
      catalog: { root: 'Shop', category: 'Events', rootDescription: `said ${index}` },
    }));
    verifier = new DataverseVerifier(connection, new EventCatalog(described), 'contoso');
    expect(await verdicts()).toEqual({ CustomerPurchase: { kind: 'fits' }, VendorPaymentPosted: { kind: 'fits' } });
  });

  it.each([
    ['a connection that breaks', { kind: 'reset', times: 1 }],
    ['two bad gateways', { kind: 'status', status: 502, times: 2 }],
  ] as const)('is not put off by %s', async (_what, fault) => {
    environment.emulator.fault({ ...fault, match: { target: 'table' } });
    expect(await verdicts()).toMatchObject({ CustomerPurchase: { kind: 'fits' } });
  });

  it.each([
    ['refused', { kind: 'status', status: 403, code: '0x80040220', message: 'No.', times: null }],
    ['not there', { kind: 'status', status: 404, code: '0x8006088a', message: 'No.', times: null }],
    ['cut off', { kind: 'reset', times: null }],
    ['without an answer', { kind: 'hang', times: null }],
  ] as const)('cannot read what is %s', async (_what, fault) => {
    connection.close();
    connect(500);
    environment.emulator.fault(fault);
    expect(await verdicts()).toMatchObject({
      CustomerPurchase: { kind: 'unreadable' },
      VendorPaymentPosted: { kind: 'unreadable' },
    });
    environment.emulator.clearFaults();
    environment.emulator.releaseHanging();
  });

  it("takes Dataverse that is busy for unreadable, which is no user's to wait for", async () => {
    const headers = { 'Retry-After': '600' };
    environment.emulator.fault({ kind: 'status', status: 503, headers, times: null, match: { target: 'table' } });
    expect(await verdicts()).toMatchObject({
      CustomerPurchase: { kind: 'unreadable', detail: expect.stringContaining('503') },
    });
  });

  it("has Dataverse's own words for operators, and what they come to for everybody", async () => {
    const message = 'Principal user (Id=849d, type=8) is missing prvReadCustomAPI privilege';
    environment.emulator.fault({ kind: 'status', status: 403, code: '0x80040220', message, times: null });
    const { CustomerPurchase: verdict } = await verdicts();
    expect(verdict).toEqual({
      kind: 'unreadable',
      detail: 'Dataverse refused to have it read: HTTP 403, 0x80040220, the application user lacks a privilege',
      inFull: expect.stringContaining('Id=849d'),
    });
  });

  it("tells a throttle apart, which is the application user's, and does not wait for it", async () => {
    environment.emulator.fault({ kind: 'throttle', retryAfterSeconds: 1, times: 1, match: { target: 'table' } });
    expect(await verdicts()).toMatchObject({
      CustomerPurchase: { kind: 'throttled' },
      VendorPaymentPosted: { kind: 'throttled' },
    });
  });

  it('asks nothing once nothing may be sent', async () => {
    const before = environment.emulator.requests().length;
    expect(await verdicts(false)).toMatchObject({ CustomerPurchase: { kind: 'unreadable' } });
    expect(
      environment.emulator
        .requests()
        .slice(before)
        .filter(({ url }) => url.startsWith('/api/')),
    ).toEqual([]);
  });

  it.each([
    ['0x80048d19', true],
    ['0x80040203', true],
    ['0x0', true],
    ['0x80040217', false],
  ])('may explain a refusal with %s: %s', (code, expected) => {
    expect(verifier.mayExplain(errorCodeIn(JSON.stringify({ error: { code } })))).toBe(expected);
  });

  it('cannot tell of a type it has no definition of', async () => {
    expect(await verdicts(true, ['Gone'])).toMatchObject({ Gone: { kind: 'unreadable' } });
  });
});
