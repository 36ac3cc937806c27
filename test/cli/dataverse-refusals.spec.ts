import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { DEFAULT_APPLICATION_USER } from '../../src/emulator/emulator-options.js';
import { createEnvironment, type Environment } from '../support/environment.js';
import { trust } from '../support/trust.js';
import { type CliRun, runCli } from './support/run-cli.js';

const { clientId, clientSecret } = DEFAULT_APPLICATION_USER;

/** What every command towards Dataverse says where it cannot go on; `plan` stands for all. */
describe('a command that Dataverse refuses', () => {
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

  async function plan(settings: Readonly<Record<string, string>> = {}): Promise<CliRun> {
    return runCli(['dataverse', 'plan'], { environment: { ...environment.settings, ...settings } });
  }

  it.each([
    ['no-application-user', '0x80072560', 'dataverse grant'],
    ['no-roles', '0x80042f09', 'dataverse grant'],
  ] as const)('says what to do about a user with %s', async (access, code, advice) => {
    environment.emulator.registerApplicationUser({ clientId, clientSecret, access });
    const { exitCode, stderr } = await plan();
    expect(exitCode).toBe(1);
    expect(stderr).toContain(`${environment.emulator.url}: Dataverse refused GET`);
    expect(stderr).toContain(code);
    expect(stderr).toContain(advice);
  });

  it('names the privilege that is missing to read, and what gives it without more', async () => {
    for (const { roleprivilegeid } of environment.emulator.tables.rows('roleprivileges')) {
      environment.emulator.tables.removeRow('roleprivileges', `${roleprivilegeid}`);
    }
    const { exitCode, stderr } = await plan();
    expect(exitCode).toBe(1);
    expect(stderr).toMatch(/missing prvRead\w+ privilege/);
    expect(stderr).toContain('`dataverse grant` gives');
    expect(stderr).not.toContain('System Customizer');
  });

  it('names a role that may write where a write is refused', async () => {
    environment.emulator.removeCustomApi('contoso_CustomerPurchase');
    const match = { target: 'table', method: 'POST' } as const;
    environment.emulator.failNext({ status: 403, code: '0x80040220', match });
    const { stderr } = await runCli(['dataverse', 'apply', '--yes'], { environment: environment.settings });
    expect(stderr).toContain('Dataverse refused POST');
    expect(stderr).toContain('System Customizer');
    expect(stderr).not.toContain('dataverse grant');
  });

  it('says why there is no token', async () => {
    const { exitCode, stderr } = await plan({ AZURE_CLIENT_SECRET: 'wrong' });
    expect(exitCode).toBe(1);
    expect(stderr).toMatch(
      /There is no token to send GET \w+ with: Entra \(\S+\) .*the client secret is wrong \(AADSTS7000215\)/,
    );
    expect(stderr).toContain('AZURE_CLIENT_SECRET takes');
    expect(stderr).not.toContain('dataverse check');
    expect(stderr).not.toContain('wrong"');
  });

  it('says that a certificate does not verify', async () => {
    distrust();
    const { exitCode, stderr } = await plan();
    expect(exitCode).toBe(1);
    expect(stderr).toMatch(/certificate does not verify \(\w+\)/);
  });

  it('takes a refused token for what it is after one new one', async () => {
    environment.emulator.fault({ kind: 'expired-token', times: null });
    const { exitCode, stderr } = await plan();
    expect(exitCode).toBe(1);
    expect(stderr).toContain('HTTP 401');
    expect(stderr).toContain('does not take the token');
  });
});
