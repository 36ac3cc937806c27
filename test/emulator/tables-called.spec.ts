import { describe, expect, it } from '@jest/globals';
import { ParameterType } from '../../src/contract/parameter-type.js';
import { CustomApis } from '../../src/emulator/tables/custom-apis.js';
import { customApi, PURCHASE, PURCHASE_BODY, parameter } from './support/purchase-api.js';
import { runningEmulator } from './support/running-emulator.js';
import { apiBody, created, HOW, parameterBody, rowOf, seededTables } from './support/seeded-tables.js';

const { uniqueName: NAME } = PURCHASE;

describe('the custom APIs that rows come to', () => {
  it('are those that were put, and again after every change of their rows', () => {
    const tables = seededTables();
    const apis = new CustomApis(tables);
    apis.put(PURCHASE);
    expect(apis.contracts()).toEqual([PURCHASE]);
    const { customapirequestparameterid } = rowOf(tables, 'customapirequestparameter', { uniquename: 'Note' });
    tables.removeRow('customapirequestparameter', `${customapirequestparameterid}`);
    expect(apis.find(NAME)?.requestParameters.map(({ uniqueName }) => uniqueName)).toEqual([
      'EventId',
      'TotalAmount',
      'ContactId',
    ]);
  });

  it('are not read again while nothing of theirs has changed', () => {
    const tables = seededTables();
    const apis = new CustomApis(tables);
    apis.put(PURCHASE);
    const known = apis.find(NAME);
    tables.putRow('publisher', { uniquename: 'x' });
    expect(apis.find(NAME)).toBe(known);
  });

  it('stay as they are where they are put as they are, and are replaced where not', () => {
    const tables = seededTables();
    const apis = new CustomApis(tables);
    apis.put(PURCHASE);
    const { id } = apis.find(NAME) ?? {};
    apis.put({ ...PURCHASE });
    expect(apis.find(NAME)?.id).toBe(id);
    apis.put({ ...PURCHASE, description: 'Other.' });
    expect(apis.find(NAME)).toMatchObject({ description: 'Other.', id: expect.not.stringMatching(`^${id}$`) });
    expect(tables.rows('customapirequestparameter')).toHaveLength(PURCHASE.requestParameters.length);
  });

  it('are none without a unique name, which would take the service root for themselves', async () => {
    const { client, emulator } = await runningEmulator();
    emulator.tables.putRow('customapi', {});
    expect((await client.api('')).status).toBe(200);
    expect(emulator.customApis.map(({ uniqueName }) => uniqueName)).toEqual([NAME]);
  });

  it('know what decides who may call, and how', () => {
    const tables = seededTables();
    const apis = new CustomApis(tables);
    const id = created(tables, 'customapi', apiBody({ executeprivilegename: 'prvReadAccount' }));
    expect(apis.find('contoso_OnPurchase')).toMatchObject({
      id,
      executePrivilegeName: 'prvReadAccount',
      isFunction: false,
      bindingType: 0,
    });
    expect(apis.find('contoso_onpurchase')).toBeNull();
  });

  it('are replaced as one', () => {
    const apis = new CustomApis(seededTables());
    apis.replaceAll([PURCHASE, customApi('contoso_Other', [])]);
    apis.replaceAll([PURCHASE]);
    expect(apis.contracts()).toEqual([PURCHASE]);
    expect(apis.remove(NAME)).toBe(true);
    expect(apis.remove(NAME)).toBe(false);
  });
});

describe('a call', () => {
  it('follows a write to the rows of its custom API at once', async () => {
    const { client, emulator } = await runningEmulator();
    const { tables } = emulator;
    expect((await client.call(NAME, PURCHASE_BODY)).status).toBe(204);
    const { customapiid } = rowOf(tables, 'customapi', { uniquename: NAME });
    const shop = parameterBody({ uniquename: 'Shop', 'CustomAPIId@odata.bind': `customapis(${customapiid})` });
    created(tables, 'customapirequestparameter', shop);
    expect(await client.call(NAME, PURCHASE_BODY)).toMatchObject({
      status: 400,
      body: expect.stringContaining("'Shop'"),
    });
    tables.delete(['customapi', `${customapiid}`], HOW);
    expect((await client.call(NAME, PURCHASE_BODY)).status).toBe(404);
  });

  it('to a custom API of an empty organization finds none until it is created', async () => {
    const { client, emulator } = await runningEmulator({ customApis: [] });
    expect((await client.call('contoso_OnPurchase', '{"OrderId":"1"}')).status).toBe(404);
    created(emulator.tables, 'customapi', apiBody({ CustomAPIRequestParameters: [parameterBody()] }));
    expect((await client.call('contoso_OnPurchase', '{"OrderId":"1"}')).status).toBe(204);
  });

  it('meets what is put while the emulator runs', async () => {
    const { client, emulator } = await runningEmulator();
    emulator.putCustomApi(customApi('acme_Other', [parameter('A', ParameterType.Integer)]));
    expect((await client.call('acme_Other', '{"A":1}')).status).toBe(204);
    emulator.reset();
    expect(emulator.customApis.map(({ uniqueName }) => uniqueName)).toEqual([NAME, 'acme_Other']);
  });
});
