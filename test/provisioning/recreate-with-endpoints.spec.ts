import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { Cell } from '../../src/emulator/tables/table-definition.js';
import { createEndpointsEnvironment, ENDPOINTS, type EndpointsEnvironment } from './support/endpoints-environment.js';

const API = 'contoso_CustomerPurchase';
const STEP = `Warehouse: ${API}`;

let environment: EndpointsEnvironment;
beforeEach(async () => {
  environment = await createEndpointsEnvironment();
  await environment.withEndpoints(ENDPOINTS, 'apply', '--yes');
});
afterEach(() => environment.remove());

function change(table: string, where: Readonly<Record<string, Cell>>, cells: Readonly<Record<string, Cell>>): void {
  const [row] = environment.rows(table, where);
  environment.emulator.tables.changeRow(table, String(row?.[`${table}id`]), cells);
}

const recreate = (...more: readonly string[]) =>
  environment.withEndpoints(ENDPOINTS, 'apply', '--yes', '--without-gate', ...more);

describe("a custom API that is somebody else's, as it seems", () => {
  it('gets no step, until it is taken over', async () => {
    const [step] = environment.rows('sdkmessageprocessingstep', { name: STEP });
    environment.emulator.tables.removeRow('sdkmessageprocessingstep', String(step?.sdkmessageprocessingstepid));
    const [{ customapiid = null } = {}] = environment.rows('customapi', { uniquename: API });
    const [part] = environment.rows('customapirequestparameter', { uniquename: 'EventId', customapiid });
    const id = String(part?.customapirequestparameterid);
    environment.emulator.tables.removeRow('customapirequestparameter', id);
    expect(await recreate('--recreate', API)).toMatchObject({ exitCode: 3 });
    expect(environment.rows('sdkmessageprocessingstep', { name: STEP })).toEqual([]);
    expect(await recreate('--recreate', API, '--take-over', API)).toMatchObject({ exitCode: 0 });
    expect(environment.rows('sdkmessageprocessingstep', { name: STEP })).toHaveLength(1);
  });
});

describe('a recreation with an endpoints file', () => {
  beforeEach(() => change('customapi', { uniquename: API }, { allowedcustomprocessingsteptype: 2 }));

  it('restores the steps that the file wishes, one that was renamed too', async () => {
    change('sdkmessageprocessingstep', { name: STEP }, { name: 'renamed' });
    expect(await recreate('--recreate', API)).toMatchObject({
      exitCode: 0,
      stdout: expect.not.stringContaining('Lost with it'),
    });
    expect(environment.rows('sdkmessageprocessingstep', { name: STEP })).toHaveLength(1);
    expect(environment.rows('sdkmessageprocessingstep', { name: 'renamed' })).toEqual([]);
  });

  it('counts a step among the losses where its endpoint stands in the way', async () => {
    change('serviceendpoint', { name: 'Warehouse' }, { contract: 6 });
    expect(await recreate()).toMatchObject({
      exitCode: 3,
      stderr: expect.stringContaining(`Others wait for it (step ${STEP}`),
    });
    expect(environment.rows('sdkmessageprocessingstep', { name: STEP })).toHaveLength(1);
    const agreed = await recreate('--recreate', API);
    expect(agreed.stdout).toMatch(new RegExp(`Lost with it, and not restored:\\n +step ${STEP}\\n`));
    expect(agreed.stderr).toMatch(/is of kind service-bus-queue; wished is webhook/);
  });

  it('shows no loss and no obstacle where a step is named in another case', async () => {
    change('sdkmessageprocessingstep', { name: STEP }, { name: STEP.toUpperCase() });
    const planned = await environment.withEndpoints(ENDPOINTS, 'plan');
    expect(planned).toMatchObject({ exitCode: 2, stdout: expect.not.stringMatching(/Lost with it|obstacle/) });
    expect(await recreate('--recreate', API)).toMatchObject({ exitCode: 0 });
    expect(environment.rows('sdkmessageprocessingstep', { name: STEP })).toHaveLength(1);
  });
});
