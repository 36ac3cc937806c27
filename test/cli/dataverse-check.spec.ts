import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { CheckStep } from '../../src/dataverse/checks/check-step.js';
import { DEFAULT_APPLICATION_USER } from '../../src/emulator/emulator-options.js';
import type { Fault } from '../../src/emulator/faults/fault.js';
import { startTrustedCloud } from '../dataverse/support/trusted-cloud.js';
import { createEnvironment, type Environment } from '../support/environment.js';
import { trust } from '../support/trust.js';
import { type CliRun, runCli } from './support/run-cli.js';
import { CliProcess } from './support/spawn-cli.js';

const { clientId: CLIENT, clientSecret } = DEFAULT_APPLICATION_USER;
const OTHER = 'bbbbbbbb-0000-4000-8000-000000000002';
const TENANT = '99999999-2222-4333-8444-555555555555';

interface Checked extends CliRun {
  readonly ok: boolean;
  readonly steps: readonly CheckStep[];
  readonly step: (name: CheckStep['step'], user?: string) => CheckStep | undefined;
}

describe('dataverse check', () => {
  let environment: Environment;
  let distrust: () => void;

  beforeEach(async () => {
    environment = await createEnvironment();
    distrust = trust(environment.emulator.caCertificate);
  });

  afterEach(async () => {
    distrust();
    await environment.remove();
  });

  async function check(settings: Readonly<Record<string, string>> = {}, ...args: readonly string[]): Promise<Checked> {
    const run = await runCli(['dataverse', 'check', '--json', ...args], {
      environment: { ...environment.settings, ...settings },
    });
    const { ok, steps } = JSON.parse(run.stdout) as { ok: boolean; steps: readonly CheckStep[] };
    const step: Checked['step'] = (name, user) =>
      steps.find((each) => each.step === name && (user === undefined || each.applicationUser === user));
    return { ...run, ok, steps, step };
  }

  it('walks the whole way, and nothing is called by it', async () => {
    const { exitCode, ok, steps, step } = await check();
    expect({ exitCode, ok }).toEqual({ exitCode: 0, ok: true });
    expect(steps.map(({ step: name, result }) => `${name} ${result}`)).toEqual([
      'address ok',
      'authority ok',
      'token ok',
      'who-am-i ok',
      'privileges ok',
      'custom-api ok',
      'custom-api ok',
      'limits ok',
      'latency ok',
    ]);
    expect(step('limits')?.figures).toMatchObject({
      remainingRequests: expect.any(Number),
      recommendedParallelism: 10,
    });
    expect(step('latency')?.figures).toMatchObject({ calls: 5, medianMs: expect.any(Number) });
    expect(environment.emulator.receivedCount).toBe(0);
  });

  it('trusts the authority that NODE_EXTRA_CA_CERTS names', async () => {
    distrust();
    const process = new CliProcess(['dataverse', 'check'], environment.settings, environment.folder);
    expect(await process.exitCode()).toBe(0);
    expect(process.stdout).toContain('its certificate verifies');
  });

  it('tells a person the same in lines', async () => {
    const { exitCode, stdout } = await runCli(['dataverse', 'check'], { environment: environment.settings });
    expect(exitCode).toBe(0);
    expect(stdout).toMatch(/^ok {6}address {5}localhost:\d+ answers, and its certificate verifies \(\d+ ms\)$/m);
    expect(stdout).toMatch(/^ok {6}custom-api {2}contoso_CustomerPurchase: it can be called by name$/m);
    expect(stdout).not.toContain(clientSecret);
  });

  it('looks at the custom API of one event where it is asked to', async () => {
    const { steps } = await check({}, '--event', 'customer-purchase');
    const apis = steps.filter(({ step }) => step === 'custom-api').map(({ customApi }) => customApi);
    expect(apis).toEqual(['contoso_CustomerPurchase']);
  });

  it('refuses an event there is none of', async () => {
    const run = await runCli(['dataverse', 'check', '--event', 'Nonsense'], { environment: environment.settings });
    expect(run).toMatchObject({ exitCode: 2, stderr: expect.stringContaining('CustomerPurchase') });
  });

  it('finds a custom API that is not there', async () => {
    environment.emulator.removeCustomApi('contoso_CustomerPurchase');
    const { exitCode, steps } = await check();
    expect(exitCode).toBe(1);
    expect(steps.filter(({ result }) => result !== 'ok')).toMatchObject([
      {
        step: 'custom-api',
        customApi: 'contoso_CustomerPurchase',
        result: 'failed',
        advice: expect.stringContaining('apply'),
      },
    ]);
  });

  describe('stops where going on makes no sense, and says so', () => {
    it('at an address nobody knows', async () => {
      // A label of 64 characters is no name at all: the resolver says so without asking anybody.
      const { exitCode, steps } = await check({ DATAVERSE_URL: `https://${'x'.repeat(64)}.invalid` });
      expect(exitCode).toBe(1);
      expect(steps).toMatchObject([
        { step: 'address', result: 'failed', detail: expect.stringMatching(/ENOTFOUND|EAI_AGAIN/) },
        { step: 'authority', result: 'skipped' },
      ]);
    });

    it('at a port that is closed', async () => {
      const { steps } = await check({ DATAVERSE_URL: 'https://localhost:9' });
      expect(steps[0]).toMatchObject({ result: 'failed', detail: expect.stringContaining('ECONNREFUSED') });
      expect(steps).toHaveLength(2);
    });

    it('at a certificate that is not trusted', async () => {
      distrust();
      const { steps } = await check();
      expect(steps[0]).toMatchObject({ result: 'failed', advice: expect.stringContaining('NODE_EXTRA_CA_CERTS') });
      expect(steps).toHaveLength(2);
    });

    it('at something that is no Dataverse', async () => {
      const { cloud, ca } = await startTrustedCloud();
      const forget = trust(ca);
      const { steps } = await check({ DATAVERSE_URL: cloud.url });
      forget();
      await cloud.stop();
      expect(steps.map(({ step, result }) => `${step} ${result}`)).toEqual([
        'address ok',
        'authority failed',
        'token skipped',
      ]);
    });

    it.each<[string, Readonly<Record<string, string>>, string]>([
      ['a wrong secret', { AZURE_CLIENT_SECRET: 'wrong' }, 'AADSTS7000215'],
      ['an application the tenant does not know', { AZURE_CLIENT_ID: OTHER }, 'AADSTS700016'],
    ])('at %s', async (_name, settings, code) => {
      const { exitCode, steps, step } = await check(settings);
      expect(exitCode).toBe(1);
      expect(step('token')).toMatchObject({ result: 'failed', detail: expect.stringContaining(code) });
      expect(steps.at(-1)).toMatchObject({ step: 'who-am-i', result: 'skipped' });
    });
  });

  it('names the right tenant where the settings name another', async () => {
    const { step } = await check({ AZURE_TENANT_ID: TENANT });
    const advice = expect.stringContaining(`AZURE_TENANT_ID=${environment.emulator.tenantId}`);
    expect(step('authority')).toMatchObject({ result: 'failed', advice });
    expect(step('token')).toMatchObject({ result: 'failed', detail: expect.stringContaining('AADSTS90002') });
  });

  it.each([
    ['no-application-user', '0x80072560', 'dataverse grant'],
    ['no-roles', '0x80042f09', 'security role'],
  ] as const)('tells a user with %s what it lacks', async (access, code, advice) => {
    environment.emulator.registerApplicationUser({ clientId: CLIENT, clientSecret, access });
    const { exitCode, steps, step } = await check();
    expect(exitCode).toBe(1);
    expect(step('who-am-i')).toMatchObject({
      result: 'failed',
      detail: expect.stringContaining(code),
      advice: expect.stringContaining(advice),
    });
    expect(steps.at(-1)).toMatchObject({ step: 'privileges', result: 'skipped' });
  });

  it('tells a privilege that a custom API asks for and the user does not have', async () => {
    const { tables } = environment.emulator;
    const api = tables.rows('customapi').find(({ uniquename }) => uniquename === 'contoso_CustomerPurchase');
    for (const executeprivilegename of ['prvCreateAccount', 'PRVCREATEACCOUNT']) {
      tables.changeRow('customapi', `${api?.customapiid}`, { executeprivilegename });
      expect((await check()).exitCode).toBe(0);
    }

    const privilege = tables.rows('privilege').find(({ name }) => name === 'prvCreateAccount');
    for (const { roleprivilegeid, privilegeid } of tables.rows('roleprivileges')) {
      if (privilegeid === privilege?.privilegeid) tables.removeRow('roleprivileges', `${roleprivilegeid}`);
    }
    const { exitCode, step } = await check();
    expect(exitCode).toBe(1);
    expect(step('custom-api')).toMatchObject({ result: 'failed', detail: expect.stringContaining('PRVCREATEACCOUNT') });
  });

  it('hints at privileges that verifying takes, for sending takes none', async () => {
    const { tables } = environment.emulator;
    for (const { roleprivilegeid } of tables.rows('roleprivileges')) {
      tables.removeRow('roleprivileges', `${roleprivilegeid}`);
    }
    const { exitCode, step } = await check();
    expect(exitCode).toBe(0);
    expect(step('privileges')).toMatchObject({ result: 'warning', advice: expect.stringMatching(/prvReadUser|grant/) });
    expect(step('custom-api')?.result).toBe('ok');
  });

  it('tells a deactivated user', async () => {
    const { tables } = environment.emulator;
    for (const { systemuserid } of tables.rows('systemuser')) {
      tables.changeRow('systemuser', `${systemuserid}`, { isdisabled: true });
    }
    const advice = expect.stringContaining('Activate');
    expect((await check()).step('who-am-i')).toMatchObject({ result: 'failed', advice });
  });

  it('looks at every application user, whatever became of those before it', async () => {
    environment.emulator.registerApplicationUser({ clientId: OTHER, clientSecret: 'other' });
    const users = JSON.stringify([{ clientId: OTHER, clientSecret: 'other' }]);
    const { step } = await check({ AZURE_CLIENT_SECRET: 'wrong', DATAVERSE_APPLICATION_USERS: users });
    expect(step('token', CLIENT)?.result).toBe('failed');
    expect(step('latency', OTHER)?.result).toBe('ok');
  });

  it('tells a user that is throttled for long, without waiting for it', async () => {
    environment.emulator.throttleNext(1, { retryAfterSeconds: 300, match: { target: 'who-am-i' } });
    const { exitCode, step } = await check();
    expect(exitCode).toBe(1);
    const finding = {
      result: 'failed',
      detail: expect.stringContaining('0x80072322'),
      advice: expect.stringContaining('limits'),
    };
    expect(step('who-am-i')).toMatchObject(finding);
  });

  it.each<[string, Fault]>([
    ['cut', { kind: 'reset', when: 'before-commit' }],
    ['answered with a 500', { kind: 'status', status: 500, padTo: 10, body: '' }],
    ['refused', { kind: 'status', status: 403, code: '0x80040220' }],
  ])('is not content where custom APIs are %s', async (_name, fault) => {
    environment.emulator.fault({ ...fault, times: null, match: { target: 'call' } });
    const { exitCode, ok, steps, stderr } = await check();
    expect({ exitCode, ok }).toEqual({ exitCode: 1, ok: false });
    const apis = steps.filter(({ step }) => step === 'custom-api');
    expect(apis.map(({ result }) => result)).not.toContain('ok');
    expect(JSON.stringify(apis) + stderr).not.toContain('may have been executed');
  });

  it('is not put off by something that passes', async () => {
    environment.emulator.failNext({ status: 503, match: { target: 'who-am-i' } });
    environment.emulator.throttleNext(1, { match: { target: 'who-am-i' } });
    expect((await check()).exitCode).toBe(0);
  });

  it('lists everything that is wrong with the settings of Dataverse, and asks for no others', async () => {
    const { exitCode, stderr } = await runCli(['dataverse', 'check'], {
      environment: { DATABASE_URL: 'nonsense', AZURE_CLIENT_SECRET: 'kept' },
    });
    expect(exitCode).toBe(2);
    expect(stderr).toContain('DATAVERSE_URL');
    expect(stderr).toContain('AZURE_TENANT_ID');
    expect(stderr).toContain('AZURE_CLIENT_ID');
    expect(stderr).not.toContain('DATABASE_URL');
    expect(stderr).not.toContain('kept');
  });
});
