import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { openGate } from '../../src/delivery/gate.js';
import { createProvisioningEnvironment, type ProvisioningEnvironment } from './support/provisioning-environment.js';

const API = 'contoso_CustomerPurchase';
const GATE = 'type:CustomerPurchase';
const RECREATE = `apply --yes --recreate ${API}`;

let environment: ProvisioningEnvironment;
let before: unknown;
beforeEach(async () => {
  environment = await createProvisioningEnvironment();
  await environment.run('apply --yes');
  before = environment.provisioned();
  environment.drift('customapi', { uniquename: API }, { allowedcustomprocessingsteptype: 2 });
  environment.writes();
});
afterEach(() => environment.remove());

function messageId() {
  return environment.row('customapi', { uniquename: API }).sdkmessageid ?? null;
}

function subscribe(name = 'Contoso.Loyalty: purchase'): void {
  const endpoint = {
    serviceendpointid: randomUUID(),
    name: 'Loyalty',
    contract: 8,
    authtype: 4,
    url: 'https://loyalty.example.com',
  };
  environment.emulator.tables.putRow('serviceendpoint', endpoint);
  const step = { sdkmessageprocessingstepid: randomUUID(), name, stage: 40, mode: 1, rank: 1 };
  environment.emulator.tables.putRow('sdkmessageprocessingstep', {
    ...step,
    sdkmessageid: messageId(),
    eventhandler: endpoint.serviceendpointid,
  });
}

function registerFlow(): void {
  const flow = {
    callbackregistrationid: randomUUID(),
    name: 'Thank-you flow',
    entityname: 'none',
    sdkmessagename: API,
  };
  environment.emulator.tables.putRow('callbackregistration', { ...flow, message: 4, scope: 4 });
}

async function pause() {
  return (await (await environment.store()).gates.list()).find(({ name }) => name === GATE)?.pause ?? null;
}

async function audited() {
  const entries = await (await environment.store()).audit.list({ before: null, limit: 10 });
  return entries.map(({ action, subject, detail }) => ({ action, subject, detail }));
}

describe('an immutable column', () => {
  it('without a terminal changes nothing, and the flag is named', async () => {
    const applied = await environment.run('apply --yes');
    expect(applied).toMatchObject({
      exitCode: 3,
      stderr: expect.stringContaining(`Nobody is there to agree to it: --recreate ${API} does.`),
    });
    expect(applied.stderr).toContain('allowedcustomprocessingsteptype is 2 and has to be 1');
    expect(environment.writes()).toEqual([]);
    const planned = await environment.run('plan');
    expect(planned.stderr).toBe(
      `1 change to make, as \`dataverse apply\` does with the same options, and --recreate ${API}.\n`,
    );
  });

  it('is asked about by name at a terminal', async () => {
    await environment.store();
    const asked: string[] = [];
    const answering = (answer: string) => async (question: string) => {
      asked.push(question);
      return question.includes('Type ') ? answer : 'y';
    };
    expect(await environment.run('apply', { ask: answering('y') })).toMatchObject({
      exitCode: 3,
      stderr: expect.stringContaining('Nothing was changed.'),
    });
    expect(environment.writes()).toEqual([]);
    expect(await environment.run('apply', { ask: answering(API) })).toMatchObject({ exitCode: 0 });
    expect(asked[0]).toContain(`Type ${API} to agree`);
    expect(environment.provisioned()).toEqual(before);
  });

  it('is not agreed to by a name that nothing wished has', async () => {
    expect(await environment.run('apply --yes --recreate contoso_Nothing')).toMatchObject({
      exitCode: 2,
      stderr: expect.stringContaining(API),
    });
    expect(environment.writes()).toEqual([]);
  });
});

