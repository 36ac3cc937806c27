import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { createEndpointsEnvironment, ENDPOINTS, type EndpointsEnvironment } from './support/endpoints-environment.js';

const STEP = 'Warehouse: contoso_CustomerPurchase';
const [WAREHOUSE] = ENDPOINTS;
const FILE = [WAREHOUSE];
const RENAMED = [{ ...WAREHOUSE, name: 'Depot' }];

describe('steps that no endpoint of the file wishes', () => {
  let environment: EndpointsEnvironment;
  beforeEach(async () => {
    environment = await createEndpointsEnvironment();
    await environment.withEndpoints(FILE, 'apply', '--yes');
  });
  afterEach(() => environment.remove());

  const names = () => environment.rows('sdkmessageprocessingstep').map(({ name }) => String(name));
  const ours = (endpoint: string) => names().filter((name) => name.startsWith(endpoint));

  /** A copy of a step of ours, under an id of its own. */
  function putStep(name: string, sdkmessageid: unknown): void {
    const [step] = environment.rows('sdkmessageprocessingstep', { name: STEP });
    const { sdkmessageprocessingstepid: _id, ...cells } = step ?? {};
    const message = String(sdkmessageid ?? step?.sdkmessageid);
    environment.emulator.tables.putRow('sdkmessageprocessingstep', { ...cells, name, sdkmessageid: message });
  }

  it.each([
    ['renamed', RENAMED],
    ['taken out', []],
  ])('because it was %s are told, and go on', async (_how, file) => {
    for (const command of [['plan'], ['verify'], ['apply', '--yes']]) {
      const { stdout } = await environment.withEndpoints(file, ...command);
      expect(stdout).toContain(`Note: The step '${STEP}' is there, and the endpoints file does not wish it.`);
      expect(stdout).toContain('--prune deletes it');
    }
    expect(ours('Warehouse')).toHaveLength(2);
  });

  it.each([
    ['renamed', RENAMED, ['Depot', 'Depot']],
    ['taken out', [], []],
  ])('because it was %s are deleted where that is asked for', async (_how, file, left) => {
    expect(await environment.withEndpoints(file, 'apply', '--yes', '--prune')).toMatchObject({ exitCode: 0 });
    expect(names().map((name) => name.replace(/:.*/, ''))).toEqual(left);
    expect(environment.rows('serviceendpoint', { name: 'Warehouse' })).toHaveLength(1);
    const { exitCode, stdout } = await environment.withEndpoints(file, 'plan');
    expect([exitCode, stdout]).toEqual([0, expect.not.stringContaining('Note:')]);
  });

  it('are those of others, whatever their names are', async () => {
    putStep('Somewhere: contoso_CustomerPurchase', null);
    putStep('by hand', null);
    const applied = await environment.withEndpoints(RENAMED, 'apply', '--yes', '--prune');
    expect(applied).toMatchObject({ exitCode: 0, stdout: expect.not.stringMatching(/Somewhere|by hand/) });
    expect(names().filter((name) => /Somewhere|by hand/.test(name))).toHaveLength(2);
  });

  it('are found although somebody renamed them', async () => {
    const { tables } = environment.emulator;
    const [step] = environment.rows('sdkmessageprocessingstep', { name: STEP });
    tables.changeRow('sdkmessageprocessingstep', String(step?.sdkmessageprocessingstepid), { name: 'renamed by ops' });
    const fewer = [{ ...WAREHOUSE, events: ['VendorPaymentPosted'] }];
    expect((await environment.withEndpoints(fewer, 'plan')).stdout).toContain("The step 'renamed by ops' is there");
    expect(await environment.withEndpoints(fewer, 'apply', '--yes', '--prune')).toMatchObject({ exitCode: 0 });
    expect(names()).toEqual(['Warehouse: contoso_VendorPaymentPosted']);
  });

  it('are told and kept where they carry events of another gateway', async () => {
    const { sdkmessageid } = environment.emulator.tables.putRow('sdkmessage', { name: 'contoso_OtherGateway' });
    putStep('Warehouse: contoso_OtherGateway', sdkmessageid);
    const applied = await environment.withEndpoints(FILE, 'apply', '--yes', '--prune');
    expect(applied).toMatchObject({
      exitCode: 0,
      stdout: expect.stringMatching(/step 'Warehouse: contoso_OtherGateway' .*--prune leaves it/),
    });
    expect(ours('Warehouse: contoso_OtherGateway')).toHaveLength(1);
    const narrowed = await environment.withEndpoints(FILE, 'plan', '--event', 'CustomerPurchase');
    expect(narrowed.stdout).not.toContain('OtherGateway');
  });

  it('are not deleted where a managed solution brought them', async () => {
    const { tables } = environment.emulator;
    const [step] = environment.rows('sdkmessageprocessingstep', { name: STEP });
    tables.changeRow('sdkmessageprocessingstep', String(step?.sdkmessageprocessingstepid), { ismanaged: true });
    const applied = await environment.withEndpoints([], 'apply', '--yes', '--prune');
    expect(applied).toMatchObject({
      exitCode: 0,
      stdout: expect.stringContaining('the managed solution it came with'),
    });
    expect(names()).toEqual([STEP]);
  });
});

describe('what a step is configured with', () => {
  it('is never shown: others keep keys there', async () => {
    const environment = await createEndpointsEnvironment();
    try {
      await environment.withEndpoints(FILE, 'apply', '--yes');
      const [step] = environment.rows('sdkmessageprocessingstep', { name: STEP });
      const id = String(step?.sdkmessageprocessingstepid);
      environment.emulator.tables.changeRow('sdkmessageprocessingstep', id, { configuration: 'SECRETCONF=abc' });
      const told = [
        await environment.withEndpoints(FILE, 'plan'),
        await environment.withEndpoints(FILE, 'plan', '--json'),
        await environment.withEndpoints(FILE, 'verify'),
      ];
      expect(told).toMatchObject([{ exitCode: 2 }, { exitCode: 2 }, { exitCode: 2 }]);
      expect(told[0]?.stdout).toContain('configuration  "set" -> "not set"');
      expect(JSON.stringify(told)).not.toContain('SECRETCONF');
      expect(await environment.withEndpoints(FILE, 'apply', '--yes')).toMatchObject({ exitCode: 0 });
      expect(environment.rows('sdkmessageprocessingstep', { name: STEP })).toMatchObject([{ configuration: null }]);
    } finally {
      await environment.remove();
    }
  });
});
