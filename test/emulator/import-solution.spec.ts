import { describe, expect, it } from '@jest/globals';
import { Client } from './support/client.js';
import { runningEmulator } from './support/running-emulator.js';
import {
  ASSIGNMENTS,
  CATEGORY,
  CUSTOM_API,
  importPackage,
  importParameters,
  labelled,
  manifestWith,
  PARAMETER,
  PROPERTY,
  packageOf,
  USUAL,
} from './support/solution-package.js';

describe('an import of a solution', () => {
  it('brings custom APIs with their parts, catalogs and assignments, and answers 204', async () => {
    const { emulator, client } = await runningEmulator({ customApis: [] });
    const reply = await importPackage(client, packageOf());
    expect({ status: reply.status, body: reply.body }).toEqual({ status: 204, body: '' });
    const [api] = emulator.tables.rows('customapi');
    const [parameter] = emulator.tables.rows('customapirequestparameter');
    const [root, category] = emulator.tables.rows('catalog');
    const [assignment] = emulator.tables.rows('catalogassignment');
    expect(api).toMatchObject({
      uniquename: 'contoso_OnSale',
      displayname: 'On Sale',
      description: 'Something was sold',
      allowedcustomprocessingsteptype: 1,
      isprivate: false,
      plugintypeid: null,
      iscustomizable: false,
      ismanaged: false,
    });
    expect(parameter).toMatchObject({
      uniquename: 'OrderId',
      type: 10,
      isoptional: false,
      logicalentityname: null,
      customapiid: api?.customapiid,
    });
    expect(category).toMatchObject({ uniquename: 'contoso_Shop_Sales', parentcatalogid: root?.catalogid });
    expect(assignment).toMatchObject({ name: 'On Sale', catalogid: category?.catalogid, object: api?.customapiid });
  });

  it('makes what it brings callable', async () => {
    const { emulator, client } = await runningEmulator({ customApis: [] });
    expect((await client.call('contoso_OnSale', '{"OrderId":"1"}')).status).toBe(404);
    await importPackage(client, packageOf());
    expect((await client.call('contoso_OnSale', '{"OrderId":"1"}')).status).toBe(204);
    expect(emulator.receivedCount).toBe(1);
  });

  it('makes the solution and its publisher where there are none', async () => {
    const { emulator, client } = await runningEmulator({ customApis: [], publisherPrefix: 'other' });
    const manifest = manifestWith('<UniqueName>contoso<', '<UniqueName>contoso_retail<');
    await importPackage(client, packageOf({ 'solution.xml': manifest }));
    const publisher = emulator.tables.rows('publisher').find(({ uniquename }) => uniquename === 'contoso_retail');
    expect(publisher).toMatchObject({
      friendlyname: 'Contoso',
      customizationprefix: 'contoso',
      customizationoptionvalueprefix: 10_000,
    });
    expect(emulator.tables.rows('solution').find(({ uniquename }) => uniquename === 'Shop')).toMatchObject({
      friendlyname: 'The shop',
      version: '1.0.0.1',
      ismanaged: false,
      publisherid: publisher?.publisherid,
    });
  });

  it('puts everything it brings into the solution', async () => {
    const { emulator, client } = await runningEmulator({ customApis: [] });
    await importPackage(client, packageOf());
    const solution = emulator.tables.rows('solution').find(({ uniquename }) => uniquename === 'Shop');
    const components = emulator.tables
      .rows('solutioncomponent')
      .filter(({ solutionid }) => solutionid === solution?.solutionid);
    expect(components).toHaveLength(5);
  });

  it('brings response properties, and tables and custom process actions into categories', async () => {
    const { emulator, client } = await runningEmulator({ customApis: [] });
    const workflowid = 'bbbbbbbb-0000-4000-8000-000000000001';
    emulator.tables.putRow('workflow', { workflowid, name: 'Approve', uniquename: 'Approve', category: 3, type: 1 });
    const reply = await importPackage(
      client,
      packageOf({
        [PROPERTY]: `<customapiresponseproperty uniquename="Total">${labelled('description', 'Total')}${labelled('displayname', 'Total')}<name>contoso_OnSale.Total</name><type>8</type></customapiresponseproperty>`,
        [ASSIGNMENTS]: `<catalogassignments>
          <catalogassignment object.logicalname="account" catalogid.uniquename="contoso_Shop_Sales" objectidtype="entity"><name>Account</name></catalogassignment>
          <catalogassignment object.workflowid="${workflowid}" catalogid.uniquename="contoso_Shop_Sales" objectidtype="workflow"><name>Approve</name></catalogassignment>
        </catalogassignments>`,
      }),
    );
    expect(reply.status).toBe(204);
    expect(emulator.tables.rows('customapiresponseproperty')).toMatchObject([{ uniquename: 'Total', type: 8 }]);
    const assigned = emulator.tables.rows('catalogassignment').map(({ objectidtype }) => objectidtype);
    expect(assigned).toEqual(['entity', 'workflow']);
  });

  it('takes packages with backslashes, byte order marks and character references', async () => {
    const { emulator, client } = await runningEmulator({ customApis: [] });
    const text = 'Tom &amp; &quot;Jerry&quot; &lt;3&#10;and 🧾';
    const api = `\uFEFF${USUAL[CUSTOM_API].replaceAll('Something was sold', text)}`;
    const reply = await importPackage(
      client,
      packageOf({ [CUSTOM_API]: null, [CUSTOM_API.replaceAll('/', '\\')]: api }),
    );
    expect(reply.status).toBe(204);
    expect(emulator.tables.rows('customapi')[0]?.description).toBe('Tom & "Jerry" <3\nand 🧾');
  });

  it('changes what may change, adds what is new, and deletes nothing', async () => {
    const { emulator, client } = await runningEmulator({ customApis: [] });
    await importPackage(client, packageOf());
    const [before] = emulator.tables.rows('customapi');
    const added = PARAMETER.replaceAll('OrderId', 'Note');
    const reply = await importPackage(
      client,
      packageOf({
        'solution.xml': manifestWith('1.0.0.1', '1.0.0.2'),
        [CUSTOM_API]: USUAL[CUSTOM_API].replaceAll('Something was sold', 'Sold'),
        [PARAMETER]: null,
        [added]: USUAL[PARAMETER].replaceAll('OrderId', 'Note').replace('<isoptional>0', '<isoptional>1'),
      }),
    );
    expect(reply.status).toBe(204);
    const { tables } = emulator;
    expect(tables.rows('customapi')).toMatchObject([{ customapiid: before?.customapiid, description: 'Sold' }]);
    expect(tables.rows('customapirequestparameter').map(({ uniquename }) => uniquename)).toEqual(['OrderId', 'Note']);
    expect(tables.rows('catalogassignment')).toHaveLength(1);
    expect(tables.rows('solution').find(({ uniquename }) => uniquename === 'Shop')?.version).toBe('1.0.0.2');
  });

  it('empties a column whose element is empty, and leaves alone one that has none', async () => {
    const { emulator, client } = await runningEmulator({ customApis: [] });
    await importPackage(client, packageOf());
    const id = `${emulator.tables.rows('customapi')[0]?.customapiid}`;
    emulator.tables.changeRow('customapi', id, { executeprivilegename: 'prvReadAccount' });
    const silent = USUAL[CUSTOM_API].replace('<executeprivilegename />', '');
    await importPackage(client, packageOf({ [CUSTOM_API]: silent }));
    expect(emulator.tables.find('customapi', id)?.executeprivilegename).toBe('prvReadAccount');
    await importPackage(client, packageOf());
    expect(emulator.tables.find('customapi', id)?.executeprivilegename).toBeNull();
  });

  it.each([
    ['its id', (id: string) => `<plugintypeid>${id}</plugintypeid>`],
    ['its export key', () => '<plugintypeexportkey>KEY-1</plugintypeexportkey>'],
  ])('links a plug-in type by %s, and takes it away again', async (_case, named) => {
    const { emulator, client } = await runningEmulator({ customApis: [] });
    const { plugintypeid } = emulator.tables.putRow('plugintype', { name: 'Handler', plugintypeexportkey: 'key-1' });
    const linked = USUAL[CUSTOM_API].replace(
      '<plugintypeid />',
      `<plugintypeid>${named(`${plugintypeid}`)}</plugintypeid>`,
    );
    expect((await importPackage(client, packageOf({ [CUSTOM_API]: linked }))).status).toBe(204);
    expect(emulator.tables.rows('customapi')[0]?.plugintypeid).toBe(plugintypeid);
    await importPackage(client, packageOf());
    expect(emulator.tables.rows('customapi')[0]?.plugintypeid).toBeNull();
  });

  it.each([
    ['the step type', CUSTOM_API, 'steptype>1', 'steptype>2'],
    ['a parameter’s type', PARAMETER, '<type>10', '<type>7'],
    ['a parameter’s optionality', PARAMETER, '<isoptional>0', '<isoptional>1'],
    ['a category’s root', CATEGORY, '>contoso_Shop</uniquename>', '>contoso_Other</uniquename>'],
  ])('is refused whole where it changes %s, which is immutable', async (_case, path, from, to) => {
    const { emulator, client } = await runningEmulator({ customApis: [] });
    const other = USUAL['catalogs/contoso_Shop/catalog.xml'].replaceAll('contoso_Shop', 'contoso_Other');
    await importPackage(client, packageOf({ 'catalogs/contoso_Other/catalog.xml': other }));
    const changed = USUAL[path as keyof typeof USUAL].replace(from, to);
    const reply = await importPackage(
      client,
      packageOf({ [path]: changed, 'solution.xml': manifestWith('1.0.0.1', '1.0.0.9') }),
    );
    expect(reply.status).toBe(400);
    expect(reply.body).toContain('cannot be changed after it is created');
    expect(reply.body).toContain(path);
    expect(emulator.tables.rows('solution').find(({ uniquename }) => uniquename === 'Shop')?.version).toBe('1.0.0.1');
  });

  it('needs the privilege to import customizations', async () => {
    const { emulator, client } = await runningEmulator({ customApis: [] });
    const clientId = 'cccccccc-0000-4000-8000-000000000001';
    emulator.registerApplicationUser({ clientId, clientSecret: 'secret', access: 'granted' });
    const id = emulator.tables.rows('privilege').find(({ name }) => name === 'prvImportCustomization')?.privilegeid;
    for (const row of emulator.tables.rows('roleprivileges')) {
      if (row.privilegeid === id) emulator.tables.removeRow('roleprivileges', `${row.roleprivilegeid}`);
    }
    const reply = await importPackage(client, packageOf());
    expect(reply.status).toBe(403);
    expect(reply.body).toContain('prvImportCustomization');
    expect(emulator.tables.rows('customapi')).toEqual([]);
  });

  it.each([
    ['no job', { ImportJobId: undefined }, "Required field 'ImportJobId' is missing"],
    ['no package', { CustomizationFile: undefined }, "Required field 'CustomizationFile' is missing"],
    ['an unknown parameter', { Customizations: 'x' }, "The parameter 'Customizations' in the request payload"],
    ['a job that is no GUID', { ImportJobId: 'x' }, "the parameter 'ImportJobId'"],
    ['a package that is no base64', { CustomizationFile: '<zip>' }, "the parameter 'CustomizationFile'"],
    ['a flag in words', { PublishWorkflows: 'yes' }, "the parameter 'PublishWorkflows'"],
  ])('refuses %s', async (_case, changes, message) => {
    const { client } = await runningEmulator({ customApis: [] });
    const reply = await importPackage(client, packageOf(), changes);
    expect(reply.status).toBe(400);
    expect(reply.body).toContain(message);
  });

  it('leaves an import job behind', async () => {
    const { client } = await runningEmulator({ customApis: [] });
    await importPackage(client, packageOf());
    const reply = await client.api('importjobs(aaaaaaaa-0000-4000-8000-000000000001)?$select=solutionname,progress');
    expect(reply.json()).toMatchObject({ solutionname: 'Shop', progress: 100 });
  });

  it('runs as a system job too', async () => {
    const { emulator, client } = await runningEmulator({ customApis: [] });
    const { ImportJobId: _none, ...parameters } = importParameters(packageOf());
    const reply = await client.call('ImportSolutionAsync', JSON.stringify(parameters));
    expect(reply.status).toBe(200);
    const { AsyncOperationId, ImportJobKey } = reply.json();
    const job = await client.api(`asyncoperations(${AsyncOperationId})?$select=statecode,statuscode,errorcode`);
    expect(job.json()).toMatchObject({ statecode: 3, statuscode: 30, errorcode: 0 });
    expect((await client.api(`importjobs(${ImportJobKey})?$select=progress`)).json()).toMatchObject({ progress: 100 });
    expect(emulator.tables.rows('customapi')).toHaveLength(1);
  });

  it('tells in the system job why it failed', async () => {
    const { client } = await runningEmulator({ customApis: [] });
    const { ImportJobId: _none, ...parameters } = importParameters(packageOf({ 'solution.xml': null }));
    const reply = await client.call('ImportSolutionAsync', JSON.stringify(parameters));
    const job = await client.api(
      `asyncoperations(${reply.json().AsyncOperationId})?$select=statuscode,errorcode,message`,
    );
    expect(job.json()).toMatchObject({
      statuscode: 31,
      errorcode: -2147188640,
      message: expect.stringContaining('The solution file is invalid'),
    });
  });

  it('shows itself to nobody before it is whole, and comes twice at once as once', async () => {
    const { emulator, client } = await runningEmulator({ customApis: [] });
    const second = new Client(emulator);
    const replies = await Promise.all([importPackage(client, packageOf()), importPackage(second, packageOf())]);
    second.close();
    expect(replies.map(({ status }) => status)).toEqual([204, 204]);
    expect(emulator.tables.rows('customapi')).toHaveLength(1);
    expect(emulator.tables.rows('catalogassignment')).toHaveLength(1);
  });
});
