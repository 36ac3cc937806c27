import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { Cell } from '../../src/emulator/tables/table-definition.js';
import { createProvisioningEnvironment, type ProvisioningEnvironment } from './support/provisioning-environment.js';

const API = 'contoso_CustomerPurchase';
const ROOT = 'contoso_ContosoCustomerManagement';
const CATEGORY = `${ROOT}_CustomerEvents`;

let environment: ProvisioningEnvironment;
beforeEach(async () => {
  environment = await createProvisioningEnvironment();
  await environment.run('apply --yes');
});
afterEach(() => environment.remove());

function apiId(): Cell {
  return environment.row('customapi', { uniquename: API }).customapiid ?? null;
}

function addPart(table: string, uniquename: string, cells: Readonly<Record<string, Cell>> = {}): void {
  const texts = { uniquename, name: `${API}.${uniquename}`, displayname: uniquename, description: 'Of others.' };
  environment.emulator.tables.putRow(table, {
    [`${table}id`]: randomUUID(),
    customapiid: apiId(),
    type: 10,
    ...texts,
    ...cells,
  });
}

async function findings(): Promise<readonly Record<string, unknown>[]> {
  return JSON.parse((await environment.run('verify --json')).stdout).findings;
}

describe('a parameter', () => {
  it('that is missing is created', async () => {
    const before = environment.provisioned();
    const { customapirequestparameterid } = environment.row('customapirequestparameter', { uniquename: 'Email' });
    environment.emulator.tables.removeRow('customapirequestparameter', String(customapirequestparameterid));
    expect(await findings()).toMatchObject([
      { severity: 'breaking', what: `The parameter ${API}.Email does not exist` },
    ]);
    expect(await environment.run('apply --yes')).toMatchObject({ exitCode: 0 });
    expect(environment.provisioned()).toEqual(before);
  });

  it('that others added is tolerated where it is optional', async () => {
    addPart('customapirequestparameter', 'Loyalty', { isoptional: true });
    expect(await findings()).toMatchObject([{ severity: 'tolerated', what: expect.stringContaining('Loyalty') }]);
    expect(await environment.run('plan')).toMatchObject({ exitCode: 0 });
  });

  it('that others require breaks every call, and is deleted where that is agreed to', async () => {
    const before = environment.provisioned();
    addPart('customapirequestparameter', 'Loyalty', { isoptional: false });
    expect(await findings()).toMatchObject([{ severity: 'breaking', why: expect.stringContaining('every call') }]);
    expect(await environment.run('apply --yes')).toMatchObject({ exitCode: 3 });
    const applied = await environment.run(`apply --yes --without-gate --recreate ${API}`);
    expect(applied).toMatchObject({ exitCode: 0, stdout: expect.stringContaining('parameter Loyalty') });
    expect(environment.provisioned()).toEqual(before);
  });
});

