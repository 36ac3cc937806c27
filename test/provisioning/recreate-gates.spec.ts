import { randomUUID } from 'node:crypto';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { hostWord } from '../../src/cli/dataverse/may-be-at-work.js';
import { pauseReason } from '../../src/cli/dataverse/recreation-pause.js';
import { openGate } from '../../src/delivery/gate.js';
import type { Fault } from '../../src/emulator/faults/fault.js';
import type { GatePause } from '../../src/outbox/gate-pause.js';
import type { GateRecord } from '../../src/outbox/gate-store.js';
import type { RecreationFacts } from '../../src/outbox/recreation-facts.js';
import { until } from '../support/until.js';
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
  await environment.store();
});
afterEach(() => environment.remove());

function drift(): void {
  environment.drift('customapi', { uniquename: API }, { allowedcustomprocessingsteptype: 2 });
}

async function pauseOf(gate = GATE) {
  return (await (await environment.store()).gates.list()).find(({ name }) => name === gate)?.pause ?? null;
}

/** What a run of which nothing more is heard told of itself, unless said otherwise. */
function toldBy(more: Partial<RecreationFacts> = {}): RecreationFacts {
  const at = Date.now() - 3_600_000;
  const told = { customApi: API, process: 1, host: 'gone', at, wishedBy: [], executePrivilege: null, ...more };
  return { ...told, pause: { by: 'cli:ci@gone', reason: pauseReason(told, ['flow Thank-you flow']), since: told.at } };
}

/** The pause of that run. */
async function leavePause(more: Partial<RecreationFacts> = {}, gate = GATE): Promise<void> {
  const recreation = toldBy(more);
  await pause(recreation.pause, { recreation }, gate);
}

async function pause(made: GatePause | null, more: Partial<GateRecord> = {}, gate = GATE): Promise<void> {
  const { gates } = await environment.store();
  await gates.save({ ...openGate(gate), pause: made, changedAt: 1, revision: 1, ...more }, null);
}

function removeApi(): void {
  const { customapiid } = environment.row('customapi', { uniquename: API });
  environment.emulator.tables.removeRow('customapi', String(customapiid));
}

/** Runs until the custom API is deleted, does something before Dataverse answers that, and lets it go on. */
async function meanwhile(args: string, work: () => Promise<void>, interruption = new AbortController().signal) {
  environment.emulator.fault({ kind: 'hang', when: 'after-commit', match: { table: 'customapis', method: 'DELETE' } });
  const running = environment.run(args, { interruption });
  await until(() => environment.rows('customapi', { uniquename: API }).length === 0);
  await work();
  environment.emulator.clearFaults();
  return running;
}

const REFUSAL: Fault = { kind: 'status', status: 403, code: '0x80040220', message: 'No.', match: { method: 'DELETE' } };

describe('a recreation that does not begin', () => {
  beforeEach(drift);

  it('because its first deletion is refused resumes the gate', async () => {
    environment.emulator.fault(REFUSAL);
    const refused = await environment.run(`${RECREATE} --json`);
    expect(refused.exitCode).toBe(1);
    const { lost, gates } = JSON.parse(refused.stdout);
    expect({ lost, gates }).toMatchObject({ lost: [], gates: [{ gate: GATE, deed: 'resumed' }] });
    expect(await pauseOf()).toBeNull();
  });

  it('because it is called off while Dataverse is read changes nothing, and says so', async () => {
    const off = await environment.run(RECREATE, { interruption: AbortSignal.abort() });
    expect(off).toMatchObject({ exitCode: 1, stdout: '', stderr: 'Interrupted. Nothing was changed.\n' });
    expect(await pauseOf()).toBeNull();
  });

  it('because it is called off behind the pause resumes the gate', async () => {
    // The custom APIs are read for the plan, and once more before the first write.
    environment.emulator.fault({ kind: 'hang', every: 2, match: { table: 'customapis', method: 'GET' } });
    const interruption = new AbortController();
    const running = environment.run(RECREATE, { interruption: interruption.signal });
    await until(async () => (await pauseOf()) !== null);
    interruption.abort();
    expect(await running).toMatchObject({ exitCode: 1, stderr: 'Interrupted. Nothing was changed.\n' });
    expect(await pauseOf()).toBeNull();
  });

  it('because nobody agrees says so in JSON, with what it costs', async () => {
    const refused = await environment.run('apply --yes --json');
    expect(refused.exitCode).toBe(3);
    expect(JSON.parse(refused.stdout)).toMatchObject({
      outcome: 'refused',
      recreations: [{ name: API }],
      problem: expect.stringContaining(`--recreate ${API}`),
    });
  });
});

