import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { ExitCode } from '../../src/cli/exit-codes.js';
import { CliProcess } from '../cli/support/spawn-cli.js';
import { Client } from '../emulator/support/client.js';
import { importPackage } from '../emulator/support/solution-package.js';
import { packFolder } from './support/pack-folder.js';
import { createProvisioningEnvironment, type ProvisioningEnvironment } from './support/provisioning-environment.js';

/** Where there is neither the solution nor a publisher of the prefix. */
const ELSEWHERE = { DATAVERSE_SOLUTION: 'Retail', DATAVERSE_PUBLISHER_PREFIX: 'retail' };

const VERSION = ['--solution-version', '1.0.0.0'];

describe('an export, imported', () => {
  let place: string;

  beforeEach(async () => {
    place = await mkdtemp(join(tmpdir(), 'round-trip-'));
  });

  afterEach(() => rm(place, { recursive: true }));

  /** Exports as told into a package of the version that a new solution has, and imports it. */
  async function bring(environment: ProvisioningEnvironment, args = '', settings = {}): Promise<void> {
    const zip = join(place, 'events.zip');
    const version = args.includes('--solution-version') ? '' : ' --solution-version 1.0.0.0';
    const run = await environment.run(`export --zip ${zip}${version}${args}`, { environment: settings });
    expect(run).toMatchObject({ exitCode: ExitCode.Ok });
    await importInto(environment, await readFile(zip));
  }

  async function importInto(environment: ProvisioningEnvironment, zip: Buffer): Promise<void> {
    const client = new Client(environment.emulator);
    const reply = await importPackage(client, zip).finally(() => client.close());
    expect({ status: reply.status, body: reply.body }).toEqual({ status: 204, body: '' });
  }

  it.each([
    ['', {}, ''],
    [', with a privilege to call them', {}, ' --execute-privilege prvReadAccount'],
    [', where solution and publisher are not there yet', ELSEWHERE, ''],
  ])('gives the same rows as apply%s', async (_case, environment: { readonly DATAVERSE_SOLUTION?: string }, args) => {
    const applied = await within(async (one) => {
      const run = await one.run(`apply --yes --create-solution${args}`, { environment });
      expect(run).toMatchObject({ exitCode: ExitCode.Ok });
      return [one.provisioned(), componentsOf(one, environment.DATAVERSE_SOLUTION)];
    });
    const imported = await within(async (one) => {
      await bring(one, args, environment);
      return [one.provisioned(), componentsOf(one, environment.DATAVERSE_SOLUTION)];
    });
    expect(imported).toEqual(applied);
  });

  it('leaves plan nothing to do, and verify nothing to tell', () =>
    within(async (environment) => {
      await bring(environment);
      environment.writes();
      expect(await environment.run('plan')).toMatchObject({ exitCode: ExitCode.Ok, stderr: '' });
      expect(await environment.run('verify')).toMatchObject({ exitCode: ExitCode.Ok, stderr: '' });
      expect(await environment.run('apply --yes')).toMatchObject({ exitCode: ExitCode.Ok });
      expect(environment.writes()).toEqual([]);
    }));

  it('is the same from the folder, packed as the usual packer does', async () => {
    const fromZip = await within(async (one) => {
      await bring(one);
      return one.provisioned();
    });
    await within(async (one) => {
      await one.run(`export --folder ${join(place, 'solution')}`);
      await importInto(one, await packFolder(join(place, 'solution'), 'unmanaged'));
      expect(one.provisioned()).toEqual(fromZip);
      expect(await one.run('plan')).toMatchObject({ exitCode: ExitCode.Ok });
    });
  });

  it('is the same through processes, as a pipeline runs them', () =>
    within(async (environment) => {
      const zip = join(place, 'events.zip');
      const solution = { DATAVERSE_SOLUTION: 'BusinessEvents' };
      const exporting = new CliProcess(['dataverse', 'export', '--zip', zip, ...VERSION, '--json'], solution, place);
      expect(await exporting.exitCode()).toBe(ExitCode.Ok);
      expect(JSON.parse(exporting.stdout)).toMatchObject({ package: { path: zip } });
      await importInto(environment, await readFile(zip));
      const verifying = new CliProcess(['dataverse', 'verify'], { ...environment.settings, ...solution }, place);
      expect(await verifying.exitCode()).toBe(ExitCode.Ok);
      expect(verifying.stdout).toBe('CustomerPurchase, VendorPaymentPosted: fits.\n');
    }));

  it('mends what somebody changed by hand, where it may be changed', () =>
    within(async (environment) => {
      await bring(environment);
      const before = environment.provisioned();
      environment.drift(
        'customapi',
        { uniquename: 'contoso_CustomerPurchase' },
        { displayname: 'Mine', isprivate: true },
      );
      environment.drift(
        'customapirequestparameter',
        { name: 'contoso_CustomerPurchase.Lines' },
        { description: 'Mine' },
      );
      expect(await environment.run('plan')).toMatchObject({ exitCode: ExitCode.Differs });
      await bring(environment);
      expect(environment.provisioned()).toEqual(before);
      expect(await environment.run('plan')).toMatchObject({ exitCode: ExitCode.Ok });
    }));

  it('overwrites what apply leaves alone, as its notes say', () =>
    within(async (environment) => {
      await environment.run('apply --yes');
      const root = { uniquename: 'contoso_ContosoCustomerManagement' };
      environment.drift('catalog', root, { description: 'Whatever customers do.' });
      environment.drift('solution', { uniquename: 'BusinessEvents' }, { friendlyname: 'Events', version: '2.5.0.0' });
      expect(await environment.run('apply --yes')).toMatchObject({ exitCode: ExitCode.Ok });
      expect(environment.row('catalog', root)).toMatchObject({ description: 'Whatever customers do.' });
      await bring(environment);
      expect(environment.row('catalog', root)).toMatchObject({
        description: 'Business events: Contoso Customer Management',
      });
      expect(environment.row('solution', { uniquename: 'BusinessEvents' })).toMatchObject({
        friendlyname: 'BusinessEvents',
        version: '1.0.0.0',
      });
    }));

  it('stands beside what apply has made already', () =>
    within(async (environment) => {
      await environment.run('apply --yes');
      const before = environment.provisioned();
      await bring(environment);
      expect(environment.provisioned()).toEqual(before);
    }));

  it('as a managed package is what verify accepts, and leaves plan nothing to do', () =>
    within(async (environment) => {
      const settings = { DATAVERSE_SOLUTION: 'Retail' };
      await bring(environment, ' --managed --solution-version 1.2.0.0', settings);
      const solution = environment.row('solution', { uniquename: 'Retail' });
      expect(solution).toMatchObject({ ismanaged: true, version: '1.2.0.0' });
      expect(environment.rows('customapi', { ismanaged: true })).toHaveLength(2);
      expect(await environment.run('verify')).toMatchObject({ exitCode: ExitCode.Ok });
      expect(await environment.run('plan')).toMatchObject({ exitCode: ExitCode.Ok });
    }));
});

/** One at a time: authorities of two emulators bear one name, and this process trusts by name. */
async function within<T>(work: (environment: ProvisioningEnvironment) => Promise<T>): Promise<T> {
  const environment = await createProvisioningEnvironment();
  return work(environment).finally(() => environment.remove());
}

/** How many components of each type the solution holds. */
function componentsOf(environment: ProvisioningEnvironment, solution = 'BusinessEvents'): readonly number[] {
  const { solutionid = null } = environment.row('solution', { uniquename: solution });
  return environment
    .rows('solutioncomponent', { solutionid })
    .map(({ componenttype }) => Number(componenttype))
    .sort((a, b) => a - b);
}
