import { afterAll, afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { createEnvironment, type Environment } from '../support/environment.js';
import { GatewayProcess } from '../support/gateway-process.js';
import { PurchaseLoad, purchaseOf } from '../support/purchase-load.js';
import { until } from '../support/until.js';
import { SmallDisk } from './support/small-disk.js';

const MIB = 1024 * 1024;
const ROOMY = 1024 * MIB;
const BELOW_THE_RESERVE = 100 * MIB;

// Only root may mount; without it the same is shown with a scripted disk in test/operations/pressure-watch.spec.ts.
const disk = SmallDisk.mount();

(disk === null ? describe.skip : describe)('a full disk', () => {
  let environment: Environment;
  let gateway: GatewayProcess;
  let apiKey: string;
  let load: PurchaseLoad | null = null;

  beforeEach(async () => {
    disk?.leaveFree(ROOMY);
    environment = await createEnvironment({}, `sqlite:${disk?.folder}/gateway-${process.hrtime.bigint()}.db`);
    gateway = await GatewayProcess.start(environment.settings);
    apiKey = await environment.createClient('till');
  });

  afterEach(async () => {
    disk?.leaveFree(ROOMY);
    await load?.abandon();
    load = null;
    await gateway.kill();
    await environment.remove();
  });

  afterAll(() => disk?.unmount());

  async function send(
    purchaseId: string,
  ): Promise<{ readonly status: number; readonly type: string; readonly id: string }> {
    const answer = await fetch(`${gateway.url}/v1/events/customer-purchase`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json', Authorization: `Bearer ${apiKey}` },
      body: JSON.stringify(purchaseOf(purchaseId)),
    });
    const { type = '', id = '' } = (await answer.json()) as { readonly type?: string; readonly id?: string };
    return { status: answer.status, type, id };
  }

  function received(): Set<string | null> {
    return new Set(environment.emulator.received().map(({ tag }) => tag));
  }

  it('stops acceptance in time, and keeps the reserve for delivering what was accepted', async () => {
    environment.emulator.hang({ match: { target: 'call' } });
    const held = await send('held');
    disk?.leaveFree(BELOW_THE_RESERVE);
    await until(async () => (await send(`probe-${process.hrtime.bigint()}`)).status === 503);

    expect(await send('new')).toMatchObject({ status: 503, type: '/problems/storage-full' });
    expect(await send('held')).toEqual({ ...held, status: 202 });
    expect((await fetch(`${gateway.url}/health/ready`)).status).toBe(200);
    environment.emulator.clearFaults();
    environment.emulator.releaseHanging();
    await until(() => received().has(held.id));

    disk?.leaveFree(ROOMY);
    await until(async () => (await send('new')).status === 202);
  }, 120_000);

  it('to the last byte loses nothing, ends nothing, sends nothing, and passes by itself', async () => {
    const accepted = () => load?.accepted ?? [];
    load = new PurchaseLoad({ apiKey, url: () => gateway.url, workers: 8, name: 'disk' });
    await until(() => accepted().length > 100);
    await until(async () => {
      disk?.leaveFree(0);
      await until(async () => (await send(`full-${process.hrtime.bigint()}`)).status === 503);
      // The reserve may have stopped acceptance before a request was refused by the database: then it is filled again.
      if (gateway.lines.some((line) => line.includes('storage-unavailable'))) return true;
      disk?.leaveFree(ROOMY);
      await until(async () => (await send(`room-${process.hrtime.bigint()}`)).status === 202);
      return false;
    });
    await quiet(() => environment.emulator.receivedCount);

    const before = environment.emulator.receivedCount;
    const stored = accepted().length;
    for (let n = 0; n < 20; n++) expect((await send(`refused-${n}`)).status).toBe(503);
    expect(environment.emulator.receivedCount).toBe(before);
    expect(accepted()).toHaveLength(stored);
    expect((await fetch(`${gateway.url}/health/live`)).status).toBe(200);

    disk?.leaveFree(ROOMY);
    await until(() => accepted().length > stored + 100);
    await load.stop();
    await until(() => accepted().every(({ id }) => received().has(id)));
    expect(load.unexpected).toEqual([]);
    expect(await gateway.stop()).toBe(0);
    expect(gateway.lines.filter((line) => line.includes('gateway.failed'))).toEqual([]);
  }, 120_000);

  /**
   * What was begun before the disk was full ends; then nothing more happens for about a second in which both processes
   * are at work: one that stalls is quiet, too.
   */
  async function quiet(count: () => number): Promise<void> {
    let last = -1;
    let looks = 0;
    await until(async () => {
      await (await fetch(`${gateway.url}/health/live`)).text();
      looks = count() === last ? looks + 1 : 0;
      last = count();
      return looks >= 80;
    }, 60_000);
  }
});
