import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { FaultMatch } from '../../src/emulator/faults/fault.js';
import { createEnvironment, type Environment } from '../support/environment.js';
import { trust } from '../support/trust.js';
import { until } from '../support/until.js';
import { type CliRun, runCli } from './support/run-cli.js';

const SENDER = 'bbbbbbbb-0000-4000-8000-000000000002';
const SECRET = 'kept-to-ourselves';
const ROLE = 'Business Events Gateway';

describe('dataverse grant', () => {
  let environment: Environment;
  let distrust: () => void;

  beforeEach(async () => {
    environment = await createEnvironment();
    environment.emulator.registerApplicationUser({
      clientId: SENDER,
      clientSecret: SECRET,
      access: 'no-application-user',
    });
    distrust = trust(environment.emulator.caCertificate);
  });

  afterEach(async () => {
    environment.emulator.releaseHanging();
    distrust();
    await environment.remove();
  });

  async function grant(...args: readonly string[]): Promise<CliRun> {
    return runCli(['dataverse', 'grant', '--client-id', SENDER, ...args], { environment: environment.settings });
  }

  /** What a command comes to that the new user runs. */
  async function asSender(args: readonly string[], settings: Readonly<Record<string, string>> = {}): Promise<CliRun> {
    const credential = { AZURE_CLIENT_ID: SENDER, AZURE_CLIENT_SECRET: SECRET };
    return runCli(['dataverse', ...args], { environment: { ...environment.settings, ...credential, ...settings } });
  }

  function writes(): readonly string[] {
    return environment.emulator
      .requests()
      .filter(({ method, url }) => method !== 'GET' && url.includes('/api/data/'))
      .map(({ method, url }) => `${method} ${url.replace(/^.*\/v9\.2\//, '').replace(/\(.*?\)/g, '')}`);
  }

  const rowOf = (table: string, column: string, value: string) =>
    environment.emulator.tables.rows(table).find((row) => row[column] === value);

  it('makes a user that gets through, may verify, and may do nothing else', async () => {
    expect((await asSender(['check'])).exitCode).toBe(1);
    expect(await grant('--yes')).toMatchObject({
      exitCode: 0,
      stdout: expect.stringContaining('create the application user'),
    });

    const { exitCode, stdout } = await asSender(['check']);
    expect(stdout).toMatch(/^ok {6}privileges {2}it may send and verify; to provision it lacks/m);
    expect(exitCode).toBe(0);
    expect((await asSender(['verify', '--json'])).exitCode).not.toBe(1);
    expect(await asSender(['grant', '--client-id', SENDER, '--yes'])).toMatchObject({ exitCode: 3 });
  });

  it('gives what commands read that look for what goes wrong, where it is asked to', async () => {
    const file = join(environment.folder, 'hook-auth.json');
    await writeFile(file, '{ "kind": "webhook-key", "key": "a key of the receiver" }', { mode: 0o600 });
    const receiver = ['--receiver', 'https://events.contoso.com'];
    const looks = [['endpoints'], ['discover'], ['discover', '--messages'], ['verify', ...receiver]];
    const outcomes = async () => {
      const codes: number[] = [];
      for (const look of looks) codes.push((await asSender(look, { HOOK_AUTH_FILE: file })).exitCode);
      return codes;
    };
    await grant('--yes');
    expect(await outcomes()).toEqual([1, 1, 1, 1]);
    expect((await grant('--yes', '--diagnose')).stdout).toMatch(/^- give .* prvReadServiceEndpoint, prvRead/m);
    expect(await outcomes()).toEqual([0, 0, 0, 2]);
    const apply = await asSender(['apply', '--yes', ...receiver], { HOOK_AUTH_FILE: file });
    expect(apply).toMatchObject({ exitCode: 1, stderr: expect.stringContaining('prvCreateCatalog') });
  });

  it('writes nothing the second time', async () => {
    await grant('--yes');
    environment.emulator.reset();
    expect(await grant()).toMatchObject({ exitCode: 0, stdout: expect.stringContaining('Nothing to do') });
    expect(writes()).toEqual([]);
  });

  it('asks first, and changes nothing without an answer', async () => {
    expect(await grant()).toMatchObject({ exitCode: 3, stderr: expect.stringContaining('--yes') });
    expect(writes()).toEqual([]);

    const questions: string[] = [];
    const ask = async (question: string) => {
      questions.push(question);
      return 'y';
    };
    const args = ['dataverse', 'grant', '--client-id', SENDER];
    expect(await runCli(args, { environment: environment.settings, ask })).toMatchObject({ exitCode: 0 });
    expect(questions).toEqual([expect.stringContaining(environment.emulator.url)]);
  });

  it('answers in JSON alone where asked to', async () => {
    const { stdout } = await grant('--yes', '--json');
    expect(JSON.parse(stdout)).toMatchObject({
      url: environment.emulator.url,
      clientId: SENDER,
      role: ROLE,
      isDisabled: false,
      changes: [
        { kind: 'create-role' },
        {
          kind: 'add-privileges',
          privileges: expect.arrayContaining([expect.objectContaining({ name: 'prvReadCustomAPI' })]),
        },
        { kind: 'create-user' },
        { kind: 'assign-role' },
      ],
    });
  });

  it('adds what a custom API asks of its callers', async () => {
    const api = rowOf('customapi', 'uniquename', 'contoso_CustomerPurchase');
    environment.emulator.tables.changeRow('customapi', `${api?.customapiid}`, {
      executeprivilegename: 'prvCreateAccount',
    });
    expect((await grant('--yes')).stdout).toContain('prvCreateAccount');
    expect((await asSender(['check'])).exitCode).toBe(0);
  });

  it('completes a role that is there, and takes nothing from it', async () => {
    await grant('--yes');
    const { tables } = environment.emulator;
    const roleid = `${rowOf('role', 'name', ROLE)?.roleid}`;
    const privilegeid = `${rowOf('privilege', 'name', 'prvReadAccount')?.privilegeid}`;
    const read = rowOf('privilege', 'name', 'prvReadCatalog')?.privilegeid;
    const lost = tables.rows('roleprivileges').find((row) => row.roleid === roleid && row.privilegeid === read);
    tables.removeRow('roleprivileges', `${lost?.roleprivilegeid}`);
    tables.putRow('roleprivileges', { roleid, privilegeid, privilegedepthmask: 8 });

    const { stdout } = await grant('--yes');
    expect(stdout).toMatch(/^- give the security role "Business Events Gateway" prvReadCatalog$/m);
    expect(stdout).toContain('1 beyond the privileges it needs');
    const held = tables.rows('roleprivileges').filter((row) => row.roleid === roleid);
    expect(held.map((row) => row.privilegeid)).toContain(privilegeid);
  });

  it('completes a user that is there without a role', async () => {
    environment.emulator.registerApplicationUser({ clientId: SENDER, clientSecret: SECRET, access: 'no-roles' });
    const { stdout } = await grant('--yes');
    expect(stdout).not.toContain('create the application user');
    expect((await asSender(['check'])).exitCode).toBe(0);
  });

  it('takes no role of another business unit for its own', async () => {
    const { tables } = environment.emulator;
    const elsewhere = `${tables.putRow('businessunit', { name: 'Sales' }).businessunitid}`;
    tables.putRow('role', { name: ROLE, businessunitid: elsewhere });
    expect((await grant('--yes')).stdout).toContain('create the security role');
    expect((await asSender(['check'])).exitCode).toBe(0);
  });

  it('makes user and role where it is told to', async () => {
    const sales = `${environment.emulator.tables.putRow('businessunit', { name: 'Sales' }).businessunitid}`;
    expect((await grant('--yes', '--business-unit', sales)).stdout).toContain('in business unit Sales');
    expect(rowOf('systemuser', 'applicationid', SENDER)?.businessunitid).toBe(sales);
    expect(rowOf('role', 'name', ROLE)?.businessunitid).toBe(sales);
  });

  it('says that it may have been done where an answer is lost for good', async () => {
    const match: FaultMatch = { target: 'table', method: 'POST', table: 'systemusers' };
    environment.emulator.fault({ kind: 'status', status: 500, padTo: 10, body: '', match });
    const { exitCode, stderr } = await grant('--yes');
    expect(exitCode).toBe(1);
    expect(stderr).toMatch(/POST systemusers.*It may have been done all the same/);
    expect((await grant('--yes')).exitCode).toBe(0);
  });

  describe('cut short in the middle says what is done', () => {
    const match: FaultMatch = { target: 'table', method: 'POST', table: 'systemusers' };
    const done = 'Done before that: create the security role "Business Events Gateway" in';

    it('by a throttle beyond its patience', async () => {
      environment.emulator.throttleNext(1, { retryAfterSeconds: 1, match });
      environment.emulator.throttleNext(1, { retryAfterSeconds: 3600, match });
      const { exitCode, stderr } = await grant('--yes');
      expect(exitCode).toBe(1);
      expect(stderr).toContain('There is no answer to POST systemusers: throttled');
      expect(stderr).toContain(done);
      expect(stderr).not.toContain('It may have been done all the same');
      expect(stderr).not.toContain('Nothing was changed');
    });

    it('by a throttle after an answer that was lost: it is done, and nobody knows', async () => {
      environment.emulator.resetAfterCommit({ match });
      environment.emulator.throttleNext(1, { retryAfterSeconds: 3600, match });
      const { exitCode, stderr } = await grant('--yes');
      expect(exitCode).toBe(1);
      expect(stderr).toMatch(/POST systemusers: throttled.*It may have been done all the same/);
      expect(stderr).toContain(done);
      expect(rowOf('systemuser', 'applicationid', SENDER)).toBeDefined();
    });

    it.each([[[]], [['--json']]])('by an interruption, with %j', async (options) => {
      const interruption = new AbortController();
      environment.emulator.fault({ kind: 'hang', match });
      const args = ['dataverse', 'grant', '--client-id', SENDER, '--yes', ...options];
      const running = runCli(args, { environment: environment.settings, interruption: interruption.signal });
      const isMade = () => rowOf('roleprivileges', 'roleid', `${rowOf('role', 'name', ROLE)?.roleid}`) !== undefined;
      await until(isMade);
      interruption.abort();
      const { exitCode, stderr } = await running;
      environment.emulator.clearFaults();
      environment.emulator.releaseHanging();
      expect(exitCode).toBe(1);
      expect(stderr).toMatch(/^Interrupted/m);
      expect(stderr).toContain(done);
      expect((await grant('--yes')).exitCode).toBe(0);
    });

    it('by an interruption before anything', async () => {
      const args = ['dataverse', 'grant', '--client-id', SENDER, '--yes'];
      const run = await runCli(args, { environment: environment.settings, interruption: AbortSignal.abort() });
      expect(run).toMatchObject({ exitCode: 1, stderr: 'Interrupted.\nNothing was changed.\n' });
    });
  });

  it('tells a deactivated user, which it does not activate', async () => {
    await grant('--yes');
    const id = `${rowOf('systemuser', 'applicationid', SENDER)?.systemuserid}`;
    environment.emulator.tables.changeRow('systemuser', id, { isdisabled: true });
    expect(await grant('--yes')).toMatchObject({ exitCode: 1, stdout: expect.stringContaining('deactivated') });
    expect((await asSender(['check'])).stdout).toMatch(/FAILED +who-am-i .*0x80040225/);
  });

  it('says who may grant where the caller may not', async () => {
    await grant('--yes');
    const other = SENDER.replace('2', '3');
    const { exitCode, stderr } = await asSender(['grant', '--client-id', other, '--yes']);
    expect(exitCode).toBe(3);
    expect(stderr).toContain('System Administrator');
    expect(stderr).toContain('Power Platform admin center');
    expect(stderr).toContain('Nothing was changed.');
  });

  it.each([
    ['--client-id', 'till'],
    ['--business-unit', 'sales'],
  ])('refuses %s %s at once', async (option, value) => {
    expect(await grant(option, value)).toMatchObject({ exitCode: 2, stderr: expect.stringContaining('GUID') });
  });

  it('refuses a business unit that there is none of', async () => {
    const nowhere = SENDER.replace('2', '4');
    expect(await grant('--yes', '--business-unit', nowhere)).toMatchObject({
      exitCode: 3,
      stderr: expect.stringContaining(`no business unit ${nowhere}`),
    });
  });

  it('refuses a business unit that is not that of the user', async () => {
    await grant('--yes');
    const { tables } = environment.emulator;
    const elsewhere = `${tables.putRow('businessunit', { name: 'Sales' }).businessunitid}`;
    expect(await grant('--yes', '--business-unit', elsewhere)).toMatchObject({
      exitCode: 3,
      stderr: expect.stringContaining('leave --business-unit out'),
    });
  });

  const WRITES: readonly FaultMatch[] = [
    { target: 'table', method: 'POST', table: 'roles' },
    { target: 'table', method: 'POST', table: 'systemusers' },
  ];

  it.each(WRITES)('is not put off by a lost answer at %j', async (match) => {
    environment.emulator.resetAfterCommit({ match });
    environment.emulator.throttleNext(1, { match });
    expect((await grant('--yes')).exitCode).toBe(0);
    expect((await asSender(['check'])).exitCode).toBe(0);
    expect(environment.emulator.tables.rows('role').filter(({ name }) => name === ROLE)).toHaveLength(1);
  });

  it('makes one user with one role of two at once, and completes what the slower one left', async () => {
    const runs = await Promise.all([grant('--yes'), grant('--yes')]);
    expect(runs.map(({ exitCode }) => exitCode)).toContain(0);
    expect((await grant('--yes')).exitCode).toBe(0);
    const { tables } = environment.emulator;
    expect(tables.rows('role').filter(({ name }) => name === ROLE)).toHaveLength(1);
    expect(tables.rows('systemuser').filter(({ applicationid }) => applicationid === SENDER)).toHaveLength(1);
    expect((await asSender(['check'])).exitCode).toBe(0);
  });

  it('says what is done when it is refused in the middle, and completes it the second time', async () => {
    const match: FaultMatch = { target: 'table', method: 'POST', table: 'systemusers' };
    environment.emulator.failNext({ status: 403, code: '0x80040220', match });
    const refused = await grant('--yes');
    expect(refused).toMatchObject({
      exitCode: 3,
      stderr: expect.stringMatching(/Done before that: create the security role/),
    });
    expect((await grant('--yes')).exitCode).toBe(0);
    expect((await asSender(['check'])).exitCode).toBe(0);
  });
});
