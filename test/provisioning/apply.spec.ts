import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { createProvisioningEnvironment, type ProvisioningEnvironment } from './support/provisioning-environment.js';

let environment: ProvisioningEnvironment;
beforeEach(async () => {
  environment = await createProvisioningEnvironment();
});
afterEach(() => environment.remove());

const PURCHASE = { uniquename: 'contoso_CustomerPurchase' };

describe('dataverse apply', () => {
  it('makes an empty environment fit, after which plan shows nothing and verify passes', async () => {
    const planned = await environment.run('plan');
    expect(planned).toMatchObject({ exitCode: 2, stdout: expect.stringContaining('+ create  custom API') });
    expect(environment.writes()).toEqual([]);

    expect(await environment.run('apply --yes')).toMatchObject({ exitCode: 0, stderr: '' });
    expect(await environment.run('plan')).toMatchObject({
      exitCode: 0,
      stdout: expect.stringMatching(/Nothing to do\.\n$/),
    });
    const verified = await environment.run('verify');
    expect(verified).toMatchObject({
      exitCode: 0,
      stdout: 'CustomerPurchase, VendorPaymentPosted: fits.\n',
      stderr: '',
    });
  });

  it('writes nothing the second time', async () => {
    await environment.run('apply --yes');
    environment.writes();
    expect(await environment.run('apply --yes')).toMatchObject({ exitCode: 0, stdout: 'Nothing to do.\n', stderr: '' });
    expect(environment.writes()).toEqual([]);
  });

  it('makes a custom API as an external event needs it, assigned to its category', async () => {
    await environment.run('apply --yes');
    const api = environment.row('customapi', PURCHASE);
    expect(api).toMatchObject({
      bindingtype: 0,
      boundentitylogicalname: null,
      isfunction: false,
      isprivate: false,
      allowedcustomprocessingsteptype: 1,
      workflowsdkstepenabled: false,
      plugintypeid: null,
      executeprivilegename: null,
      iscustomizable: false,
      displayname: 'Customer Purchase',
    });
    const root = environment.row('catalog', { uniquename: 'contoso_ContosoCustomerManagement' });
    const category = environment.row('catalog', { uniquename: 'contoso_ContosoCustomerManagement_CustomerEvents' });
    expect({ root: root.parentcatalogid, category: category.parentcatalogid }).toEqual({
      root: null,
      category: root.catalogid,
    });
    expect(environment.row('catalogassignment', { object: api.customapiid ?? null })).toMatchObject({
      catalogid: category.catalogid,
      name: 'contoso_CustomerPurchase',
    });
    const parameters = environment.rows('customapirequestparameter', { customapiid: api.customapiid ?? null });
    expect(parameters.map(({ uniquename }) => uniquename)).toEqual(
      expect.arrayContaining(['EventId', 'EventSource', 'Lines']),
    );
  });

  it('puts what it makes into the solution', async () => {
    await environment.run('apply --yes');
    const { solutionid = null } = environment.row('solution', { uniquename: 'BusinessEvents' });
    const components = environment.rows('solutioncomponent', { solutionid }).map(({ objectid }) => objectid);
    expect(components).toContain(environment.row('customapi', PURCHASE).customapiid);
  });

  it('provisions what it is asked for and no more', async () => {
    expect(await environment.run('apply --yes --event customer-purchase')).toMatchObject({ exitCode: 0 });
    expect(environment.rows('customapi').map(({ uniquename }) => uniquename)).toEqual(['contoso_CustomerPurchase']);
    expect(await environment.run('plan --event CustomerPurchase')).toMatchObject({ exitCode: 0 });
    expect(await environment.run('verify --event CustomerPurchase')).toMatchObject({ exitCode: 0 });
    expect(await environment.run('plan')).toMatchObject({ exitCode: 2 });
    expect(await environment.run('plan --event Nothing')).toMatchObject({ exitCode: 2, stdout: '' });
  });

  it('answers pipelines in JSON', async () => {
    const planned = JSON.parse((await environment.run('plan --json')).stdout);
    expect(planned).toMatchObject({
      environment: environment.emulator.url,
      solution: 'BusinessEvents',
      recreations: [],
      obstacles: [],
    });
    expect(planned.changes[0]).toEqual({
      action: 'create',
      component: 'catalog',
      name: expect.stringMatching(/^contoso_/),
      type: null,
      differences: [],
      recreates: null,
    });
    const applied = JSON.parse((await environment.run('apply --yes --json')).stdout);
    expect(applied).toMatchObject({
      outcome: 'done',
      done: planned.changes,
      left: [],
      lost: [],
      gates: [],
      problem: null,
    });
    const verified = JSON.parse((await environment.run('verify --json')).stdout);
    expect(verified).toMatchObject({ fits: true, findings: [], types: ['CustomerPurchase', 'VendorPaymentPosted'] });
  });

  it('asks at a terminal, and without one does nothing unasked', async () => {
    const refused = await environment.run('apply');
    expect(refused).toMatchObject({ exitCode: 3, stderr: expect.stringContaining('--yes does. Nothing was changed.') });
    const no = await environment.run('apply', { ask: async () => 'n' });
    expect(no).toMatchObject({ exitCode: 3, stderr: 'Nothing was changed.\n' });
    expect(environment.writes()).toEqual([]);
    expect(await environment.run('apply', { ask: async () => 'y' })).toMatchObject({ exitCode: 0 });
    expect(environment.rows('customapi')).toHaveLength(2);
  });

  it('keeps who may call a custom API, unless that is chosen', async () => {
    await environment.run('apply --yes --execute-privilege prvReadAccount');
    expect(environment.row('customapi', PURCHASE)).toMatchObject({ executeprivilegename: 'prvReadAccount' });
    expect(await environment.run('plan')).toMatchObject({ exitCode: 0 });
    expect(await environment.run('verify')).toMatchObject({
      exitCode: 0,
      stdout: expect.stringContaining('tolerated: The column executeprivilegename'),
    });
    expect(await environment.run('apply --yes --no-execute-privilege')).toMatchObject({ exitCode: 0 });
    expect(environment.row('customapi', PURCHASE)).toMatchObject({ executeprivilegename: null });
  });
});

