import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { until } from '../support/until.js';
import { createProvisioningEnvironment, type ProvisioningEnvironment } from './support/provisioning-environment.js';

/**
 * Publisher and solution stand; two catalogs with a category each, two custom APIs, two assignments: the writes in their
 * order, each with a text that its body alone contains.
 */
const WRITES = [
  ['catalogs', '"uniquename":"contoso_ContosoCustomerManagement"'],
  ['catalogs', '"uniquename":"contoso_ContosoVendorManagement"'],
  ['catalogs', '"uniquename":"contoso_ContosoCustomerManagement_CustomerEvents"'],
  ['catalogs', '"uniquename":"contoso_ContosoVendorManagement_VendorEvents"'],
  ['customapis', '"uniquename":"contoso_CustomerPurchase"'],
  ['catalogassignments', '"name":"contoso_CustomerPurchase","iscustomizable"'],
  ['customapis', '"uniquename":"contoso_VendorPaymentPosted"'],
  ['catalogassignments', '"name":"contoso_VendorPaymentPosted","iscustomizable"'],
] as const;

let wished: unknown;
let environment: ProvisioningEnvironment;
beforeEach(async () => {
  // One emulator after the other: their authorities have one name, and a process that trusts both may try the wrong one.
  wished ??= await provisionedAlone();
  environment = await createProvisioningEnvironment();
});
afterEach(() => environment.remove());

/** What an apply makes that nothing disturbs. */
async function provisionedAlone(): Promise<unknown> {
  const alone = await createProvisioningEnvironment();
  expect(await alone.run('apply --yes')).toMatchObject({ exitCode: 0, stderr: '' });
  const tables = alone.writes().map((write) => write.replace(/^POST .*\//, ''));
  expect(tables).toEqual(WRITES.map(([table]) => table));
  const provisioned = alone.provisioned();
  await alone.remove();
  return provisioned;
}

/** The tables whose requests a fault met. */
function struck(): readonly (string | null)[] {
  return environment.emulator.requests().flatMap(({ fault, table }) => (fault === null ? [] : [table]));
}

async function expectProvisioned(): Promise<void> {
  expect(environment.provisioned()).toEqual(wished);
  expect(await environment.run('plan')).toMatchObject({ exitCode: 0 });
  expect(await environment.run('verify')).toMatchObject({ exitCode: 0 });
}

describe('an apply that is cut off', () => {
  it.each(
    WRITES.flatMap((write) => (['before-commit', 'after-commit'] as const).map((when) => [when, ...write] as const)),
  )('once %s of %s %s completes all the same', async (when, table, bodyContains) => {
    environment.emulator.fault({ kind: 'reset', when, match: { bodyContains } });
    expect(await environment.run('apply --yes')).toMatchObject({ exitCode: 0 });
    expect(struck()).toEqual([table]);
    await expectProvisioned();
  });

  it.each(WRITES)(
    'for good at %s %s tells what is done, and a second run completes it',
    async (table, bodyContains) => {
      const refusal = { kind: 'status', status: 400, code: '0x80040203', message: 'Not today.', times: null } as const;
      environment.emulator.fault({ ...refusal, match: { bodyContains } });
      const cut = await environment.run('apply --yes --json');
      expect(cut).toMatchObject({ exitCode: 1, stderr: expect.stringContaining('Not today.') });
      const { outcome, done, left, problem } = JSON.parse(cut.stdout);
      expect({ outcome, total: done.length + left.length }).toEqual({ outcome: 'cut-short', total: WRITES.length });
      expect(struck()).toEqual([table]);
      expect(problem).toContain('The same command again completes it.');

      environment.emulator.clearFaults();
      environment.writes();
      expect(await environment.run('apply --yes')).toMatchObject({ exitCode: 0 });
      expect(environment.writes()).toHaveLength(left.length);
      await expectProvisioned();
    },
  );

  it('after an answer was lost writes nothing twice', async () => {
    environment.emulator.fault({ kind: 'status', status: 502, when: 'after-commit', every: 2, times: 4 });
    expect(await environment.run('apply --yes')).toMatchObject({ exitCode: 0 });
    await expectProvisioned();
  });

  it('by an interruption says so, and a second run completes it', async () => {
    const interruption = new AbortController();
    environment.emulator.fault({ kind: 'hang', match: { bodyContains: '"uniquename":"contoso_CustomerPurchase"' } });
    const running = environment.run('apply --yes', { interruption: interruption.signal });
    await until(() => environment.rows('catalog').length === 4);
    interruption.abort();
    expect(await running).toMatchObject({
      exitCode: 1,
      stderr: expect.stringMatching(/^Interrupted\.\nIt ended at: create /),
    });
    environment.emulator.clearFaults();
    environment.emulator.releaseHanging();
    expect(await environment.run('apply --yes')).toMatchObject({ exitCode: 0 });
    await expectProvisioned();
  });
});

describe('an apply under throttling', () => {
  it('waits as it is told to, and completes', async () => {
    environment.emulator.fault({ kind: 'throttle', retryAfterSeconds: 0, every: 2, times: 4 });
    expect(await environment.run('apply --yes')).toMatchObject({ exitCode: 0 });
    expect(environment.emulator.requests().filter(({ status }) => status === 429)).toHaveLength(4);
    await expectProvisioned();
  });
});

describe('two applies at once', () => {
  it('both succeed, and make everything once', async () => {
    const runs = await Promise.all([environment.run('apply --yes'), environment.run('apply --yes')]);
    expect(runs).toMatchObject([
      { exitCode: 0, stderr: '' },
      { exitCode: 0, stderr: '' },
    ]);
    await expectProvisioned();
  });

  it('may both recreate', async () => {
    await environment.run('apply --yes');
    environment.drift('customapi', { uniquename: 'contoso_CustomerPurchase' }, { allowedcustomprocessingsteptype: 0 });
    const recreate = 'apply --yes --without-gate --recreate CustomerPurchase';
    const runs = await Promise.all([environment.run(recreate), environment.run(recreate)]);
    expect(runs).toMatchObject([{ exitCode: 0 }, { exitCode: 0 }]);
    await expectProvisioned();
  });
});

describe('what cannot be reached or read', () => {
  it.each(['plan', 'verify', 'apply --yes'])('ends %s with 1', async (command) => {
    environment.emulator.fault({
      kind: 'status',
      status: 403,
      code: '0x80040220',
      message: 'missing prvReadCustomAPI',
      times: null,
    });
    expect(await environment.run(command)).toMatchObject({
      exitCode: 1,
      stderr: expect.stringMatching(/prvReadCustomAPI|privilege/),
    });
    expect(environment.writes()).toEqual([]);
  });

  it('is not asked for needlessly: who may not read solutions verifies all the same', async () => {
    await environment.run('apply --yes');
    const refused = { kind: 'status', status: 403, code: '0x80040220', message: 'No.', times: null } as const;
    for (const table of ['solutions', 'publishers']) environment.emulator.fault({ ...refused, match: { table } });
    expect(await environment.run('verify')).toMatchObject({ exitCode: 0 });
    expect(await environment.run('plan')).toMatchObject({ exitCode: 1 });
    environment.emulator.clearFaults();
    environment.emulator.fault({ ...refused, match: { table: 'solutioncomponents' } });
    expect(await environment.run('plan')).toMatchObject({ exitCode: 0 });
  });
});
