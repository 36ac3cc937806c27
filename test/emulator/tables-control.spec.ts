import { describe, expect, it } from '@jest/globals';
import { PURCHASE_BODY } from './support/purchase-api.js';
import { runningEmulator } from './support/running-emulator.js';
import { rowsOf } from './support/tables.js';

const ID = '00000000-0000-4000-8000-000000000001';
const NAME = 'contoso_CustomerPurchase';

describe('the control endpoint of tables', () => {
  it('lists tables and rows by logical names', async () => {
    const { client } = await runningEmulator();
    const tables = (await client.control('GET', '/tables')).json() as unknown as object[];
    expect(tables).toEqual(expect.arrayContaining([{ setName: 'customapis', logicalName: 'customapi', rows: 1 }]));
    const rows = (await client.control('GET', '/tables/customapis')).json() as unknown as Record<string, unknown>[];
    expect(rows).toMatchObject([{ uniquename: NAME, iscustomizable: true, sdkmessageid: expect.any(String) }]);
    const one = await client.control('GET', `/tables/customapis/${rows[0]?.customapiid}`);
    expect(one.json()).toEqual(rows[0]);
  });

  it('changes what Dataverse would not let anybody change', async () => {
    const { client } = await runningEmulator();
    const [row] = await rowsOf(client, 'customapis');
    const path = `/tables/customapis/${row?.customapiid}`;
    expect((await client.control('PATCH', path, { allowedcustomprocessingsteptype: 0, isfunction: true })).status).toBe(
      200,
    );
    expect(await rowsOf(client, 'customapis')).toMatchObject([
      { allowedcustomprocessingsteptype: 0, isfunction: true },
    ]);
    expect((await client.call(NAME, PURCHASE_BODY)).status).toBe(404);
    expect((await client.control('DELETE', path)).status).toBe(204);
    expect(await rowsOf(client, 'customapirequestparameters')).toEqual([]);
  });

  it('makes rows that only the platform makes, and shows no secret', async () => {
    const { client } = await runningEmulator();
    const job = { name: 'hook', statecode: 3, statuscode: 31, message: 'The webhook call failed.' };
    expect((await client.control('PUT', `/tables/asyncoperations/${ID}`, job)).json()).toMatchObject(job);
    expect(await rowsOf(client, 'asyncoperations?$filter=statuscode eq 31')).toMatchObject([{ asyncoperationid: ID }]);
    const endpoint = { name: 'hook', contract: 8, authtype: 4, authvalue: 'hush', url: 'https://hook.example/' };
    const put = await client.control('PUT', `/tables/serviceendpoints/${ID}`, endpoint);
    expect(put.json()).toMatchObject({ isauthvalueset: true });
    expect(put.body + (await client.control('GET', '/tables/serviceendpoints')).body).not.toContain('hush');
  });

  it('lets a flow listen and a delivery fail, as the guide shows', async () => {
    const { client } = await runningEmulator();
    const job = { name: 'hook', statecode: 3, statuscode: 31, owningextensionid: ID, friendlymessage: 'Failed.' };
    expect((await client.control('PUT', `/tables/asyncoperations/${ID}`, job)).status).toBe(200);
    const found = await rowsOf(
      client,
      `asyncoperations?$filter=_owningextensionid_value eq ${ID} and statuscode eq 31`,
    );
    expect(found).toMatchObject([{ friendlymessage: 'Failed.' }]);
    const flow = { name: 'flow', entityname: 'none', sdkmessagename: NAME, message: 1, scope: 4 };
    expect((await client.control('PUT', `/tables/callbackregistrations/${ID}`, flow)).status).toBe(200);
    expect(await rowsOf(client, `callbackregistrations?$filter=sdkmessagename eq '${NAME}'`)).toHaveLength(1);
  });

  it.each([
    ['GET', '/tables/nosuch', undefined, 404],
    ['GET', `/tables/customapis/${ID}`, undefined, 404],
    ['PATCH', `/tables/customapis/${ID}`, { name: 'x' }, 404],
    ['DELETE', `/tables/customapis/${ID}`, undefined, 404],
    ['PUT', `/tables/nosuch/${ID}`, {}, 404],
    ['PUT', `/tables/customapis/${ID}`, { nosuch: 1 }, 400],
    ['PUT', `/tables/customapis/${ID}`, { name: { deep: 1 } }, 400],
    ['PUT', `/tables/customapis/${ID}`, [], 400],
    ['PUT', `/tables/customapis/${ID}`, { bindingtype: '0' }, 400],
    ['PUT', '/tables/customapis/hello', {}, 400],
  ])('refuses %s %s %j', async (method, path, body, status) => {
    const { client, emulator } = await runningEmulator({ customApis: [] });
    expect((await client.control(method, path, body)).status).toBe(status);
    expect(emulator.tables.rows('customapi')).toEqual([]);
  });
});