describe('what happens while a custom API is gone', () => {
  beforeEach(drift);

  it('Ctrl-C is held back until it stands again', async () => {
    const interruption = new AbortController();
    const run = await meanwhile(RECREATE, async () => interruption.abort(), interruption.signal);
    expect(run).toMatchObject({ exitCode: 0, stderr: expect.stringContaining('Once more ends it at once') });
    expect(environment.provisioned()).toEqual(before);
    expect(await pauseOf()).toBeNull();
  });

  it('a pause that somebody else makes is left, whatever its reason, and whose it is told', async () => {
    let theirs: GatePause | null = null;
    const run = await meanwhile(`${RECREATE} --json`, async () => {
      const { gates } = await environment.store();
      const [gate = openGate(GATE)] = (await gates.list()).filter(({ name }) => name === GATE);
      theirs = { by: 'chief', reason: gate.pause?.reason ?? '', since: 1 };
      await gates.save({ ...gate, pause: theirs, revision: gate.revision + 1 }, null);
    });
    expect(run.exitCode).toBe(0);
    expect(JSON.parse(run.stdout).gates).toMatchObject([{ gate: GATE, deed: 'left-paused', by: 'chief' }]);
    expect(await pauseOf()).toEqual(theirs);
  });

  it('a store that fails takes no word back of what was done', async () => {
    const file = String(environment.settings.DATABASE_URL).replace(/^sqlite:/, '');
    const run = await meanwhile(`${RECREATE} --json`, async () => {
      const database = new DatabaseSync(file);
      database.exec('ALTER TABLE gate RENAME TO lost');
      database.close();
    });
    expect(run).toMatchObject({ exitCode: 1, stderr: expect.stringContaining(`\`gates resume ${GATE}\``) });
    expect(JSON.parse(run.stdout)).toMatchObject({
      outcome: 'done',
      done: [{ action: 'recreate', name: API }],
      gates: [{ gate: GATE, deed: 'not-resumed' }],
    });
    expect(environment.provisioned()).toEqual(before);
  });

  it('another run leaves its pause', async () => {
    await leavePause({ host: hostWord(), process: process.ppid });
    const run = await environment.run(RECREATE);
    expect(run).toMatchObject({ exitCode: 0, stderr: expect.stringContaining('may still be at work') });
    expect(run.stdout).toContain('stays paused');
    expect(await pauseOf()).not.toBeNull();
  });
});