describe('a privilege', () => {
  it('that does not exist is told, and nothing is begun', async () => {
    const misspelt = '--execute-privilege prvReadAcount';
    expect(await environment.run(`plan ${misspelt}`)).toMatchObject({
      exitCode: 2,
      stdout: expect.stringContaining("There is no privilege 'prvReadAcount' in this environment."),
    });
    expect(await environment.run(`apply --yes ${misspelt}`)).toMatchObject({
      exitCode: 3,
      stderr: expect.stringMatching(/no privilege 'prvReadAcount'.*Nothing was changed\.\n$/s),
    });
    expect(environment.writes()).toEqual([]);
    expect(await environment.run('apply --yes --execute-privilege prvReadAccount')).toMatchObject({ exitCode: 0 });
    expect(await environment.run('plan --execute-privilege prvReadAccount')).toMatchObject({ exitCode: 0 });
  });

  it('that may not be looked for is left to Dataverse, whose refusal is no matter of trying again', async () => {
    const refusal = {
      kind: 'status',
      status: 403,
      code: '0x80040220',
      message: 'prvReadPrivilege',
      times: null,
    } as const;
    environment.emulator.fault({ ...refusal, match: { table: 'privileges' } });
    const run = await environment.run('apply --yes --execute-privilege prvReadAcount');
    expect(run).toMatchObject({ exitCode: 1, stderr: expect.stringContaining('has to be mended first') });
  });

  it.each(['', '  '])('that is %j is refused: a pipeline forgot to say it', async (blank) => {
    const run = await environment.run(`apply --yes --execute-privilege=${blank.replaceAll(' ', '\t')}`);
    expect(run).toMatchObject({
      exitCode: 2,
      stderr: expect.stringContaining('--execute-privilege names no privilege'),
    });
    expect(environment.writes()).toEqual([]);
  });
});

