import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { ExitCode } from '../../src/cli/exit-codes.js';
import type { OfferedCatalog } from '../../src/dataverse/discovery/offered-event.js';
import { createImportingEnvironment, type ImportingEnvironment } from './support/importing-environment.js';

let environment: ImportingEnvironment;
beforeEach(async () => {
  environment = await createImportingEnvironment();
});
afterEach(() => environment.remove());

function category(root: string, name: string): string {
  const texts = (uniquename: string) => ({ uniquename, name: uniquename, displayname: uniquename, description: 'd' });
  const parent = environment.create('catalog', texts(root));
  return environment.create('catalog', { ...texts(name), 'ParentCatalogId@odata.bind': `/catalogs(${parent})` });
}

function customApi(uniquename: string, how: Readonly<Record<string, unknown>> = {}): string {
  const texts = { uniquename, name: uniquename, displayname: 'An API', description: 'd' };
  return environment.create('customapi', { ...texts, ...how });
}

function assign(categoryId: string, bind: Readonly<Record<string, string>>, name = 'assignment'): string {
  return environment.create('catalogassignment', {
    name,
    ...bind,
    'CatalogId@odata.bind': `/catalogs(${categoryId})`,
  });
}

/** Of the table account, with a custom API and a process action bound to it, and a function that is no event. */
function catalogAccount(): void {
  const { entityid } = environment.row('entity', 'logicalname', 'account');
  assign(category('contoso_Sales', 'contoso_Accounts'), { 'EntityId@odata.bind': `/entities(${entityid})` });
  const bound = { bindingtype: 1, boundentitylogicalname: 'account' };
  customApi('contoso_Rate', { ...bound, allowedcustomprocessingsteptype: 1, isprivate: true });
  customApi('contoso_Read', { ...bound, isfunction: true });
  customApi('contoso_Elsewhere', { ...bound, boundentitylogicalname: 'contact' });
  putProcessAction('contoso_Merge', { primaryentity: 'account', statecode: 0 });
}

function putProcessAction(message: string, how: Readonly<Record<string, string | number>> = {}): string {
  const { sdkmessageid } = environment.put('sdkmessage', { name: message });
  const { workflowid } = environment.put('workflow', {
    name: message,
    uniquename: message.replace('contoso_', ''),
    category: 3,
    type: 1,
    statecode: 1,
    sdkmessageid: sdkmessageid ?? null,
    inputparameters: '[{ "name": "A", "type": 10 }, { "name": "B", "type": 0 }]',
    ...how,
  });
  return String(workflowid);
}

async function discovered(...options: readonly string[]): Promise<readonly OfferedCatalog[]> {
  const { stdout } = await environment.run('discover', '--json', ...options);
  return (JSON.parse(stdout) as { catalogs: readonly OfferedCatalog[] }).catalogs;
}

/** `catalog/category: name, name` */
async function outline(...options: readonly string[]): Promise<readonly string[]> {
  return (await discovered(...options)).flatMap(({ uniqueName: root, categories }) =>
    categories.length === 0
      ? [root]
      : categories.map(
          ({ uniqueName, events }) => `${root}/${uniqueName}: ${events.map(({ name }) => name).join(', ')}`,
        ),
  );
}