describe('a pause that a run left', () => {
  it('is named by plan, with what was lost and what lifts it', async () => {
    await leavePause();
    const { exitCode, stderr } = await environment.run('plan');
    expect(exitCode).toBe(0);
    expect(stderr).toContain(`${GATE} is paused since`);
    expect(stderr).toMatch(/loses flow Thank-you flow.*`gates resume type:CustomerPurchase`/);
  });

  it('is lifted where the custom API stands, and where nothing wishes it any more', async () => {
    await leavePause();
    await leavePause({ customApi: 'contoso_Dropped' }, 'type:Dropped');
    expect(await environment.run('apply --yes')).toMatchObject({ exitCode: 0 });
    expect([await pauseOf(), await pauseOf('type:Dropped')]).toEqual([null, null]);
  });

  it.each([
    ['the custom API stands', 'apply --yes', () => {}],
    ['it is recreated', RECREATE, drift],
    ['it is gone', 'apply --yes', removeApi],
  ])('is a person’s where nothing but its reason says otherwise, and left where %s', async (_where, args, change) => {
    const reason = pauseReason(toldBy({ executePrivilege: 'prvReadAccount' }), []);
    const theirs = { by: 'cli:ci@gone', reason, since: 1 };
    await pause(theirs);
    change();
    expect(await environment.run(args)).toMatchObject({ exitCode: 0 });
    expect(await pauseOf()).toEqual(theirs);
    expect(environment.row('customapi', { uniquename: API })).toMatchObject({ executeprivilegename: null });
  });

  it.each<[string, string, Partial<RecreationFacts>, string]>([
    ['another event type is asked for', 'apply --yes --event VendorPaymentPosted', {}, 'was not looked at by this run'],
    ['endpoints were part of it', 'apply --yes', { wishedBy: ['--endpoints'] }, 'with --endpoints alone'],
    ['a receiver was part of it', 'apply --yes', { wishedBy: ['--receiver'] }, 'by a run with --receiver alone'],
    [
      'both were part of it',
      'apply --yes',
      { wishedBy: ['--endpoints', '--receiver'] },
      'with --endpoints and --receiver alone',
    ],
    ['that run may be at work on another host', 'apply --yes', { at: Date.now() }, 'may still be at work'],
  ])('is left where %s, and why is told', async (_when, args, more, why) => {
    await leavePause(more);
    expect(await environment.run(args)).toMatchObject({ exitCode: 0, stdout: expect.stringContaining(why) });
    expect(await pauseOf()).not.toBeNull();
  });

  it('is left where the custom API cannot be made, and why is told', async () => {
    await leavePause();
    removeApi();
    // A custom process action has its name by now.
    environment.emulator.tables.putRow('sdkmessage', { sdkmessageid: randomUUID(), name: API });
    const run = await environment.run('apply --yes');
    expect(run).toMatchObject({ exitCode: 3, stderr: expect.stringContaining(`A message named ${API} exists`) });
    expect(run.stdout).toContain(`${API} is not as it has to be yet`);
    expect(await pauseOf()).not.toBeNull();
  });

  it('is not lifted by a recreation that does not begin: what that run deleted is gone still', async () => {
    drift();
    await leavePause();
    environment.emulator.fault(REFUSAL);
    const refused = await environment.run(RECREATE);
    expect(refused).toMatchObject({ exitCode: 1, stdout: expect.stringContaining('until this is completed') });
    expect(await pauseOf()).not.toBeNull();
  });

  it('has what that run deleted taken for its own, and not for the lack of a custom API of others', async () => {
    await leavePause();
    const { customapiid = null } = environment.row('customapi', { uniquename: API });
    const lost = environment.row('customapirequestparameter', { uniquename: 'EventId', customapiid });
    environment.emulator.tables.removeRow('customapirequestparameter', String(lost.customapirequestparameterid));
    expect(await environment.run('apply --yes')).toMatchObject({
      exitCode: 3,
      stderr: expect.stringContaining(`--recreate ${API}`),
    });
    expect(await pauseOf()).not.toBeNull();
    expect(await environment.run(RECREATE)).toMatchObject({ exitCode: 0 });
    expect(environment.provisioned()).toEqual(before);
    expect(await pauseOf()).toBeNull();
  });

  it.each<[string, Partial<RecreationFacts>]>([
    ['endpoints', { wishedBy: ['--endpoints'] }],
    ['receiver', { wishedBy: ['--receiver'] }],
  ])('that had %s is taken over by a recreation without, and left until they are given', async (what, told) => {
    drift();
    await leavePause(told);
    const run = await environment.run(RECREATE);
    expect(run).toMatchObject({ exitCode: 0, stdout: expect.stringContaining(`with --${what} alone`) });
    expect((await pauseOf())?.reason).toContain(`; with ${what}`);
  });

  it('gives back who may call a custom API that it left deleted, unless that is chosen', async () => {
    await leavePause({ executePrivilege: 'prvReadAccount' });
    removeApi();
    expect(await environment.run('apply --yes')).toMatchObject({ exitCode: 0 });
    expect(environment.row('customapi', { uniquename: API })).toMatchObject({ executeprivilegename: 'prvReadAccount' });
    await leavePause({ executePrivilege: 'prvReadAccount' }, 'type:Other');
    removeApi();
    expect(await environment.run('apply --yes --no-execute-privilege')).toMatchObject({ exitCode: 0 });
    expect(environment.row('customapi', { uniquename: API })).toMatchObject({ executeprivilegename: null });
  });
});

describe('who may call a custom API', () => {
  beforeEach(() => {
    drift();
    environment.drift('customapi', { uniquename: API }, { executeprivilegename: 'prvReadAccount' });
  });

  it('outlives a run that is cut short behind the deletion', async () => {
    const refusal: Fault = { ...REFUSAL, times: null, match: { bodyContains: '"CustomAPIRequestParameters"' } };
    environment.emulator.fault(refusal);
    const cut = await environment.run(RECREATE);
    expect(cut).toMatchObject({ exitCode: 1, stderr: expect.stringContaining(`${API} does not exist now.`) });
    expect((await pauseOf())?.reason).toContain('callers need prvReadAccount');
    environment.emulator.clearFaults();
    expect(await environment.run('apply --yes')).toMatchObject({ exitCode: 0 });
    expect(environment.row('customapi', { uniquename: API })).toMatchObject({ executeprivilegename: 'prvReadAccount' });
    expect(await pauseOf()).toBeNull();
  });

  it('is told before anything is written where no pause keeps it', async () => {
    expect(await environment.run(`${RECREATE} --without-gate`)).toMatchObject({
      exitCode: 0,
      stderr: expect.stringContaining('--execute-privilege prvReadAccount'),
    });
  });
});

describe('the setting of the store', () => {
  it.each(['plan', 'apply --yes'])('is judged before %s does anything', async (command) => {
    environment.drift('customapi', { uniquename: API }, { displayname: 'Other' });
    environment.writes();
    const run = await environment.run(command, { environment: { DATABASE_URL: 'mysql://x/y' } });
    expect(run).toMatchObject({ exitCode: 2, stdout: '', stderr: expect.stringContaining('DATABASE_URL') });
    expect(environment.writes()).toEqual([]);
  });
});
