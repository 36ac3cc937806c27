import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
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
