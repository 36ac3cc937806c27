import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { Cell } from '../../src/emulator/tables/table-definition.js';
import { Client } from '../emulator/support/client.js';
import { receiver } from '../emulator/support/receiver.js';
import {
  createEndpointsEnvironment,
  ENDPOINTS,
  type EndpointsEnvironment,
  SECRETS,
} from './support/endpoints-environment.js';

const STEP = 'Warehouse: contoso_CustomerPurchase';
const PURCHASE = JSON.stringify({
  EventId: '0199d1a2-0000-7000-8000-000000000001',
  EventSource: 'shop',
  OccurredAt: '2026-11-22T10:00:00Z',
  PurchaseId: 'P-1',
  StoreId: 'S-1',
  TotalAmount: 24.85,
  CurrencyCode: 'EUR',
});
const NON_SUCCESS = 0x80050201 | 0;

describe('dataverse endpoints', () => {
  let environment: EndpointsEnvironment;
  beforeEach(async () => {
    environment = await createEndpointsEnvironment();
  });
  afterEach(() => environment.remove());

  const apply = () => environment.withEndpoints(ENDPOINTS, 'apply', '--yes');

  function putJob(cells: Record<string, Cell>): void {
    const [step] = environment.rows('sdkmessageprocessingstep', { name: STEP });
    const owner = String(step?.sdkmessageprocessingstepid);
    environment.emulator.tables.putRow('asyncoperation', {
      name: STEP,
      owningextensionid: owner,
      statecode: 3,
      ...cells,
    });
  }

  async function json(...args: readonly string[]) {
    const { exitCode, stdout } = await environment.dataverse('endpoints', '--json', ...args);
    expect(exitCode).toBe(0);
    return JSON.parse(stdout);
  }

  it('says so where nothing carries the events anywhere', async () => {
    const { exitCode, stdout } = await environment.dataverse('endpoints');
    expect([exitCode, stdout]).toEqual([0, 'No step carries these events anywhere.\n']);
  });

  it('names an event type that no step carries', async () => {
    await apply();
    const steps = environment
      .rows('sdkmessageprocessingstep')
      .filter(({ name }) => `${name}`.includes('VendorPayment'));
    for (const { sdkmessageprocessingstepid: id } of steps) {
      environment.emulator.tables.removeRow('sdkmessageprocessingstep', `${id}`);
    }
    expect(await json()).toMatchObject({ typesWithoutSteps: ['VendorPaymentPosted'] });
    expect((await environment.dataverse('endpoints')).stdout).toContain('\nNo step carries VendorPaymentPosted.');
    expect(await json('--event', 'CustomerPurchase')).toMatchObject({ typesWithoutSteps: [] });
  });

  it('lists endpoints and steps that are well', async () => {
    await apply();
    const { endpoints, pluginSteps, withoutSteps } = await json();
    expect([pluginSteps, withoutSteps]).toEqual([[], 0]);
    expect(endpoints.map(({ name }: { name: string }) => name)).toEqual(['Lake', 'Queue', 'Shop', 'Warehouse']);
    expect(endpoints[0]).toMatchObject({
      kind: 'event-hub',
      address: 'sb://contoso.servicebus.windows.net/events',
      authentication: 'sas-key',
      secretSet: true,
      managed: false,
      steps: [
        {
          name: 'Lake: contoso_CustomerPurchase',
          message: 'contoso_CustomerPurchase',
          enabled: true,
          asynchronous: true,
          rank: 1,
          health: { failed: 0, waiting: 0, isMore: false, lastFailure: null, lastSuccess: null },
        },
      ],
    });
  });

  it('tells the newest failure, what it means and what to do', async () => {
    await apply();
    const friendlymessage = 'The webhook call to https://w.example.com/?code=hunter2 failed.';
    putJob({ statuscode: 31, errorcode: NON_SUCCESS, completedon: '2026-11-22T10:00:00Z', friendlymessage });
    putJob({ statuscode: 31, errorcode: 0x80050202 | 0, completedon: '2026-11-21T10:00:00Z' });
    putJob({ statuscode: 30, completedon: '2026-11-20T10:00:00Z' });
    putJob({ statuscode: 10, statecode: 1 });
    putJob({ statuscode: 32, completedon: '2026-11-22T11:00:00Z' });
    const { endpoints } = await json('--event', 'CustomerPurchase');
    const { steps } = endpoints.find(({ name }: { name: string }) => name === 'Warehouse');
    expect(steps).toMatchObject([
      {
        name: STEP,
        health: {
          failed: 2,
          waiting: 1,
          lastFailure: {
            code: '0x80050201',
            at: '2026-11-22T10:00:00Z',
            text: 'The webhook call to https://w.example.com/?… failed.',
          },
          lastSuccess: '2026-11-20T10:00:00Z',
        },
      },
    ]);
    const { stdout } = await environment.dataverse('endpoints');
    expect(stdout).toMatch(
      /Warehouse: contoso_CustomerPurchase failed last because the receiver answered with a status/,
    );
    expect(stdout).not.toContain('hunter2');
  });

  it('tells what became of events that the receivers of steps were sent', async () => {
    await apply();
    const refusing = await receiver(() => 401);
    const taking = await receiver();
    const { emulator } = environment;
    emulator.webhookRoutes
      .set('https://warehouse.example.com', refusing.origin)
      .set('https://shop.example.com', taking.origin);
    emulator.tables.rows('sdkmessageprocessingstep').forEach(({ sdkmessageprocessingstepid, name }) => {
      const kept = { asyncautodelete: false, statecode: /^(Lake|Queue)/.test(`${name}`) ? 1 : 0 };
      emulator.tables.changeRow('sdkmessageprocessingstep', `${sdkmessageprocessingstepid}`, kept);
    });
    const client = new Client(emulator);
    expect((await client.call('contoso_CustomerPurchase', PURCHASE)).status).toBe(204);
    client.close();
    await emulator.asyncService.whenIdle();
    const { endpoints } = await json('--event', 'CustomerPurchase');
    const healthOf = (endpoint: string) =>
      endpoints.find(({ name }: { name: string }) => name === endpoint).steps[0].health;
    expect(healthOf('Warehouse')).toMatchObject({
      failed: 1,
      waiting: 0,
      lastFailure: {
        code: '0x80050201',
        at: expect.any(String),
        text: expect.stringMatching(/non-success httpStatus/),
      },
      lastSuccess: null,
    });
    expect(healthOf('Shop')).toMatchObject({ failed: 0, lastFailure: null, lastSuccess: expect.any(String) });
    const { stdout } = await environment.dataverse('endpoints');
    expect(stdout).toMatch(/contoso_CustomerPurchase failed last because the receiver answered with a status/);
    expect(refusing.seen[0]?.headers['x-api-key']).toBe(SECRETS[0]);
    expect(taking.seen[0]?.url).toBe(`/events?sig=${SECRETS[3]}`);
  });

  it('counts no more failures than it reads', async () => {
    await apply();
    for (let job = 0; job < 101; job += 1) putJob({ statuscode: 31, completedon: '2026-11-22T10:00:00Z' });
    const { stdout } = await environment.dataverse('endpoints');
    expect(stdout).toMatch(/Warehouse: contoso_CustomerPurchase +enabled +100 or more/);
  });

  it('counts the one that hangs behind all that succeeded, where those are kept', async () => {
    await apply();
    putJob({ statuscode: 10, statecode: 1, createdon: '2026-11-20T10:00:00Z' });
    for (let job = 0; job < 101; job += 1) putJob({ statuscode: 30, completedon: '2026-11-22T10:00:00Z' });
    const { endpoints } = await json();
    const { steps } = endpoints.find(({ name }: { name: string }) => name === 'Warehouse');
    const [{ health }] = steps.filter(({ name }: { name: string }) => name === STEP);
    expect(health).toMatchObject({ waiting: 1, isMore: false, failed: 0, lastSuccess: '2026-11-22T10:00:00Z' });
  });

  it('tells of disabled steps', async () => {
    await apply();
    const [step] = environment.rows('sdkmessageprocessingstep', { name: STEP });
    const id = String(step?.sdkmessageprocessingstepid);
    environment.emulator.tables.changeRow('sdkmessageprocessingstep', id, { statecode: 1, statuscode: 2 });
    expect((await environment.dataverse('endpoints')).stdout).toMatch(/contoso_CustomerPurchase +disabled/);
  });

  it('tells of steps that run a plug-in', async () => {
    await apply();
    const [step] = environment.rows('sdkmessageprocessingstep', { name: STEP });
    const { tables } = environment.emulator;
    const { plugintypeid } = tables.putRow('plugintype', { name: 'Contoso.Plugin', typename: 'Contoso.Plugin' });
    const plugin = { name: 'Theirs', sdkmessageid: step?.sdkmessageid ?? null, eventhandler: plugintypeid ?? null };
    tables.putRow('sdkmessageprocessingstep', { ...plugin, stage: 40, mode: 1 });
    expect((await json()).pluginSteps).toMatchObject([{ name: 'Theirs', message: 'contoso_CustomerPurchase' }]);
    expect((await environment.dataverse('endpoints')).stdout).toMatch(/Theirs +enabled/);
  });

  it('leaves out endpoints without steps on the events unless it is asked for all', async () => {
    await apply();
    const other = {
      name: 'Other',
      contract: 8,
      authtype: 4,
      authvalue: 'hunter2',
      url: 'https://o.example.com/?sig=hunter2',
    };
    environment.emulator.tables.putRow('serviceendpoint', other);
    expect(await json()).toMatchObject({ withoutSteps: 1 });
    expect((await environment.dataverse('endpoints')).stdout).toContain('1 other endpoint has no step on these events');
    const { endpoints } = await json('--all');
    expect(endpoints).toContainEqual(
      expect.objectContaining({ name: 'Other', address: 'https://o.example.com/?…', steps: [] }),
    );
    expect(JSON.stringify(endpoints)).not.toContain('hunter2');
  });

  it('never tells a secret', async () => {
    await apply();
    const told = [
      await environment.dataverse('endpoints', '--all'),
      await environment.dataverse('endpoints', '--json'),
    ];
    for (const secret of SECRETS) expect(JSON.stringify(told)).not.toContain(JSON.stringify(secret).slice(1, -1));
  });

  it('says what is missing where it may not look', async () => {
    environment.emulator.failNext({
      status: 403,
      code: '0x80040220',
      message: 'missing prvReadServiceEndpoint privilege',
    });
    const { exitCode, stderr } = await environment.dataverse('endpoints');
    expect(exitCode).toBe(1);
    expect(stderr).toContain('prvReadServiceEndpoint');
  });
});
