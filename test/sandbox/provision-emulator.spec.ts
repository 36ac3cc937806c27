import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { provisionEmulator } from '../../src/cli/sandbox/provision-emulator.js';
import { EventCatalog } from '../../src/contract/event-catalog.js';
import type { EventDefinition } from '../../src/contract/event-definition.js';
import { loadEventCatalog } from '../../src/contract/load-event-catalog.js';
import { Emulator } from '../../src/emulator/emulator.js';

const EVENTS = new URL('../../src/events/', import.meta.url);

describe('an emulated Dataverse that is provisioned by itself', () => {
  let emulator: Emulator;
  let catalog: EventCatalog;
  const provision = (of = catalog) => provisionEmulator({ emulator, catalog: of, prefix: 'contoso' });
  const writes = () => emulator.requests().filter(({ method, table }) => table !== null && method !== 'GET');
  const rowOf = (uniquename: string) =>
    emulator.tables.rows('customapi').find((row) => row.uniquename === uniquename) ?? {};
  const changed = (change: (definition: EventDefinition) => EventDefinition) =>
    new EventCatalog(catalog.definitions.map((each) => (each.type === 'CustomerPurchase' ? change(each) : each)));

  beforeEach(async () => {
    emulator = await Emulator.start();
    catalog = await loadEventCatalog(EVENTS, 'contoso');
  });
  afterEach(() => emulator.stop());

  it('has custom API, category and assignment of every type, in its solution', async () => {
    const { done, obstacles } = await provision();
    expect(obstacles).toEqual([]);
    expect(new Set(done.map(({ component }) => component))).toEqual(
      new Set(['catalog', 'custom-api', 'catalog-assignment']),
    );
    expect(emulator.customApis.map(({ uniqueName }) => uniqueName).toSorted()).toEqual([
      'contoso_CustomerPurchase',
      'contoso_VendorPaymentPosted',
    ]);
    expect(emulator.tables.rows('catalogassignment')).toHaveLength(2);
  });

  it('is not written to where nothing is to do', async () => {
    await provision();
    emulator.reset();
    expect(await provision()).toEqual({ done: [], obstacles: [], declined: [] });
    expect(writes()).toEqual([]);
  });

  it('follows a definition that changed where an update does', async () => {
    await provision();
    const { done } = await provision(changed((each) => ({ ...each, summary: 'Said otherwise.' })));
    expect(done).toMatchObject([{ action: 'update', name: 'contoso_CustomerPurchase' }]);
    expect(rowOf('contoso_CustomerPurchase').description).toBe('Said otherwise.');
  });

  it('follows it where only recreating does', async () => {
    await provision();
    const { customapiid } = rowOf('contoso_CustomerPurchase');
    emulator.tables.changeRow('customapi', String(customapiid), { allowedcustomprocessingsteptype: 0 });
    const { done } = await provision();
    expect(done).toMatchObject([{ action: 'recreate', name: 'contoso_CustomerPurchase' }]);
    expect(rowOf('contoso_CustomerPurchase')).toMatchObject({ allowedcustomprocessingsteptype: 1 });
    emulator.reset();
    expect(await provision()).toEqual({ done: [], obstacles: [], declined: [] });
  });

  it('recreates nothing that others wait for, and tells it', async () => {
    await provision();
    const { customapiid, sdkmessageid } = rowOf('contoso_CustomerPurchase');
    const endpoint = emulator.tables.putRow('serviceendpoint', {
      name: 'theirs',
      contract: 8,
      url: 'https://a.example',
    });
    emulator.tables.putRow('sdkmessageprocessingstep', {
      name: 'theirs',
      sdkmessageid: sdkmessageid ?? null,
      eventhandler: endpoint.serviceendpointid ?? null,
      stage: 40,
      mode: 1,
      rank: 1,
    });
    emulator.tables.changeRow('customapi', String(customapiid), { allowedcustomprocessingsteptype: 0 });
    emulator.reset();
    const { done, declined } = await provision(
      new EventCatalog(catalog.definitions.map((each) => ({ ...each, summary: `Now: ${each.summary}` }))),
    );
    expect(done).toMatchObject([{ action: 'update', name: 'contoso_VendorPaymentPosted' }]);
    expect(declined).toMatchObject([
      { name: 'contoso_CustomerPurchase', losses: [{ component: 'step', name: 'theirs' }] },
    ]);
    expect(rowOf('contoso_CustomerPurchase')).toMatchObject({ customapiid, allowedcustomprocessingsteptype: 0 });
    expect(emulator.tables.rows('sdkmessageprocessingstep')).toMatchObject([{ name: 'theirs' }]);
  });

  it('tells what it does not undo', async () => {
    await provision();
    const { customapiid } = rowOf('contoso_CustomerPurchase');
    emulator.tables.changeRow('customapi', String(customapiid), {
      ismanaged: true,
      displayname: 'of another solution',
    });
    const { obstacles } = await provision();
    expect(obstacles).toMatchObject([{ name: 'contoso_CustomerPurchase' }]);
  });

  it('rejects where it is refused', async () => {
    emulator.failNext({ status: 403, code: '0x80040220', match: { target: 'table', method: 'POST' } });
    await expect(provision()).rejects.toThrow('0x80040220');
  });
});