describe('what others have on it', () => {
  it.each([
    ['a step', () => subscribe(), 'step Contoso.Loyalty: purchase'],
    ['a flow', registerFlow, 'flow Thank-you flow'],
  ])('refuses %s to be lost, at a terminal too', async (_what, hang, named) => {
    hang();
    const refused = await environment.run('apply', { ask: async () => API });
    expect(refused).toMatchObject({ exitCode: 3, stderr: expect.stringContaining(named) });
    expect(refused.stderr).toContain('`version: 2`');
    expect(environment.writes()).toEqual([]);
  });

  it('is lost where that is agreed to by name, and listed', async () => {
    subscribe();
    registerFlow();
    const { catalogid = null } = environment.row('catalog', {
      uniquename: 'contoso_ContosoVendorManagement_VendorEvents',
    });
    const { customapiid = null } = environment.row('customapi', { uniquename: API });
    const assignment = { catalogassignmentid: randomUUID(), name: 'Of others', catalogid, object: customapiid };
    environment.emulator.tables.putRow('catalogassignment', assignment);
    const part = {
      customapirequestparameterid: randomUUID(),
      customapiid,
      uniquename: 'Loyalty',
      name: 'x',
      displayname: 'x',
      description: 'x',
    };
    environment.emulator.tables.putRow('customapirequestparameter', { ...part, type: 10, isoptional: true });

    const applied = await environment.run(`${RECREATE} --without-gate --json`);
    expect(applied.exitCode).toBe(0);
    expect(JSON.parse(applied.stdout).lost).toEqual([
      { customApi: API, component: 'step', name: 'Contoso.Loyalty: purchase' },
      { customApi: API, component: 'flow', name: 'Thank-you flow' },
      { customApi: API, component: 'catalog-assignment', name: 'Of others' },
      { customApi: API, component: 'request-parameter', name: 'Loyalty' },
    ]);
    expect(environment.rows('sdkmessageprocessingstep')).toEqual([]);
    expect(environment.provisioned()).toEqual(before);
    expect(await environment.run('plan')).toMatchObject({ exitCode: 0 });
  });

  it('keeps it in the category that somebody moved', async () => {
    const { catalogid: elsewhere = null } = environment.row('catalog', {
      uniquename: 'contoso_ContosoVendorManagement',
    });
    const category = { uniquename: 'contoso_ContosoCustomerManagement_CustomerEvents' };
    environment.drift('catalog', category, { parentcatalogid: elsewhere });
    expect(await environment.run(`${RECREATE} --without-gate`)).toMatchObject({
      exitCode: 3,
      stdout: expect.stringContaining('1 change made'),
    });
    const { customapiid = null } = environment.row('customapi', { uniquename: API });
    expect(environment.row('catalogassignment', { object: customapiid }).catalogid).toBe(
      environment.row('catalog', category).catalogid,
    );
  });

  it('keeps who may call it', async () => {
    environment.drift('customapi', { uniquename: API }, { executeprivilegename: 'prvReadAccount' });
    expect(await environment.run(`${RECREATE} --without-gate`)).toMatchObject({ exitCode: 0 });
    expect(environment.row('customapi', { uniquename: API })).toMatchObject({ executeprivilegename: 'prvReadAccount' });
  });
});

describe("the event type's gate", () => {
  it('is paused meanwhile, audited, and resumed last', async () => {
    await environment.store();
    const applied = await environment.run(RECREATE);
    expect(applied).toMatchObject({
      exitCode: 0,
      stdout: expect.stringMatching(/type:CustomerPurchase was paused in sqlite:\S+ meanwhile, and is resumed\./),
    });
    expect(await pause()).toBeNull();
    const detail = `dataverse apply recreates ${API}`;
    expect(await audited()).toEqual([
      { action: 'gate.resume', subject: GATE, detail },
      {
        action: 'gate.pause',
        subject: GATE,
        detail: expect.stringMatching(RegExp(`^${detail} \\(process ${process.pid} on `)),
      },
    ]);
    expect(environment.provisioned()).toEqual(before);
  });

  it('is asked for: without a store within reach nothing is changed', async () => {
    const refused = await environment.run(RECREATE);
    expect(refused).toMatchObject({ exitCode: 3, stderr: expect.stringContaining('--without-gate') });
    expect(environment.writes()).toEqual([]);
    expect(await environment.run(`${RECREATE} --without-gate`)).toMatchObject({ exitCode: 0 });
  });

  it('that somebody paused stays paused', async () => {
    const store = await environment.store();
    const theirs = { by: 'chief', reason: 'stocktaking', since: Date.now() };
    await store.gates.save({ ...openGate(GATE), pause: theirs, changedAt: 1, revision: 1 }, null);
    const applied = await environment.run(RECREATE);
    expect(applied).toMatchObject({
      exitCode: 0,
      stdout: expect.stringMatching(/type:CustomerPurchase stays paused in \S+, for chief paused it \(stocktaking\)/),
    });
    expect(await pause()).toEqual(theirs);
  });

  it('stays paused where it was cut short, and a second run completes it and resumes the gate', async () => {
    await environment.store();
    const refusal = { kind: 'status', status: 400, code: '0x80040203', message: 'No.', times: 2 } as const;
    environment.emulator.fault({ ...refusal, match: { bodyContains: '"CustomAPIRequestParameters"' } });
    const cut = await environment.run(RECREATE);
    expect(cut).toMatchObject({ exitCode: 1, stderr: expect.stringContaining('The same command again completes it.') });
    expect(cut.stdout).toMatch(/type:CustomerPurchase is paused in \S+ until this is completed/);
    expect(environment.rows('customapi', { uniquename: API })).toEqual([]);
    expect((await pause())?.reason).toContain(`dataverse apply recreates ${API}`);

    const completed = await environment.run('apply --yes');
    expect(completed).toMatchObject({ exitCode: 0, stdout: expect.stringContaining('is resumed') });
    expect(await pause()).toBeNull();
    expect(environment.provisioned()).toEqual(before);
  });
});

describe('a parameter with an immutable column', () => {
  it('is recreated alone, and the custom API with its steps stays', async () => {
    environment.drift('customapi', { uniquename: API }, { allowedcustomprocessingsteptype: 1 });
    subscribe();
    const { customapiid = null } = environment.row('customapi', { uniquename: API });
    environment.drift('customapirequestparameter', { uniquename: 'Email' }, { type: 12 });
    expect(await environment.run('apply --yes')).toMatchObject({ exitCode: 3 });
    expect(await environment.run(`${RECREATE} --without-gate`)).toMatchObject({ exitCode: 0 });
    expect(environment.row('customapi', { uniquename: API }).customapiid).toBe(customapiid);
    expect(environment.rows('sdkmessageprocessingstep')).toHaveLength(1);
    expect(environment.provisioned()).toEqual(before);
  });
});
