import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { Cell } from '../../src/emulator/tables/table-definition.js';
import { createEndpointsEnvironment, ENDPOINTS, type EndpointsEnvironment } from './support/endpoints-environment.js';

const STEP = 'Warehouse: contoso_CustomerPurchase';
const FILE = ENDPOINTS.slice(0, 1);
const THEIRS = {
  name: 'Warehouse',
  contract: 8,
  authtype: 5,
  url: 'https://other-team.example.com/in',
  authvalue: 'their-key',
  isauthvalueset: true,
};

describe('an endpoint of somebody else that has the name', () => {
  let environment: EndpointsEnvironment;
  beforeEach(async () => {
    environment = await createEndpointsEnvironment();
    await environment.dataverse('apply', '--yes');
    environment.writes();
  });
  afterEach(() => environment.remove());

  const run = (command: string, ...more: readonly string[]) => environment.withEndpoints(FILE, command, ...more);

  /** Theirs, and a step of theirs on it. */
  function put(cells: Readonly<Record<string, Cell>> = {}): string {
    const { tables } = environment.emulator;
    const { serviceendpointid = null } = tables.putRow('serviceendpoint', { ...THEIRS, ...cells });
    const [message] = environment.rows('sdkmessage', { name: 'Create' });
    const step = { name: 'Accounts of theirs', stage: 40, mode: 1, statecode: 0, rank: 1 };
    tables.putRow('sdkmessageprocessingstep', {
      ...step,
      sdkmessageid: message?.sdkmessageid ?? null,
      eventhandler: serviceendpointid,
    });
    return String(serviceendpointid);
  }

  const theirs = (id: string) => environment.emulator.tables.find('serviceendpoint', id);

  it('is used as it is where it fits', async () => {
    const id = put({ url: FILE[0]?.url ?? null });
    const before = theirs(id);
    expect(await run('apply', '--yes')).toMatchObject({ exitCode: 0 });
    expect(theirs(id)).toEqual(before);
    expect(environment.rows('serviceendpoint')).toHaveLength(1);
    expect(environment.rows('sdkmessageprocessingstep', { name: STEP })).toMatchObject([{ eventhandler: id }]);
    expect(await run('plan')).toMatchObject({ exitCode: 0 });
  });

  it('is left alone where it differs, and told with what hangs on it', async () => {
    const id = put();
    const before = theirs(id);
    for (const { stdout, exitCode } of [await run('plan'), await run('verify')]) {
      expect(exitCode).toBe(2);
      expect(stdout).toContain("'Warehouse' was made by somebody else, and is not as wished (url).");
      expect(stdout).toContain('1 step of others hangs on it: Accounts of theirs (Create).');
      expect(stdout).toContain("--take-over 'Warehouse'");
    }
    expect(await run('apply', '--yes')).toMatchObject({ exitCode: 3 });
    expect(environment.writes()).toEqual([]);
    expect(theirs(id)).toEqual(before);
  });

  it('keeps its key where keys are written anew', async () => {
    const id = put({ url: FILE[0]?.url ?? null });
    const applied = await run('apply', '--yes', '--write-secrets');
    expect(applied).toMatchObject({ exitCode: 3, stderr: expect.stringContaining('its secret was to be written') });
    expect(theirs(id)?.authvalue).toBe('their-key');
  });

  it.each(['Warehouse', 'WAREHOUSE'])('is taken over where that is said by name: %s', async (name) => {
    const id = put({ name: 'warehouse' });
    const agreed = ['--take-over', name];
    expect(await run('plan', ...agreed)).toMatchObject({
      exitCode: 2,
      stdout: expect.stringContaining(
        "Note: 'Warehouse' was made by somebody else and is taken over. 1 step of others hangs on it: Accounts of theirs",
      ),
    });
    expect(await run('apply', '--yes', ...agreed)).toMatchObject({ exitCode: 0 });
    expect(theirs(id)).toMatchObject({ name: 'Warehouse', url: FILE[0]?.url });
    expect(environment.rows('sdkmessageprocessingstep', { name: STEP })).toMatchObject([{ eventhandler: id }]);
    expect(environment.rows('sdkmessageprocessingstep', { name: 'Accounts of theirs' })).toHaveLength(1);
    expect(await run('plan')).toMatchObject({ exitCode: 0 });
  });

  it.each([
    ['is of another kind', { contract: 7, namespaceaddress: 'sb://a.servicebus.windows.net/', url: null }],
    ['came managed', { ismanaged: true }],
  ])('is not taken over where it %s', async (_what, cells) => {
    const id = put(cells);
    const before = theirs(id);
    expect(await run('apply', '--yes', '--take-over', 'Warehouse')).toMatchObject({ exitCode: 3 });
    expect(theirs(id)).toEqual(before);
  });

  it('restores nothing where the custom API is made anew', async () => {
    await run('apply', '--yes');
    const [ours] = environment.rows('serviceendpoint');
    const id = put();
    const { tables } = environment.emulator;
    const [step] = environment.rows('sdkmessageprocessingstep', { name: STEP });
    tables.changeRow('sdkmessageprocessingstep', String(step?.sdkmessageprocessingstepid), { eventhandler: id });
    tables.changeRow('serviceendpoint', String(ours?.serviceendpointid), { name: 'Elsewhere' });
    tables.removeRow('serviceendpoint', String(ours?.serviceendpointid));
    const [api] = environment.rows('customapi', { uniquename: 'contoso_CustomerPurchase' });
    tables.changeRow('customapi', String(api?.customapiid), { allowedcustomprocessingsteptype: 2 });
    const refused = await run('apply', '--yes', '--without-gate');
    expect(refused).toMatchObject({
      exitCode: 3,
      stderr: expect.stringContaining(`Others wait for it (step ${STEP}`),
    });
    expect(environment.rows('sdkmessageprocessingstep', { name: STEP })).toHaveLength(1);
  });

  it('of ours is told to be changed for them too', async () => {
    await run('apply', '--yes');
    const [ours] = environment.rows('serviceendpoint');
    const { tables } = environment.emulator;
    const [step] = environment.rows('sdkmessageprocessingstep', { name: STEP });
    const { sdkmessageprocessingstepid: _id, ...cells } = step ?? {};
    const [message] = environment.rows('sdkmessage', { name: 'Create' });
    tables.putRow('sdkmessageprocessingstep', {
      ...cells,
      name: 'Theirs',
      sdkmessageid: message?.sdkmessageid ?? null,
    });
    expect((await run('plan')).stdout).toMatch(/Nothing to do\.\n$/);
    tables.changeRow('serviceendpoint', String(ours?.serviceendpointid), { url: 'https://other.example.com/' });
    expect(await run('plan')).toMatchObject({
      exitCode: 2,
      stdout: expect.stringContaining("'Warehouse' is changed for others too. 1 step of others hangs on it: Theirs"),
    });
    expect(await run('apply', '--yes')).toMatchObject({ exitCode: 0 });
  });

  it.each(['--prune', '--write-secrets'])('is none of what %s is about without a file', async (option) => {
    for (const command of ['plan', 'apply']) {
      const refused = await environment.dataverse(command, option);
      expect(refused).toMatchObject({ exitCode: 2, stdout: '', stderr: expect.stringContaining('--endpoints <file>') });
      expect(refused.stderr).toContain(option);
    }
    expect(environment.writes()).toEqual([]);
  });

  it('is not taken over under a name that the file does not have', async () => {
    expect(await run('apply', '--yes', '--take-over', 'Warehose')).toMatchObject({
      exitCode: 2,
      stderr: expect.stringContaining('and the endpoints are Warehouse.'),
    });
    expect(environment.writes()).toEqual([]);
  });
});
