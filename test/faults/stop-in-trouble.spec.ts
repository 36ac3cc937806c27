import { get } from 'node:https';
import { text } from 'node:stream/consumers';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { NO_LIMITS } from '../../src/emulator/limits/service-protection-limits.js';
import { createEnvironment, type Environment } from '../support/environment.js';
import { GatewayProcess } from '../support/gateway-process.js';
import { PurchaseLoad, purchaseOf } from '../support/purchase-load.js';
import { until } from '../support/until.js';

/** Long enough to tell a stop that waits for its end from one on a busy machine. */
const THROTTLE_S = 8;

const CALL = { match: { target: 'call' } } as const;

describe('a stop', () => {
  let environment: Environment;
  let gateway: GatewayProcess;
  let apiKey: string;
  let load: PurchaseLoad | null = null;

  beforeEach(async () => {
    environment = await createEnvironment({ limits: NO_LIMITS, serverTimeMs: 20 });
    apiKey = await environment.createClient('till');
  });

  afterEach(async () => {
    await load?.abandon();
    load = null;
    await gateway.kill();
    await environment.remove();
  });

  async function start(settings: Readonly<Record<string, string>> = {}): Promise<void> {
    gateway = await GatewayProcess.start({ ...environment.settings, ...settings });
  }

  async function send(purchaseId: string): Promise<string> {
    const answer = await fetch(`${gateway.url}/v1/events/customer-purchase`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json', Authorization: `Bearer ${apiKey}` },
      body: JSON.stringify(purchaseOf(purchaseId)),
    });
    expect(answer.status).toBe(202);
    return ((await answer.json()) as { readonly id: string }).id;
  }

  function tags(): readonly (string | null)[] {
    return environment.emulator.received().map(({ tag }) => tag);
  }

  async function timed(stop: Promise<number | null>): Promise<{ readonly code: number | null; readonly ms: number }> {
    const began = performance.now();
    return { code: await stop, ms: performance.now() - began };
  }

  it('in the middle of a throttle takes no time, and the next start goes on waiting', async () => {
    await start();
    environment.emulator.throttleNext(1, { retryAfterSeconds: THROTTLE_S, ...CALL });
    const ids = [await send('throttled')];
    await until(() => gateway.lines.some((line) => line.includes('gate.changed')));
    ids.push(await send('behind-it'));
    const { code, ms } = await timed(gateway.stop());
    await start();
    await until(() => ids.every((id) => tags().includes(id)));

    expect(code).toBe(0);
    expect(ms).toBeLessThan((THROTTLE_S - 1) * 1_000);
    expect(environment.emulator.earlyCalls().count).toBe(0);
    expect(environment.emulator.receivedCount).toBe(2);
  }, 120_000);

  it('in the middle of a long call lets it end', async () => {
    await start();
    environment.emulator.hang(CALL);
    const id = await send('long');
    await until(() => isHanging(environment));
    const stopped = gateway.stop();
    await until(() => gateway.lines.some((line) => line.includes('gateway.stopping')));
    environment.emulator.releaseHanging();

    expect(await stopped).toBe(0);
    expect(tags()).toEqual([id]);
    await start();
    await send('after');
    await until(() => tags().length === 2);
    expect(tags().filter((tag) => tag === id)).toHaveLength(1);
  }, 120_000);

  it('cuts off a call that outlives the grace time, and the next start sends it again', async () => {
    await start({ SHUTDOWN_GRACE_MS: '500' });
    environment.emulator.hang(CALL);
    const id = await send('endless');
    await until(() => isHanging(environment));
    const { code, ms } = await timed(gateway.stop());
    expect(code).toBe(0);
    expect(ms).toBeLessThan(30_000);
    expect(gateway.lines.some((line) => line.includes(id) && line.includes('"outcome":"uncertain"'))).toBe(true);

    environment.emulator.clearFaults();
    await start();
    await until(() => tags().includes(id));
  }, 120_000);

  it('with a backlog that travels in batches sends nothing twice and loses nothing', async () => {
    await start();
    load = new PurchaseLoad({ apiKey, url: () => gateway.url, workers: 16, name: 'backlog' });
    const accepted = () => load?.accepted ?? [];
    for (let life = 0; life < 3; life++) {
      const before = accepted().length;
      await until(() => accepted().length > before + 150);
      expect(await gateway.stop()).toBe(0);
      await start();
    }
    await load.stop();
    await until(() => tags().length >= accepted().length);

    expect(new Set(tags())).toEqual(new Set(accepted().map(({ id }) => id)));
    expect(environment.emulator.receivedCount).toBe(accepted().length);
    expect(load.unexpected).toEqual([]);
  }, 120_000);

  it('while the backlog is full ends with 0, too', async () => {
    await start({ BACKLOG_LIMIT: '5', DATAVERSE_URL: 'https://127.0.0.1:9' });
    load = new PurchaseLoad({ apiKey, url: () => gateway.url, workers: 8, name: 'full' });
    await until(() => gateway.lines.some((line) => line.includes('backlog-full')));
    expect(await gateway.stop()).toBe(0);
    const { length } = load.accepted;
    await load.abandon();

    expect(length).toBe(5);
    expect(gateway.lines.some((line) => line.includes('gateway.failed'))).toBe(false);
  }, 120_000);

  it.each(['SIGTERM', 'SIGINT'] as const)(
    'is ended at once by a second signal, %s, and loses nothing',
    async (second) => {
      await start();
      environment.emulator.hang(CALL);
      const id = await send('impatient');
      await until(() => isHanging(environment));
      const stopped = gateway.stop();
      await until(() => gateway.lines.some((line) => line.includes('gateway.stopping')));
      process.kill(gateway.pid, second);
      // Not an exit of its own making: the signal ended it.
      expect(await stopped).toBeNull();

      environment.emulator.clearFaults();
      await start();
      await until(() => tags().includes(id));
    },
    120_000,
  );
});

/** Whether a call has met the hang that was ordered for it, which is off the list of orders then. */
async function isHanging({ emulator }: Environment): Promise<boolean> {
  const { promise, resolve, reject } = Promise.withResolvers<string>();
  get(`${emulator.url}/_emulator/faults`, { ca: emulator.caCertificate }, (answer) => {
    text(answer).then(resolve, reject);
  }).on('error', reject);
  return JSON.parse(await promise).length === 0;
}
