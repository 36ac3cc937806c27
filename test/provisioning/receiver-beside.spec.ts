import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { ENDPOINTS } from './support/endpoints-environment.js';
import {
  createReceiverEnvironment,
  ORIGIN,
  RECEIVER,
  type ReceiverEnvironment,
} from './support/receiver-environment.js';

const [WAREHOUSE] = ENDPOINTS;

let environment: ReceiverEnvironment;
beforeEach(async () => {
  environment = await createReceiverEnvironment();
});
afterEach(() => environment.remove());

const of = (endpoint: string) => environment.steps().filter((name) => name.startsWith(`${endpoint}: `));

describe("the gateway's own receiver beside an endpoints file", () => {
  it('is made by the same run', async () => {
    const both = ['--receiver', ORIGIN];
    expect(await environment.withEndpoints([WAREHOUSE], 'apply', '--yes', ...both)).toMatchObject({ exitCode: 0 });
    expect([of('Warehouse').length, of(RECEIVER).length]).toEqual([2, 2]);
    expect(await environment.withEndpoints([WAREHOUSE], 'plan', ...both)).toMatchObject({ exitCode: 0 });
  });

  it('is neither told nor pruned by a run that knows the file alone', async () => {
    await environment.withReceiver('apply', '--yes');
    for (const command of [['plan'], ['verify'], ['apply', '--yes', '--prune']]) {
      const { stdout } = await environment.withEndpoints([WAREHOUSE], ...command);
      expect(stdout).not.toContain(RECEIVER);
    }
    expect(of(RECEIVER)).toHaveLength(2);
  });

  it('says and prunes nothing of the endpoints of a file that is not given', async () => {
    await environment.withEndpoints([WAREHOUSE], 'apply', '--yes');
    const applied = await environment.withReceiver('apply', '--yes', '--prune');
    expect(applied).toMatchObject({ exitCode: 0, stdout: expect.not.stringContaining('Warehouse') });
    expect([of('Warehouse').length, of(RECEIVER).length]).toEqual([2, 2]);
  });

  it('prunes what the file does not wish any more where both are given', async () => {
    await environment.withEndpoints([WAREHOUSE], 'apply', '--yes');
    const pruned = await environment.withEndpoints([], 'apply', '--yes', '--prune', '--receiver', ORIGIN);
    expect(pruned).toMatchObject({ exitCode: 0 });
    expect([of('Warehouse').length, of(RECEIVER).length]).toEqual([0, 2]);
  });

  it('is warned about where an endpoint of the file has its address', async () => {
    const twin = { ...WAREHOUSE, url: `${ORIGIN}/hooks/dataverse` };
    const planned = await environment.withEndpoints([twin], 'plan', '--receiver', ORIGIN);
    expect(planned.stderr.match(/have one address/g)).toHaveLength(1);
  });

  it.each([RECEIVER, `${RECEIVER.toUpperCase()} of ours`])('keeps its name: the file may not have %s', async (name) => {
    const refused = await environment.withEndpoints([{ ...WAREHOUSE, name }], 'plan', '--receiver', ORIGIN);
    expect(refused).toMatchObject({ exitCode: 2, stdout: '' });
    expect(refused.stderr).toMatch(/\/0\/name must not begin with 'Business Events Gateway receipts'.*--receiver/);
  });
});

describe('receivers of two gateways in one environment', () => {
  const other = (...args: readonly string[]) =>
    environment.dataverse(...args, '--receiver', 'https://test.contoso.com', '--receiver-name', 'test');

  it('stand beside each other under names of their own', async () => {
    await environment.withReceiver('apply', '--yes');
    expect(await other('apply', '--yes', '--prune')).toMatchObject({ exitCode: 0 });
    expect([of(RECEIVER).length, of(`${RECEIVER} (test)`).length]).toEqual([2, 2]);
    for (const plan of [environment.withReceiver('plan', '--prune'), other('plan', '--prune')]) {
      expect(await plan).toMatchObject({ exitCode: 0, stdout: expect.stringContaining('Nothing to do') });
    }
  });

  it('are not mixed up in silence: one that would take the place of another says so', async () => {
    await environment.withReceiver('apply', '--yes');
    const planned = await environment.dataverse('plan', '--receiver', 'https://test.contoso.com');
    expect(planned).toMatchObject({ exitCode: 2 });
    expect(planned.stdout).toContain(`'${RECEIVER}' has led to ${ORIGIN}/hooks/dataverse`);
    expect(planned.stdout).toContain('--receiver-name');
  });
});

describe('a receiver that cannot be registered', () => {
  it.each([
    ['an address that Dataverse does not call', ['--receiver', 'https://gateway.contoso.com:3000'], /port 443/],
    [
      'a query, which may hold a key',
      ['--receiver', 'https://gateway.contoso.com/?code=topsecret'],
      /without credentials/,
    ],
    ['no address', ['--receiver', 'gateway.contoso.com'], /https:\/\/events\.contoso\.com/],
    ['a name alone', ['--receiver-name', 'test'], /give that, too/],
    ['a name of several words', ['--receiver', ORIGIN, '--receiver-name', 'a (b)'], /letters, digits/],
    ['a flag that is about endpoints', ['--prune'], /--endpoints <file> or --receiver <url>/],
  ])('because of %s is told without asking Dataverse', async (_what, args, expected) => {
    const { exitCode, stderr } = await environment.dataverse('plan', ...args);
    expect([exitCode, stderr]).toEqual([2, expect.stringMatching(expected)]);
    expect(stderr).not.toContain('topsecret');
    expect(environment.emulator.requests()).toEqual([]);
  });

  it.each([
    ['nothing says how Dataverse authenticates', '', /HOOK_AUTH_FILE is not set.*http-header.*docs\/receipts\.md/],
    ['the file is not there', '/nowhere/hook-auth.json', /HOOK_AUTH_FILE.*cannot be read \(ENOENT\)/],
  ])('because %s is told', async (_what, HOOK_AUTH_FILE, expected) => {
    const without = await environment.dataverseWith({ HOOK_AUTH_FILE }, 'plan', '--receiver', ORIGIN);
    expect(without).toMatchObject({ exitCode: 2, stdout: '', stderr: expect.stringMatching(expected) });
  });

  it.each([
    ['is no way', { kind: 'webhook-key' }, /HOOK_AUTH_FILE.*\/key/],
    [
      'is longer than Dataverse keeps',
      { kind: 'http-header', headers: { 'x-key': '&'.repeat(1000) } },
      /of at most 2048/,
    ],
  ])('because what the file says %s is told', async (_what, ways, expected) => {
    await environment.authenticateBy(ways);
    const refused = await environment.withReceiver('plan');
    expect(refused).toMatchObject({ exitCode: 2, stdout: '', stderr: expect.stringMatching(expected) });
  });

  it('is warned about where the path is none that the gateway knows, or Dataverse does not get there', async () => {
    const { stderr } = await environment.dataverse('plan', '--receiver', 'http://gateway.local/receipts');
    expect(stderr).toContain('the path of --receiver');
    expect(stderr).toContain('keys and every event travel in the clear');
    expect(stderr).toContain('reaches public addresses only');
  });
});