describe('a custom API', () => {
  it('that answers something loses its response property where that is agreed to', async () => {
    const before = environment.provisioned();
    addPart('customapiresponseproperty', 'Total');
    expect(await findings()).toMatchObject([{ severity: 'breaking', component: 'response-property' }]);
    expect(await environment.run(`apply --yes --without-gate --recreate CustomerPurchase`)).toMatchObject({
      exitCode: 0,
    });
    expect(environment.provisioned()).toEqual(before);
  });

  it('that is gone is created with all that belongs to it', async () => {
    const before = environment.provisioned();
    environment.emulator.tables.removeRow('customapi', String(apiId()));
    for (const { catalogassignmentid } of environment.rows('catalogassignment', { object: null })) {
      environment.emulator.tables.removeRow('catalogassignment', String(catalogassignmentid));
    }
    const advice = expect.stringMatching(
      /creates it.*gates pause type:CustomerPurchase` first.*--execute-privilege <name>.*flows off and on/,
    );
    expect(await findings()).toMatchObject([
      { severity: 'breaking', what: `The custom API ${API} does not exist`, advice },
    ]);
    expect(await environment.run('apply --yes')).toMatchObject({ exitCode: 0 });
    expect(environment.provisioned()).toEqual(before);
  });

  it('that is managed is left as it is, with the way to mend it', async () => {
    environment.drift(
      'customapi',
      { uniquename: API },
      { ismanaged: true, displayname: 'Old', allowedcustomprocessingsteptype: 2 },
    );
    environment.writes();
    const applied = await environment.run('apply --yes');
    expect(applied).toMatchObject({
      exitCode: 3,
      stderr: expect.stringContaining('is managed and differs: allowedcustomprocessingsteptype is 2'),
    });
    expect(applied.stderr).toContain('install its new version here');
    expect(environment.writes()).toEqual([]);
    expect(await findings()).toMatchObject([
      { advice: expect.stringContaining('managed') },
      { advice: expect.stringContaining('managed') },
    ]);
  });

  it('that is managed and fits needs nothing', async () => {
    for (const { uniquename = null } of environment.rows('customapi'))
      environment.drift('customapi', { uniquename }, { ismanaged: true });
    expect(await environment.run('verify')).toMatchObject({ exitCode: 0 });
    expect(await environment.run('plan')).toMatchObject({ exitCode: 0 });
  });

  it('is not created under the name of a custom process action', async () => {
    environment.emulator.tables.removeRow('customapi', String(apiId()));
    for (const { sdkmessageid } of environment.rows('sdkmessage', { name: API })) {
      environment.emulator.tables.removeRow('sdkmessage', String(sdkmessageid));
    }
    environment.emulator.tables.putRow('sdkmessage', { sdkmessageid: randomUUID(), name: API, isprivate: false });
    environment.writes();
    const applied = await environment.run('apply --yes');
    expect(applied).toMatchObject({
      exitCode: 3,
      stderr: expect.stringMatching(/custom process action's[\s\S]+messageName/),
    });
    expect(environment.writes()).toEqual([]);
  });
});

describe('an assignment', () => {
  function assignment() {
    return environment.row('catalogassignment', { object: apiId() });
  }

  it('that is missing is created', async () => {
    const before = environment.provisioned();
    environment.emulator.tables.removeRow('catalogassignment', String(assignment().catalogassignmentid));
    expect(await findings()).toMatchObject([{ severity: 'differing', component: 'catalog-assignment' }]);
    expect(await environment.run('apply --yes')).toMatchObject({ exitCode: 0 });
    expect(environment.provisioned()).toEqual(before);
  });

  it('to another category stays, and the wished one is added', async () => {
    const other = environment
      .rows('catalog')
      .find(({ uniquename, parentcatalogid }) => parentcatalogid !== null && uniquename !== CATEGORY);
    const { catalogassignmentid, ...cells } = assignment();
    environment.emulator.tables.removeRow('catalogassignment', String(catalogassignmentid));
    const moved = { ...cells, catalogassignmentid: randomUUID(), catalogid: other?.catalogid ?? null };
    environment.emulator.tables.putRow('catalogassignment', moved);
    expect(await findings()).toMatchObject([
      { severity: 'differing' },
      { severity: 'tolerated', what: expect.stringContaining('another category') },
    ]);
    expect(await environment.run('apply --yes')).toMatchObject({ exitCode: 0 });
    expect(environment.rows('catalogassignment', { object: apiId() })).toHaveLength(2);
    expect(await environment.run('plan')).toMatchObject({ exitCode: 0 });
  });
});

describe('a catalog', () => {
  it('that somebody moved is left where it is, and told of', async () => {
    const { catalogid: elsewhere = null } = environment.row('catalog', {
      uniquename: 'contoso_ContosoVendorManagement',
    });
    environment.drift('catalog', { uniquename: CATEGORY }, { parentcatalogid: elsewhere });
    environment.writes();
    const applied = await environment.run('apply --yes');
    expect(applied).toMatchObject({
      exitCode: 3,
      stderr: expect.stringContaining(`The catalog ${CATEGORY} stands elsewhere`),
    });
    expect(environment.writes()).toEqual([]);
    expect(await findings()).toMatchObject([{ severity: 'differing', component: 'catalog' }]);
  });

  it('that is gone is created anew with its assignments', async () => {
    const before = environment.provisioned();
    for (const { catalogid = null } of environment.rows('catalog')) {
      for (const { catalogassignmentid } of environment.rows('catalogassignment', { catalogid })) {
        environment.emulator.tables.removeRow('catalogassignment', String(catalogassignmentid));
      }
    }
    for (const { catalogid } of environment.rows('catalog'))
      environment.emulator.tables.removeRow('catalog', String(catalogid));
    expect(await environment.run('verify')).toMatchObject({ exitCode: 2 });
    expect(await environment.run('apply --yes')).toMatchObject({ exitCode: 0 });
    expect(environment.provisioned()).toEqual(before);
  });

  it('of the same name and another unique name is made use of', async () => {
    environment.drift('catalog', { uniquename: ROOT }, { uniquename: 'msdyn_Sales' });
    environment.drift('catalog', { uniquename: CATEGORY }, { uniquename: 'msdyn_SalesEvents' });
    environment.writes();
    expect(await environment.run('apply --yes')).toMatchObject({ exitCode: 0, stdout: 'Nothing to do.\n' });
    expect(environment.writes()).toEqual([]);
  });

  it('of the same name that is inactive is told, and left so', async () => {
    environment.drift('catalog', { uniquename: ROOT }, { uniquename: 'msdyn_Sales', statecode: 1 });
    const { exitCode, stdout } = await environment.run('plan');
    expect({ exitCode, stdout }).toEqual({ exitCode: 0, stdout: expect.stringContaining('msdyn_Sales') });
    expect(stdout).toContain('is inactive');
    expect(await findings()).toContainEqual(expect.objectContaining({ what: expect.stringContaining('statecode') }));
    environment.writes();
    expect(await environment.run('apply --yes')).toMatchObject({ exitCode: 0 });
    expect(environment.writes()).toEqual([]);
  });
});
