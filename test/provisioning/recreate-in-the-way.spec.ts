import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { Cell } from '../../src/emulator/tables/table-definition.js';
import { createProvisioningEnvironment, type ProvisioningEnvironment } from './support/provisioning-environment.js';

const API = 'contoso_CustomerPurchase';
const RECREATE = `apply --yes --without-gate --recreate ${API}`;

let environment: ProvisioningEnvironment;
beforeEach(async () => {
  environment = await createProvisioningEnvironment();
  await environment.run('apply --yes');
});
afterEach(() => environment.remove());

function makeStale(): void {
  environment.drift('customapi', { uniquename: API }, { allowedcustomprocessingsteptype: 2 });
}

function api() {
  return environment.row('customapi', { uniquename: API });
}

function put(table: string, cells: Readonly<Record<string, Cell>>): void {
  environment.emulator.tables.putRow(table, { [`${table}id`]: randomUUID(), ...cells });
}

function putStep(ismanaged: boolean): void {
  const handler = { serviceendpointid: randomUUID(), name: 'Loyalty', contract: 8, authtype: 4 };
  environment.emulator.tables.putRow('serviceendpoint', { ...handler, url: 'https://loyalty.example.com' });
  const step = { name: 'Loyalty: purchase', stage: 40, mode: 1, rank: 1, ismanaged };
  const { sdkmessageid = null } = api();
  put('sdkmessageprocessingstep', { ...step, sdkmessageid, eventhandler: handler.serviceendpointid });
}

function putAssignment(ismanaged: boolean): void {
  const { catalogid = null } = environment.row('catalog', {
    uniquename: 'contoso_ContosoVendorManagement_VendorEvents',
  });
  put('catalogassignment', { name: 'Of others', catalogid, object: api().customapiid ?? null, ismanaged });
}

function putParameter(uniquename: string, cells: Readonly<Record<string, Cell>>): void {
  const texts = { uniquename, name: `${API}.${uniquename}`, displayname: uniquename, description: 'Of others.' };
  put('customapirequestparameter', { ...texts, type: 10, customapiid: api().customapiid ?? null, ...cells });
}

function putFlow(): void {
  const flow = { name: 'Thank-you flow', entityname: 'none', sdkmessagename: API };
  put('callbackregistration', { ...flow, message: 4, scope: 4 });
}

/** A solution that a custom API was put into. */
function putIntoSolution(uniquename: string): void {
  const { publisherid = null } = environment.row('publisher', { customizationprefix: 'contoso' });
  const solutionid = randomUUID();
  const texts = { uniquename, friendlyname: uniquename, version: '1.0.0.0' };
  environment.emulator.tables.putRow('solution', { solutionid, ...texts, publisherid, ismanaged: false });
  put('solutioncomponent', { solutionid, objectid: api().customapiid ?? null, componenttype: 10_001 });
}

describe('what a managed solution has on a custom API that would have to go', () => {
  it.each([
    ['step', () => putStep(true), 'step Loyalty: purchase'],
    ['assignment', () => putAssignment(true), 'assignment Of others'],
    ['parameter', () => putParameter('Tax', { isoptional: true, ismanaged: true }), 'parameter Tax'],
  ])('keeps everything as it is, for a %s', async (_what, hang, named) => {
    makeStale();
    hang();
    const before = environment.provisioned();
    environment.writes();
    expect(await environment.run('plan')).toMatchObject({ exitCode: 2, stdout: expect.stringContaining(named) });
    const refused = await environment.run(RECREATE);
    expect(refused).toMatchObject({ exitCode: 3, stderr: expect.stringMatching(/managed[\s\S]+`version: 2`/) });
    expect(environment.writes()).toEqual([]);
    expect(environment.provisioned()).toEqual(before);
  });

  it('is what a managed parameter does alone, where it is required and not of the definition', async () => {
    putParameter('Tax', { isoptional: false, ismanaged: true });
    environment.writes();
    expect(await environment.run(RECREATE)).toMatchObject({
      exitCode: 3,
      stderr: expect.stringContaining('parameter Tax'),
    });
    expect(environment.writes()).toEqual([]);
  });

  it('is in the way of no other event type', async () => {
    makeStale();
    putStep(true);
    environment.drift('customapi', { uniquename: 'contoso_VendorPaymentPosted' }, { displayname: 'Old' });
    expect(await environment.run(RECREATE)).toMatchObject({ exitCode: 3, stdout: expect.stringContaining('1 change') });
    expect(environment.rows('customapi', { displayname: 'Old' })).toEqual([]);
  });
});