describe('the solution', () => {
  it('is created where that is asked for, with a publisher of the prefix', async () => {
    const settings = { DATAVERSE_SOLUTION: 'Fabrikam', DATAVERSE_PUBLISHER_PREFIX: 'fabrikam' };
    const refused = await environment.run('apply --yes', { environment: settings });
    expect(refused).toMatchObject({
      exitCode: 3,
      stderr: expect.stringMatching(/solution Fabrikam .* does not exist[\s\S]+--create-solution/),
    });
    expect(environment.writes()).toEqual([]);
    expect(await environment.run('apply --yes --create-solution', { environment: settings })).toMatchObject({
      exitCode: 0,
    });
    expect(environment.row('publisher', { customizationprefix: 'fabrikam' })).toMatchObject({
      customizationoptionvalueprefix: 10_000,
    });
    expect(environment.row('customapi', { uniquename: 'fabrikam_CustomerPurchase' })).toBeDefined();
    expect(await environment.run('plan', { environment: settings })).toMatchObject({ exitCode: 0 });
  });

  it('has to be of a publisher with the prefix', async () => {
    const { exitCode, stderr } = await environment.run('apply --yes', {
      environment: { DATAVERSE_PUBLISHER_PREFIX: 'other' },
    });
    expect({ exitCode, stderr }).toEqual({
      exitCode: 3,
      stderr: expect.stringContaining('Set DATAVERSE_PUBLISHER_PREFIX to contoso'),
    });
    expect(environment.writes()).toEqual([]);
  });

  it('must not be managed, unless nothing has to be put into it', async () => {
    environment.drift('solution', { uniquename: 'BusinessEvents' }, { ismanaged: true });
    expect(await environment.run('apply --yes')).toMatchObject({
      exitCode: 3,
      stderr: expect.stringContaining('is managed'),
    });
    environment.drift('solution', { uniquename: 'BusinessEvents' }, { ismanaged: false });
    await environment.run('apply --yes');
    environment.drift('solution', { uniquename: 'BusinessEvents' }, { ismanaged: true });
    expect(await environment.run('apply --yes')).toMatchObject({ exitCode: 0 });
  });

  it('may be the default one, where a publisher has the prefix', async () => {
    const settings = { DATAVERSE_SOLUTION: '' };
    const other = { ...settings, DATAVERSE_PUBLISHER_PREFIX: 'nobody' };
    expect(await environment.run('apply --yes', { environment: other })).toMatchObject({
      exitCode: 3,
      stderr: expect.stringContaining('No publisher has the customization prefix nobody'),
    });
    expect(await environment.run('apply --yes', { environment: settings })).toMatchObject({ exitCode: 0 });
    expect(await environment.run('plan', { environment: settings })).toMatchObject({ exitCode: 0 });
  });

  it('that holds whatever is in no other is not read through for a note', async () => {
    await environment.run('apply --yes');
    const lists = async (solution: string) => {
      const before = environment.emulator.requests().length;
      await environment.run('plan', { environment: { DATAVERSE_SOLUTION: solution } });
      const since = environment.emulator.requests().slice(before);
      return since.some(({ url }) => url.includes('/solutioncomponents'));
    };
    expect({ named: await lists('BusinessEvents'), byDefault: await lists('Default') }).toEqual({
      named: true,
      byDefault: false,
    });
  });

  it('cannot be created without a name', async () => {
    const unnamed = { environment: { DATAVERSE_SOLUTION: '' } };
    expect(await environment.run('apply --yes --create-solution', unnamed)).toMatchObject({
      exitCode: 2,
      stderr: expect.stringContaining('DATAVERSE_SOLUTION'),
    });
  });

  it('is told of what stands outside it', async () => {
    await environment.run('apply --yes', { environment: { DATAVERSE_SOLUTION: '' } });
    const planned = await environment.run('plan');
    expect(planned).toMatchObject({
      exitCode: 0,
      stdout: expect.stringMatching(/^Note: .*contoso_CustomerPurchase.* not in the solution BusinessEvents/m),
    });
  });

  it('shows the category a custom API is really assigned to, though it is named by others', async () => {
    await environment.run('apply --yes');
    environment.emulator.tables.putRow('publisher', {
      publisherid: randomUUID(),
      uniquename: 'fab',
      friendlyname: 'fab',
      customizationprefix: 'fab',
    });
    const settings = { DATAVERSE_SOLUTION: '', DATAVERSE_PUBLISHER_PREFIX: 'fab' };
    const planned = await environment.run('plan --event CustomerPurchase', { environment: settings });
    expect(planned.stdout).toContain('fab_CustomerPurchase in contoso_ContosoCustomerManagement_CustomerEvents');
    expect(planned.stdout).not.toContain('catalog ');
  });
});