describe('dataverse discover', () => {
  it('tells that nothing is cataloged, and what would catalog something', async () => {
    expect(await environment.run('discover')).toMatchObject({
      exitCode: ExitCode.Ok,
      stdout: '',
      stderr: expect.stringContaining('dataverse apply'),
    });
    expect(await discovered()).toEqual([]);
  });

  it('shows what apply made, and which event types it carries', async () => {
    await environment.run('apply', '--yes');
    const { stdout } = await environment.run('discover');
    expect(stdout).toMatch(/^CATALOG +CATEGORY +KIND +NAME +TABLE +PARAMETERS +STATE +CARRIES\n/);
    expect(stdout).toMatch(/custom-api +contoso_CustomerPurchase +- +13 +active +CustomerPurchase\n/);
    expect(stdout).toMatch(/custom-api +contoso_VendorPaymentPosted +- +12 +active +VendorPaymentPosted\n/);
  });

  it('shows tables by what happens to them, with whatever is bound to them', async () => {
    catalogAccount();
    const [sales] = await discovered();
    const events = sales?.categories[0]?.events ?? [];
    expect(
      events.map(({ kind, name, table, isPrivate, isActive }) => [kind, name, table, isPrivate, isActive]),
    ).toEqual([
      ['custom-api', 'contoso_Rate', 'account', true, true],
      ['process-action', 'contoso_Merge', 'account', false, false],
      ['table-operation', 'Create', 'account', false, true],
      ['table-operation', 'Delete', 'account', false, true],
      ['table-operation', 'Update', 'account', false, true],
    ]);
  });

  it('shows process actions with their inputs, what is gone, and catalogs in which nothing is', async () => {
    const place = category('contoso_Finance', 'contoso_Payments');
    const workflowId = putProcessAction('contoso_Post');
    environment.put('catalogassignment', { name: 'Post', catalogid: place, object: workflowId });
    environment.put('catalogassignment', { name: 'Lost', catalogid: place, object: null });
    category('contoso_Empty', 'contoso_Nothing');
    const { stdout } = await environment.run('discover');
    expect(stdout).toMatch(/process-action +contoso_Post +- +2 +active +-\n/);
    expect(stdout).toMatch(/unknown +Lost +- +- +gone or not readable +-\n/);
    expect(stdout).toMatch(/contoso_Empty +contoso_Nothing +- +- +- +- +- +-\n/);
  });

  it('narrows to what is looked for', async () => {
    await environment.run('apply', '--yes');
    catalogAccount();
    expect(await outline('--catalog', 'VENDOR')).toEqual([
      'contoso_ContosoVendorManagement/contoso_ContosoVendorManagement_VendorEvents: contoso_VendorPaymentPosted',
    ]);
    expect(await outline('--catalog', 'contoso_Accounts', '--message', 'e')).toEqual([
      'contoso_Sales/contoso_Accounts: contoso_Rate, contoso_Merge, Create, Delete, Update',
    ]);
    expect(await outline('--message', 'purchase')).toEqual([
      'contoso_ContosoCustomerManagement/contoso_ContosoCustomerManagement_CustomerEvents: contoso_CustomerPurchase',
    ]);
    expect(await outline('--table', 'account', '--message', 'Create')).toEqual([
      'contoso_Sales/contoso_Accounts: Create',
    ]);
    expect(await outline('--table', 'none', '--message', 'Create')).toEqual([]);
  });

  it.each(['catalogs', 'catalogassignments', 'customapis', 'sdkmessagefilters'])(
    'says what stands in the way where %s may not be read',
    async (table) => {
      catalogAccount();
      environment.emulator.fault({ kind: 'status', status: 403, code: '0x80040220', match: { table } });
      const run = await environment.run('discover');
      expect(run).toMatchObject({
        exitCode: ExitCode.Failure,
        stdout: '',
        stderr: expect.stringContaining('lacks a privilege'),
      });
    },
  );
});

describe('dataverse discover --messages', () => {
  it('asks the discovery query of the event framework, and shows a table a line', async () => {
    const { stdout } = await environment.run('discover', '--messages');
    const lines = stdout.split('\n').map((line) => line.split(/ +/));
    expect(lines[0]).toEqual(['MESSAGE', 'TABLE']);
    expect(lines).toEqual(
      expect.arrayContaining([
        ['Create', 'account'],
        ['Create', 'contact'],
        ['Delete', 'account'],
      ]),
    );
    const names = lines.map(([name]) => name);
    for (const excluded of ['Execute', 'SetRelated', 'RemoveRelated', 'SetStateDynamicEntity', 'GetTimelineInternal']) {
      expect(names).not.toContain(excluded);
    }
    const asked = environment.emulator.requests().map(({ url }) => decodeURIComponent(url));
    expect(asked).toContainEqual(
      expect.stringContaining(
        'sdkmessageid_sdkmessagefilter/any(s:s/iscustomprocessingstepallowed eq true and s/isvisible eq true)',
      ),
    );
  });

  it('narrows to what is looked for, a message a line in JSON', async () => {
    const { stdout } = await environment.run(
      'discover',
      '--messages',
      '--json',
      '--message',
      'CREA',
      '--table',
      'account',
    );
    expect(stdout).toBe('{"name":"Create","tables":["account"]}\n');
    const nothing = await environment.run('discover', '--messages', '--json', '--table', 'nothing');
    expect(nothing).toMatchObject({ exitCode: ExitCode.Ok, stdout: '' });
  });

  it('shows thousands of filters, each once', async () => {
    const { sdkmessageid } = environment.row('sdkmessage', 'name', 'Create');
    for (let index = 0; index < 6000; index++) {
      environment.put('sdkmessagefilter', {
        sdkmessageid: sdkmessageid ?? null,
        primaryobjecttypecode: `table${index}`,
        iscustomprocessingstepallowed: true,
        isvisible: true,
      });
    }
    const { stdout } = await environment.run('discover', '--messages', '--message', 'Create');
    expect(new Set(stdout.trimEnd().split('\n')).size).toBe(6000 + 2 + 1);
  });

  it('is refused together with a catalog, in which no message stands', async () => {
    expect(await environment.run('discover', '--messages', '--catalog', 'x')).toMatchObject({
      exitCode: ExitCode.Usage,
    });
  });
});