describe('what others may hold on to', () => {
  it('is deleted before what only stands on it, so that nothing is gone where that is refused', async () => {
    makeStale();
    putStep(false);
    putAssignment(false);
    const refusal = { kind: 'status', status: 403, code: '0x80040220', message: 'No.', times: null } as const;
    environment.emulator.fault({ ...refusal, match: { method: 'DELETE', table: 'catalogassignments' } });
    const before = environment.provisioned();
    const cut = await environment.run(RECREATE);
    expect(cut.exitCode).toBe(1);
    expect(environment.provisioned()).toEqual(before);
    expect(environment.rows('sdkmessageprocessingstep')).toHaveLength(1);
  });
});

describe('who waits for an event', () => {
  it('is looked for again behind the question, and whoever came meanwhile keeps it from being recreated', async () => {
    makeStale();
    environment.writes();
    const answers = async (question: string) => {
      if (!question.includes('Type ')) putFlow();
      return question.includes('Type ') ? API : 'y';
    };
    const refused = await environment.run('apply --without-gate', { ask: answers });
    expect(refused.exitCode).not.toBe(0);
    expect(refused.stderr).toContain('the flow Thank-you flow');
    expect(environment.writes()).toEqual([]);
    expect(environment.rows('callbackregistration')).toHaveLength(1);
  });

  it('cannot be told by a role that is shown its own registrations alone, and takes consent by name', async () => {
    makeStale();
    const { roleid = null } = environment.row('role', { name: 'System Administrator' });
    const { privilegeid = null } = environment.row('privilege', { name: 'prvReadCallbackRegistration' });
    const { roleprivilegeid } = environment.row('roleprivileges', { roleid, privilegeid });
    environment.emulator.tables.changeRow('roleprivileges', String(roleprivilegeid), { privilegedepthmask: 1 });
    environment.writes();
    const refused = await environment.run('apply --without-gate', { ask: async () => API });
    expect(refused).toMatchObject({ exitCode: 3, stderr: expect.stringContaining('prvReadCallbackRegistration') });
    expect(environment.writes()).toEqual([]);
    expect(await environment.run(RECREATE)).toMatchObject({ exitCode: 0 });
  });
});

describe('the solutions of a custom API that is recreated', () => {
  it('are told to be left, but for the one it is made anew in', async () => {
    makeStale();
    putIntoSolution('Loyalty');
    const applied = await environment.run(`${RECREATE} --json`);
    expect(JSON.parse(applied.stdout).lost).toEqual([{ customApi: API, component: 'solution', name: 'Loyalty' }]);
  });

  it.each([
    ['the custom API', makeStale],
    ['a parameter', () => environment.drift('customapirequestparameter', { uniquename: 'Email' }, { type: 12 })],
  ])('are asked for where none is named, for %s', async (_what, drift) => {
    drift();
    environment.writes();
    const unnamed = { environment: { DATAVERSE_SOLUTION: '' } };
    const refused = await environment.run(RECREATE, unnamed);
    expect(refused).toMatchObject({
      exitCode: 3,
      stderr: expect.stringMatching(/part of the solution BusinessEvents[\s\S]+DATAVERSE_SOLUTION to BusinessEvents/),
    });
    expect(environment.writes()).toEqual([]);
  });
});
