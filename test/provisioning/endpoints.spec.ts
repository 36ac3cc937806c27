import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { Cell } from '../../src/emulator/tables/table-definition.js';
import { createEndpointsEnvironment, ENDPOINTS, type EndpointsEnvironment } from './support/endpoints-environment.js';

const STEP = 'Warehouse: contoso_CustomerPurchase';

describe('endpoints and steps', () => {
  let environment: EndpointsEnvironment;
  beforeEach(async () => {
    environment = await createEndpointsEnvironment();
  });
  afterEach(() => environment.remove());

  const apply = (endpoints: readonly unknown[] = ENDPOINTS, ...more: readonly string[]) =>
    environment.withEndpoints(endpoints, 'apply', '--yes', ...more);
  const plan = (endpoints: readonly unknown[] = ENDPOINTS, ...more: readonly string[]) =>
    environment.withEndpoints(endpoints, 'plan', ...more);

  function only(table: string, name: string) {
    const [row, ...others] = environment.rows(table, { name });
    if (row === undefined || others.length > 0) throw new Error(`not one ${table} ${name}`);
    return row;
  }

  it('are made from an empty environment, and then there is nothing to do', async () => {
    expect(await apply()).toMatchObject({ exitCode: 0 });
    expect(await plan()).toMatchObject({ exitCode: 0, stdout: expect.stringContaining('Nothing to do') });
    expect(await environment.withEndpoints(ENDPOINTS, 'verify')).toMatchObject({ exitCode: 0 });
    environment.writes();
    expect(await apply()).toMatchObject({ exitCode: 0 });
    expect(environment.writes()).toEqual([]);
  });

  it('are what Dataverse wants of them', async () => {
    await apply();
    expect(only('serviceendpoint', 'Warehouse')).toMatchObject({
      contract: 8,
      authtype: 5,
      url: 'https://warehouse.example.com/events',
      authvalue: '<settings><setting name="x-api-key" value="key-of-the-warehouse&amp;&lt;&quot;&apos;"/></settings>',
    });
    expect(only('serviceendpoint', 'Lake')).toMatchObject({
      contract: 7,
      authtype: 2,
      namespaceaddress: 'sb://contoso.servicebus.windows.net/',
      path: 'events',
      saskeyname: 'send',
      saskey: 'key-of-the-lake==',
      messageformat: 2,
    });
    expect(only('serviceendpoint', 'Queue')).toMatchObject({ contract: 6, messageformat: 3, userclaim: 2 });
    expect(only('serviceendpoint', 'Shop')).toMatchObject({
      authtype: 6,
      authvalue: '<settings><setting name="sig" value="key-of-the-shop"/></settings>',
    });
    const [api] = environment.rows('customapi', { uniquename: 'contoso_CustomerPurchase' });
    expect(only('sdkmessageprocessingstep', STEP)).toMatchObject({
      stage: 40,
      mode: 1,
      rank: 1,
      supporteddeployment: 0,
      asyncautodelete: true,
      statecode: 0,
      sdkmessageid: api?.sdkmessageid,
      eventhandler: only('serviceendpoint', 'Warehouse').serviceendpointid,
    });
    expect(environment.rows('sdkmessageprocessingstep')).toHaveLength(environment.rows('customapi').length + 3);
  });

  it.each<[string, string, string, Cell]>([
    ['serviceendpoint', 'Warehouse', 'url', 'https://other.example.com/'],
    ['serviceendpoint', 'Warehouse', 'authtype', 4],
    ['serviceendpoint', 'Lake', 'namespaceaddress', 'sb://other.servicebus.windows.net/'],
    ['serviceendpoint', 'Lake', 'path', 'other'],
    ['serviceendpoint', 'Lake', 'saskeyname', 'other'],
    ['serviceendpoint', 'Lake', 'messageformat', 3],
    ['serviceendpoint', 'Queue', 'userclaim', 3],
    ['sdkmessageprocessingstep', STEP, 'stage', 10],
    ['sdkmessageprocessingstep', STEP, 'mode', 0],
    ['sdkmessageprocessingstep', STEP, 'rank', 7],
    ['sdkmessageprocessingstep', STEP, 'supporteddeployment', 2],
    ['sdkmessageprocessingstep', STEP, 'asyncautodelete', false],
    ['sdkmessageprocessingstep', STEP, 'filteringattributes', 'name'],
    ['sdkmessageprocessingstep', STEP, 'configuration', 'x'],
    ['sdkmessageprocessingstep', STEP, 'statecode', 1],
  ])('are mended: %s %s in %s', async (table, name, column, value) => {
    await apply();
    const before = only(table, name);
    environment.emulator.tables.changeRow(table, String(before[`${table}id`]), { [column]: value });
    expect(await plan()).toMatchObject({ exitCode: 2, stdout: expect.stringContaining(name) });
    const verified = await environment.withEndpoints(ENDPOINTS, 'verify');
    expect(verified).toMatchObject({ exitCode: 2, stdout: expect.stringContaining(column) });
    expect(await apply()).toMatchObject({ exitCode: 0 });
    expect(only(table, name)[column]).toEqual(before[column]);
    expect(await plan()).toMatchObject({ exitCode: 0 });
  });

  it.each([
    ['eventhandler', () => only('serviceendpoint', 'Shop').serviceendpointid],
    ['sdkmessageid', () => only('sdkmessage', 'contoso_VendorPaymentPosted').sdkmessageid],
    ['impersonatinguserid', () => environment.rows('systemuser')[0]?.systemuserid],
  ])('are brought back where somebody has set their %s', async (column, elsewhere) => {
    await apply();
    const before = only('sdkmessageprocessingstep', STEP);
    const id = String(before.sdkmessageprocessingstepid);
    environment.emulator.tables.changeRow('sdkmessageprocessingstep', id, { [column]: elsewhere() ?? null });
    expect(await plan()).toMatchObject({ exitCode: 2, stdout: expect.stringContaining(column) });
    expect(await apply()).toMatchObject({ exitCode: 0 });
    expect(only('sdkmessageprocessingstep', STEP)[column]).toBe(before[column]);
    expect(await plan()).toMatchObject({ exitCode: 0 });
  });

  it.each([
    ['Warehouse', 'authvalue', 'isauthvalueset'],
    ['Lake', 'saskey', 'issaskeyset'],
  ])('get the secret they have lost: %s %s', async (name, column, flag) => {
    await apply();
    const { serviceendpointid, [column]: secret } = only('serviceendpoint', name);
    environment.emulator.tables.changeRow('serviceendpoint', String(serviceendpointid), {
      [column]: null,
      [flag]: false,
    });
    expect(await plan()).toMatchObject({ exitCode: 2, stdout: expect.stringContaining('"not set" -> "set"') });
    expect(await apply()).toMatchObject({ exitCode: 0 });
    expect(only('serviceendpoint', name)).toMatchObject({ [column]: secret, [flag]: true });
  });

  it('get their secrets written anew where somebody asks for it', async () => {
    await apply();
    const [warehouse, ...others] = ENDPOINTS;
    const changed = [
      { ...warehouse, authentication: { kind: 'http-header', headers: { 'x-api-key': 'newer' } } },
      ...others,
    ];
    expect(await plan(changed)).toMatchObject({ exitCode: 0 });
    environment.writes();
    expect(await apply(changed, '--write-secrets')).toMatchObject({ exitCode: 0 });
    expect(only('serviceendpoint', 'Warehouse').authvalue).toContain('newer');
    expect(environment.writes()).toHaveLength(ENDPOINTS.length);
  });

  it('lose the steps that nothing wishes any more, and only where somebody asks for it', async () => {
    await apply();
    const [warehouse] = ENDPOINTS;
    const fewer = [{ ...warehouse, events: ['CustomerPurchase'] }];
    const kept = environment.rows('sdkmessageprocessingstep').length;
    const told = await apply(fewer);
    expect(told).toMatchObject({ exitCode: 0, stdout: expect.stringContaining('--prune') });
    expect(environment.rows('sdkmessageprocessingstep')).toHaveLength(kept);
    expect(await apply(fewer, '--prune')).toMatchObject({ exitCode: 0 });
    expect(environment.rows('sdkmessageprocessingstep', { name: STEP })).toHaveLength(1);
    const left = environment
      .rows('sdkmessageprocessingstep')
      .filter(({ name }) => String(name).startsWith('Warehouse'));
    expect(left).toHaveLength(1);
  });

  it('leave what others made on them and on the events alone', async () => {
    await apply();
    const { sdkmessageprocessingstepid: _id, ...step } = only('sdkmessageprocessingstep', STEP);
    const [message] = environment.rows('sdkmessage', { name: 'Create' });
    const theirs = { ...step, name: 'Warehouse: Create of account', sdkmessageid: message?.sdkmessageid ?? null };
    environment.emulator.tables.putRow('sdkmessageprocessingstep', theirs);
    expect(await apply(ENDPOINTS, '--prune')).toMatchObject({ exitCode: 0 });
    expect(environment.rows('sdkmessageprocessingstep', { name: theirs.name })).toHaveLength(1);
  });

  it('are refused where an endpoint of the name is something else, with nothing written', async () => {
    await apply();
    environment.writes();
    const [, lake] = ENDPOINTS;
    const clash = [{ ...lake, name: 'warehouse' }];
    expect(await plan(clash)).toMatchObject({ exitCode: 2, stdout: expect.stringMatching(/webhook.*event-hub/) });
    const applied = await apply(clash);
    expect(applied.exitCode).not.toBe(0);
    expect(environment.writes()).toEqual([]);
  });

  it('are left to their publisher where they came with a managed solution', async () => {
    await apply();
    const { serviceendpointid } = only('serviceendpoint', 'Warehouse');
    const change = (cells: Record<string, Cell>) =>
      environment.emulator.tables.changeRow('serviceendpoint', String(serviceendpointid), cells);
    change({ ismanaged: true });
    expect(await plan()).toMatchObject({ exitCode: 0 });
    change({ url: 'https://other.example.com/' });
    environment.writes();
    const { exitCode, stderr } = await apply();
    expect([exitCode, environment.writes()]).toEqual([3, []]);
    expect(stderr).toMatch(/'Warehouse' is not as wished \(url\), and came with a managed solution/);
  });

  it('are not guessed where two have one name', async () => {
    for (const url of ['https://a.example.com/', 'https://b.example.com/']) {
      environment.emulator.tables.putRow('serviceendpoint', { name: 'Warehouse', contract: 8, authtype: 4, url });
    }
    const { exitCode, stderr } = await apply(ENDPOINTS.slice(0, 1));
    expect(exitCode).toBe(3);
    expect(stderr).toContain("2 service endpoints are named 'Warehouse'");
    expect(environment.rows('sdkmessageprocessingstep')).toEqual([]);
  });

  it('are none of the business of an apply without an endpoints file', async () => {
    await apply();
    const { serviceendpointid } = only('serviceendpoint', 'Warehouse');
    environment.emulator.tables.changeRow('serviceendpoint', String(serviceendpointid), {
      url: 'https://a.example.com/',
    });
    expect(await environment.dataverse('plan')).toMatchObject({ exitCode: 0 });
    expect(environment.emulator.requests().at(-1)?.url).not.toContain('serviceendpoint');
  });

  it('are looked at for one event alone where one is named', async () => {
    expect(await apply(ENDPOINTS, '--event', 'CustomerPurchase')).toMatchObject({ exitCode: 0 });
    expect(environment.rows('sdkmessageprocessingstep')).toHaveLength(ENDPOINTS.length);
    expect(await apply()).toMatchObject({ exitCode: 0 });
    const narrowed = await plan(ENDPOINTS, '--event', 'CustomerPurchase');
    expect(narrowed).toMatchObject({ exitCode: 0, stdout: expect.not.stringContaining('--prune') });
    expect(await plan(ENDPOINTS, '--event', 'CustomerPurchase', '--prune')).toMatchObject({ exitCode: 2 });
  });

  it("are not hung on somebody else's message that has the name of ours", async () => {
    environment.emulator.tables.putRow('sdkmessage', { name: 'contoso_CustomerPurchase' });
    expect(await apply()).toMatchObject({ exitCode: 3 });
    expect(environment.rows('sdkmessageprocessingstep', { name: STEP })).toEqual([]);
    expect(environment.rows('sdkmessageprocessingstep')).toHaveLength(environment.rows('customapi').length);
  });

  it('are restored where a custom API is made anew', async () => {
    await apply();
    const [api] = environment.rows('customapi', { uniquename: 'contoso_CustomerPurchase' });
    environment.emulator.tables.changeRow('customapi', String(api?.customapiid), {
      allowedcustomprocessingsteptype: 2,
    });
    const before = environment.rows('sdkmessageprocessingstep').length;
    const agreed = ['--recreate', 'contoso_CustomerPurchase', '--without-gate'];
    expect(await apply(ENDPOINTS, ...agreed)).toMatchObject({ exitCode: 0 });
    expect(environment.rows('sdkmessageprocessingstep')).toHaveLength(before);
    expect(await plan()).toMatchObject({ exitCode: 0 });
  });

  it('are restored by a second run where the first ended after a custom API was made anew', async () => {
    await apply();
    const [api] = environment.rows('customapi', { uniquename: 'contoso_CustomerPurchase' });
    environment.emulator.tables.changeRow('customapi', String(api?.customapiid), {
      allowedcustomprocessingsteptype: 2,
    });
    environment.emulator.failNext({ status: 400, code: '0x80040224', match: { bodyContains: STEP } });
    const agreed = ['--recreate', 'contoso_CustomerPurchase', '--without-gate'];
    expect(await apply(ENDPOINTS, ...agreed)).toMatchObject({ exitCode: 1 });
    expect(environment.rows('sdkmessageprocessingstep', { name: STEP })).toEqual([]);
    expect(await apply()).toMatchObject({ exitCode: 0 });
    expect(await plan()).toMatchObject({ exitCode: 0 });
    expect(environment.rows('sdkmessageprocessingstep', { name: STEP })).toHaveLength(1);
  });

  it('are completed by a second run after a refusal in the middle', async () => {
    await apply([]);
    environment.emulator.failNext({ status: 400, code: '0x80040224', match: { bodyContains: STEP } });
    expect(await apply()).toMatchObject({ exitCode: 1 });
    expect(environment.rows('serviceendpoint', { name: 'Warehouse' })).toHaveLength(1);
    expect(environment.rows('sdkmessageprocessingstep', { name: STEP })).toHaveLength(0);
    expect(await apply()).toMatchObject({ exitCode: 0 });
    expect(await plan()).toMatchObject({ exitCode: 0 });
    expect(environment.rows('serviceendpoint')).toHaveLength(ENDPOINTS.length);
  });

  it.each(['before-commit', 'after-commit'] as const)('are made once although a connection is cut %s', async (when) => {
    for (const bodyContains of ['"Warehouse"', STEP]) {
      environment.emulator.fault({ kind: 'reset', when, match: { bodyContains } });
    }
    expect(await apply()).toMatchObject({ exitCode: 0 });
    expect(environment.rows('serviceendpoint')).toHaveLength(ENDPOINTS.length);
    expect(environment.rows('sdkmessageprocessingstep', { name: STEP })).toHaveLength(1);
    expect(await plan()).toMatchObject({ exitCode: 0 });
  });

  it('are made once by two who apply at once', async () => {
    const runs = await Promise.all([apply(), apply()]);
    expect(runs).toMatchObject([{ exitCode: 0 }, { exitCode: 0 }]);
    expect(environment.rows('serviceendpoint')).toHaveLength(ENDPOINTS.length);
    expect(await plan()).toMatchObject({ exitCode: 0 });
  });
});
