import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { Client } from '../emulator/support/client.js';
import { importPackage } from '../emulator/support/solution-package.js';
import { createProvisioningEnvironment, type ProvisioningEnvironment } from './support/provisioning-environment.js';

const WEBHOOK = {
  name: 'Warehouse',
  kind: 'webhook',
  url: 'https://warehouse.example.com/events',
  authentication: { kind: 'webhook-key', key: 'key-of-the-warehouse' },
  events: ['*'],
};

let environment: ProvisioningEnvironment;
let folder: string;
let file: string;
beforeEach(async () => {
  environment = await createProvisioningEnvironment();
  folder = await mkdtemp(join(tmpdir(), 'gateway-managed-'));
  file = join(folder, 'endpoints.json');
  await writeFile(file, JSON.stringify([WEBHOOK]), { mode: 0o600 });
  await environment.run('apply --yes');
  environment.drift('solution', { uniquename: 'BusinessEvents' }, { ismanaged: true });
});
afterEach(async () => {
  await environment.remove();
  await rm(folder, { recursive: true });
});

describe('where events came by a managed package', () => {
  it('endpoints are made, verified and given new keys with the same settings', async () => {
    const settings = { environment: { DATAVERSE_SOLUTION: 'Retail', DATAVERSE_PUBLISHER_PREFIX: 'retail' } };
    const zip = join(folder, 'retail.zip');
    expect(await environment.run(`export --managed --solution-version 1.2.0.0 --zip ${zip}`, settings)).toMatchObject({
      exitCode: 0,
    });
    const client = new Client(environment.emulator);
    expect(await importPackage(client, await readFile(zip)).finally(() => client.close())).toMatchObject({
      status: 204,
    });
    expect(environment.row('solution', { uniquename: 'Retail' })).toMatchObject({ ismanaged: true });
    const run = (args: string) => environment.run(`${args} --endpoints ${file}`, settings);
    expect(await run('apply --yes')).toMatchObject({ exitCode: 0, stderr: '' });
    expect(environment.rows('sdkmessageprocessingstep')).toHaveLength(2);
    expect(await run('verify')).toMatchObject({ exitCode: 0 });
    expect(await run('plan')).toMatchObject({ exitCode: 0, stdout: expect.stringContaining('Nothing to do.') });
    expect(await run('apply --yes --write-secrets')).toMatchObject({ exitCode: 0, stderr: '' });
  });
});

describe('beside a managed solution', () => {
  it('endpoints and steps are made, and secrets written anew', async () => {
    expect(await environment.run(`apply --yes --endpoints ${file}`)).toMatchObject({ exitCode: 0, stderr: '' });
    expect(environment.rows('sdkmessageprocessingstep')).toHaveLength(2);
    expect(await environment.run(`plan --endpoints ${file}`)).toMatchObject({ exitCode: 0 });
    expect(await environment.run(`apply --yes --write-secrets --endpoints ${file}`)).toMatchObject({ exitCode: 0 });
  });

  it('components of events are not', async () => {
    const { customapirequestparameterid } =
      environment.rows('customapirequestparameter', { uniquename: 'Email' })[0] ?? {};
    environment.emulator.tables.removeRow('customapirequestparameter', String(customapirequestparameterid));
    environment.writes();
    const refused = await environment.run(`apply --yes --endpoints ${file}`);
    expect(refused).toMatchObject({
      exitCode: 3,
      stderr: expect.stringContaining('The solution BusinessEvents is managed'),
    });
    expect(environment.writes()).toEqual([]);
  });
});
