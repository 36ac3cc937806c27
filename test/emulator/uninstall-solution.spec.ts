import { describe, expect, it } from '@jest/globals';
import { type Running, runningEmulator } from './support/running-emulator.js';
import { importPackage, manifestWith, packageOf } from './support/solution-package.js';
import { errorOf, rowsOf, write } from './support/tables.js';

const MANAGED = { 'solution.xml': manifestWith('<Managed>0', '<Managed>1') };
const PARTS = ['customapi', 'customapirequestparameter', 'customapiresponseproperty', 'catalog', 'catalogassignment'];

async function withShop(): Promise<Running & { readonly shop: string }> {
  const running = await runningEmulator({ customApis: [] });
  expect((await importPackage(running.client, packageOf(MANAGED))).status).toBe(204);
  const [solution] = await rowsOf(running.client, "solutions?$filter=uniquename eq 'Shop'");
  return { ...running, shop: `solutions(${solution?.solutionid})` };
}

function left({ tables }: Running['emulator']): readonly number[] {
  return PARTS.map((table) => tables.rows(table).length);
}

describe('deleting a managed solution', () => {
  it('takes away what it brought, which nothing else does', async () => {
    const { client, emulator, shop } = await withShop();
    const [api] = emulator.tables.rows('customapi');
    const alone = await write(client, 'DELETE', `customapis(${api?.customapiid})`);
    expect([alone.status, errorOf(alone).code]).toEqual([400, '0x8004f032']);
    expect((await write(client, 'DELETE', shop)).status).toBe(204);
    expect(left(emulator)).toEqual([0, 0, 0, 0, 0]);
    expect(emulator.tables.rows('solution').map(({ uniquename }) => uniquename)).not.toContain('Shop');
    expect((await client.call('contoso_OnSale', '{"OrderId":"1"}')).status).toBe(404);
    expect((await importPackage(client, packageOf(MANAGED))).status).toBe(204);
  });

  it('is refused whole where something holds a part of it', async () => {
    const { client, emulator, shop } = await withShop();
    const before = left(emulator);
    const [api] = emulator.tables.rows('customapi');
    emulator.tables.putRow('sdkmessageprocessingstep', { name: 'hook', sdkmessageid: api?.sdkmessageid ?? null });
    expect((await write(client, 'DELETE', shop)).status).toBe(400);
    expect(left(emulator)).toEqual(before);
  });

  it('leaves what another managed solution has too', async () => {
    const { client, emulator, shop } = await withShop();
    const { tables } = emulator;
    const { customapiid: objectid = null } = tables.rows('customapi')[0] ?? {};
    const { solutionid = null } = tables.putRow('solution', { uniquename: 'Other', ismanaged: true });
    tables.putRow('solutioncomponent', { solutionid, objectid, componenttype: 10546 });
    expect((await write(client, 'DELETE', shop)).status).toBe(204);
    expect(left(emulator)).toEqual([1, 0, 0, 0, 0]);
    expect((await write(client, 'DELETE', `solutions(${solutionid})`)).status).toBe(204);
    expect(left(emulator)).toEqual([0, 0, 0, 0, 0]);
  });
});
