import { readFileSync } from 'node:fs';
import { copyFile, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { until } from '../support/until.js';
import { PURCHASE, PURCHASE_BODY } from './support/purchase-api.js';
import { receiver } from './support/receiver.js';
import { runningEmulator } from './support/running-emulator.js';
import { jobsOf, REGISTERED_ORIGIN, registerWebhook, withWebhook } from './support/webhooks.js';

const NAME = PURCHASE.uniqueName;
let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'jobs-'));
});
afterEach(async () => {
  await rm(folder, { recursive: true });
});

describe('system jobs of an emulator that stops', () => {
  it('do not keep it from stopping, whatever their receivers do', async () => {
    const { emulator, client, shop } = await withWebhook(() => null);
    for (let call = 0; call < 40; call += 1) await client.call(NAME, PURCHASE_BODY);
    const idle = expect(emulator.asyncService.whenIdle()).rejects.toThrow(
      '40 system jobs are unfinished and the emulator has stopped.',
    );
    await expect(emulator.asyncService.whenIdle(50)).rejects.toThrow();
    await emulator.stop();
    // Those that a stop gives up waiting for are still under way.
    expect(emulator.asyncService.state.underWay).toBe(0);
    await idle;
    expect(shop.seen).toHaveLength(32);
    expect(
      jobsOf(emulator)
        .map(({ statuscode }) => statuscode)
        .filter((status) => status === 20),
    ).toHaveLength(32);
  });

  it('are there again after a restart in its folder, and are posted then: those under way, and those that waited', async () => {
    const first = await withWebhook(() => null, { options: { folder } });
    await first.client.call(NAME, PURCHASE_BODY);
    await expect(first.emulator.asyncService.whenIdle(50)).rejects.toThrow();
    first.emulator.asyncService.hold();
    await first.client.call(`${NAME}?tag=waited`, PURCHASE_BODY);
    await first.emulator.stop();
    const shop = await receiver();
    const second = await runningEmulator({ folder, webhookRoutes: new Map([[REGISTERED_ORIGIN, shop.origin]]) });
    second.emulator.asyncService.release();
    await second.emulator.asyncService.whenIdle();
    expect(shop.seen.map(({ body }) => JSON.parse(body).OperationId)).toEqual(
      jobsOf(first.emulator).map(({ asyncoperationid }) => asyncoperationid),
    );
    expect(shop.seen.map(({ headers }) => headers['x-ms-dynamics-request-name'])).toEqual([NAME, NAME]);
    expect(shop.seen[0]?.body).toBe(first.shop.seen[0]?.body);
    expect(jobsOf(second.emulator)).toMatchObject([{ statuscode: 30 }, { statuscode: 30 }]);
  });

  it('are posted again, as they were, where it was killed with jobs that its file knows', async () => {
    const first = await withWebhook(() => null, { options: { folder } });
    await first.client.call(NAME, PURCHASE_BODY);
    const file = join(folder, 'tables.json');
    const id = `${jobsOf(first.emulator)[0]?.asyncoperationid}`;
    await until(() => readFileSync(file, 'utf8').includes(id), 10_000);
    const shop = await receiver();
    // What a killed process leaves is its files as they are at that moment.
    const left = await mkdtemp(join(tmpdir(), 'killed-'));
    await copyFile(file, join(left, 'tables.json'));
    const webhookRoutes = new Map([[REGISTERED_ORIGIN, shop.origin]]);
    const second = await runningEmulator({ folder: left, webhookRoutes });
    await second.emulator.asyncService.whenIdle();
    await second.emulator.stop();
    await rm(left, { recursive: true });
    expect(shop.seen.map(({ body }) => body)).toEqual(first.shop.seen.map(({ body }) => body));
  });

  it('find the routes again that they had, however those came, and no others', async () => {
    const first = await withWebhook(() => null, { options: { folder } });
    await first.client.call(NAME, PURCHASE_BODY);
    await expect(first.emulator.asyncService.whenIdle(50)).rejects.toThrow();
    const shop = await receiver();
    const routes = { [REGISTERED_ORIGIN]: shop.origin, 'http://other.example': 'http://127.0.0.1:1' };
    await first.client.control('PUT', '/webhook-routes', routes);
    await first.emulator.stop();
    const second = await runningEmulator({ folder, webhookRoutes: new Map([['http://other.example', shop.origin]]) });
    await second.emulator.asyncService.whenIdle();
    expect(shop.seen).toHaveLength(1);
    expect([...second.emulator.webhookRoutes]).toEqual([
      [REGISTERED_ORIGIN, shop.origin],
      ['http://other.example', shop.origin],
    ]);
    second.emulator.webhookRoutes.delete('http://other.example');
    await second.emulator.stop();
    const third = await runningEmulator({ folder });
    expect([...third.emulator.webhookRoutes]).toEqual([[REGISTERED_ORIGIN, shop.origin]]);
  });

  it('stay held over restarts until somebody releases them, and are not held at the next start then', async () => {
    const first = await withWebhook(undefined, { options: { folder } });
    await first.client.control('POST', '/async-service/hold');
    await first.client.call(NAME, PURCHASE_BODY);
    await first.emulator.stop();
    const second = await runningEmulator({ folder });
    expect(second.emulator.asyncService.state).toMatchObject({ unfinished: 1, isHeld: true });
    await expect(second.emulator.asyncService.whenIdle(50)).rejects.toThrow();
    expect(first.shop.seen).toEqual([]);
    await second.client.control('POST', '/async-service/release');
    await second.emulator.asyncService.whenIdle();
    expect(first.shop.seen).toHaveLength(1);
    await second.emulator.stop();
    const third = await runningEmulator({ folder });
    expect(third.emulator.asyncService.state.isHeld).toBe(false);
  });

  it.each([
    '{',
    '{}',
    '[]',
    'null',
    '{"isHeld":false}',
    '{"webhookRoutes":{}}',
    '{"isHeld":false,"webhookRoutes":[]}',
    '{"isHeld":false,"webhookRoutes":{"http://a.example":1}}',
  ])('are not begun where the file of their routes is %s: the folder is refused', async (text) => {
    await writeFile(join(folder, 'async-service.json'), text);
    await expect(runningEmulator({ folder })).rejects.toThrow(/async-service.json does not say where webhooks lead/);
    await rm(join(folder, 'async-service.json'));
    await expect(runningEmulator({ folder })).resolves.toBeDefined();
  });

  it('stay completed over a restart, and are not posted again', async () => {
    const first = await withWebhook(undefined, { options: { folder } });
    await first.client.call(NAME, PURCHASE_BODY);
    await first.emulator.asyncService.whenIdle();
    await first.emulator.stop();
    const second = await runningEmulator({ folder });
    expect(second.emulator.asyncService.state.unfinished).toBe(0);
    expect(jobsOf(second.emulator)).toEqual(jobsOf(first.emulator));
  });
});

describe('the file of tables', () => {
  it('is not written for each job, and has them once it stops', async () => {
    const { emulator, client } = await withWebhook(undefined, { options: { folder } });
    const path = join(folder, 'tables.json');
    const versions = new Set<number>();
    const began = performance.now();
    for (let call = 0; call < 20; call += 1) {
      await client.call(NAME, PURCHASE_BODY);
      versions.add((await stat(path)).ino);
    }
    await emulator.asyncService.whenIdle();
    const seconds = (performance.now() - began) / 1000;
    expect(versions.size).toBeLessThanOrEqual(1 + Math.floor(seconds));
    await emulator.stop();
    expect(JSON.parse(await readFile(path, 'utf8')).tables.asyncoperation).toHaveLength(20);
  });

  it('has the jobs so far with every other change', async () => {
    const { emulator, client } = await withWebhook(undefined, { options: { folder } });
    await client.call(NAME, PURCHASE_BODY);
    await emulator.asyncService.whenIdle();
    registerWebhook(emulator);
    const { tables } = JSON.parse(await readFile(join(folder, 'tables.json'), 'utf8'));
    expect(tables.asyncoperation).toMatchObject([{ statuscode: 30 }]);
  });
});
