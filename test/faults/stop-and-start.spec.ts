import { spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { connect, createServer } from 'node:net';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { createEnvironment, type Environment } from '../support/environment.js';
import { GatewayProcess } from '../support/gateway-process.js';
import { PurchaseLoad } from '../support/purchase-load.js';
import { until } from '../support/until.js';

const MAIN = fileURLToPath(new URL('../../dist/main.js', import.meta.url));

describe('the built gateway', () => {
  let environment: Environment;
  let gateway: GatewayProcess | null = null;
  let running: PurchaseLoad | null = null;

  beforeEach(async () => {
    environment = await createEnvironment();
  });

  afterEach(async () => {
    await running?.abandon();
    running = null;
    await gateway?.kill();
    gateway = null;
    await environment.remove();
  });

  /** Ends with the test, if not before. */
  function startLoad(apiKey: string, workers: number): PurchaseLoad {
    running = new PurchaseLoad({ apiKey, url: () => gateway?.url ?? null, workers, name: 'load' });
    return running;
  }

  function linesOf(msg: string): readonly unknown[] {
    const lines = gateway?.lines.filter((line) => line.startsWith('{')) ?? [];
    return lines.map((line) => JSON.parse(line) as { msg: string }).filter((line) => line.msg === msg);
  }

  it('stops with 0 on SIGTERM under load, each time, and loses nothing', async () => {
    const apiKey = await environment.createClient('till');
    const load = startLoad(apiKey, 8);
    for (let life = 0; life < 3; life++) {
      gateway = await GatewayProcess.start(environment.settings);
      const before = load.accepted.length;
      await until(() => load.accepted.length > before + 50);
      expect(await gateway.stop()).toBe(0);
    }
    gateway = await GatewayProcess.start(environment.settings);
    await load.stop();

    expect(load.unexpected).toEqual([]);
    const missing = () => {
      const received = new Set(environment.emulator.received().map(({ tag }) => tag));
      return load.accepted.filter(({ id }) => !received.has(id));
    };
    await until(() => missing().length === 0);
    // A stop in order sends nothing twice: what was under way was finished, what had not begun was given back.
    expect(environment.emulator.receivedCount).toBe(load.accepted.length);
  }, 120_000);

  it('stops with 0 although a client never finishes its request', async () => {
    gateway = await GatewayProcess.start(environment.settings);
    const { port } = new URL(gateway.url);
    const apiKey = await environment.createClient('till');
    const client = connect(Number(port), '127.0.0.1');
    client.on('error', () => undefined);
    await once(client, 'connect');
    const head = ['POST /v1/events/customer-purchase HTTP/1.1', 'Host: x', `X-API-Key: ${apiKey}`];
    client.write(`${[...head, 'Content-Type: application/json', 'Content-Length: 500'].join('\r\n')}\r\n\r\n{`);
    // The health of the gateway is asked behind it, on another connection: by then it has the half request.
    await fetch(`${gateway.url}/health/ready`);

    expect(await gateway.stop()).toBe(0);
    client.destroy();
  }, 120_000);

  it('says at its start what it works on, and that a store is empty until it has a client', async () => {
    gateway = await GatewayProcess.start(environment.settings);
    const store = join(environment.folder, 'gateway.db');
    await until(() => linesOf('store.empty').length > 0);
    const listening = { url: gateway.url, store, dataverse: environment.emulator.url, receipts: [] };
    expect(linesOf('gateway.listening')).toMatchObject([listening]);
    expect(linesOf('store.empty')).toMatchObject([{ level: 'warn', store }]);
    expect(await gateway.stop()).toBe(0);

    await environment.createClient('till');
    gateway = await GatewayProcess.start(environment.settings);
    expect(await gateway.stop()).toBe(0);
    expect(linesOf('gateway.stopped')).toHaveLength(1);
    expect(linesOf('store.empty')).toEqual([]);
  }, 120_000);

  it('lets only one process own a database file, and says so', async () => {
    gateway = await GatewayProcess.start(environment.settings);
    const second = start(environment.settings);

    expect(second.status).toBe(1);
    expect(second.stderr).toContain('gateway.db');
    expect((await fetch(`${gateway.url}/health/ready`)).status).toBe(200);
  }, 120_000);

  it('does not start with wrong settings, and lists every one of them', () => {
    const { status, stderr } = start({
      PORT: 'eighty',
      LOG_LEVEL: 'loud',
      DATAVERSE_URL: 'http://org.crm.dynamics.com',
    });

    expect(status).toBe(2);
    for (const name of ['PORT', 'LOG_LEVEL', 'DATAVERSE_URL', 'AZURE_CLIENT_ID']) expect(stderr).toContain(name);
  });

  it('does not start on a port that is taken, and names the setting', async () => {
    gateway = await GatewayProcess.start(environment.settings);
    const { port } = new URL(gateway.url);
    const settings = { ...environment.settings, DATABASE_URL: 'sqlite::memory:', PORT: port };
    const { status, stderr } = start(settings);

    expect(status).toBe(1);
    expect(stderr).toContain(`Port ${port} is in use`);
  }, 120_000);

  it('claims nothing before it listens', async () => {
    const apiKey = await environment.createClient('till');
    const unreachable = {
      ...environment.settings,
      DATAVERSE_URL: 'https://127.0.0.1:9',
      AZURE_AUTHORITY_HOST: 'https://127.0.0.1:9',
    };
    gateway = await GatewayProcess.start(unreachable);
    const load = startLoad(apiKey, 2);
    await until(() => load.accepted.length > 10);
    await load.stop();
    expect(await gateway.stop()).toBe(0);

    const blocker = createServer().listen(0, '127.0.0.1');
    await once(blocker, 'listening');
    const { port } = blocker.address() as { port: number };
    const refused = await GatewayProcess.start({ ...environment.settings, PORT: String(port) }).catch(String);
    blocker.close();

    expect(refused).toContain(`Port ${port} is in use`);
    expect(environment.emulator.receivedCount).toBe(0);
  }, 120_000);
});

function start(settings: Readonly<Record<string, string>>) {
  const env = { PATH: process.env.PATH, HOST: '127.0.0.1', PORT: '0', ...settings };
  return spawnSync(process.execPath, [MAIN], { env, encoding: 'utf8', timeout: 60_000 });
}
