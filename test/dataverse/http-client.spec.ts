import { execFile } from 'node:child_process';
import { getEventListeners } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { HttpClient, type HttpClientOptions } from '../../src/dataverse/http/http-client.js';
import type { HttpAnswer } from '../../src/dataverse/http/http-exchange.js';
import { SystemClock } from '../../src/kernel/clock.js';
import { HeldLimit } from '../support/held-limit.js';
import { until } from '../support/until.js';
import { forever } from './support/gateway-side.js';
import { type HostileCloud, raw, resetConnection, status } from './support/hostile-cloud.js';
import { RawServer, refusingPort, startProxy } from './support/raw-server.js';
import { startTrustedCloud } from './support/trusted-cloud.js';

const HOOKS = new URL('../support/typescript-hooks.mjs', import.meta.url).href;
const CHILD = fileURLToPath(new URL('./support/extra-ca-child.ts', import.meta.url));

describe('HttpClient', () => {
  let ca: string;
  let cloud: HostileCloud;
  const cleanUp: (() => unknown)[] = [];

  beforeEach(async () => {
    ({ cloud, ca } = await startTrustedCloud());
    cleanUp.push(() => cloud.stop());
  });

  afterEach(async () => {
    for (const end of cleanUp.splice(0).reverse()) await end();
  });

  function clientWith(options: HttpClientOptions): HttpClient {
    const client = new HttpClient({ ca, ...options }, new SystemClock());
    cleanUp.push(() => client.close());
    return client;
  }

  function heldLimit(): HeldLimit {
    const limit = new HeldLimit();
    cleanUp.push(() => limit.release());
    return limit;
  }

  function get(client: HttpClient, url = `${cloud.url}/api`, signal: AbortSignal = forever): Promise<HttpAnswer> {
    return client.exchange({ method: 'GET', url, headers: {}, body: null, signal });
  }

  it('gives up a connection that does not come about in time, and begins one more', async () => {
    const limit = heldLimit();
    const silent = await RawServer.start((socket) => {
      socket.resume();
      limit.end();
    });
    cleanUp.push(() => silent.stop());
    const answer = await get(clientWith({ connectTimeoutMs: limit.ms }), silent.url);
    expect(answer).toEqual({ kind: 'failure', stage: 'connecting', code: 'ECONNECTTIMEOUT' });
    expect(silent.connections).toBe(2);
  });

  it('lets a call last longer than a connection may take', async () => {
    const limit = heldLimit();
    cloud.nextCalls.push((response) => {
      limit.end();
      setTimeout(() => response.writeHead(204).end(), 150);
    });
    expect(await get(clientWith({ connectTimeoutMs: limit.ms, idleSocketMs: 50 }))).toMatchObject({ status: 204 });
  });

  it('drops a connection that has been idle', async () => {
    await get(clientWith({ idleSocketMs: 50 }));
    await until(() => cloud.open === 0);
  });

  it('keeps a connection that has not', async () => {
    const client = clientWith({});
    await get(client);
    await get(client);
    expect(cloud.connections).toBe(1);
  });

  it('opens as many connections as there are calls at once', async () => {
    const client = clientWith({});
    const held: (() => void)[] = [];
    for (let call = 0; call < 60; call += 1) cloud.nextCalls.push((response) => held.push(() => response.end()));
    const answers = Array.from({ length: 60 }, () => get(client));
    await until(() => held.length === 60);
    for (const answer of held) answer();
    await Promise.all(answers);
  });

  it('reads a body up to its limit, to the byte', async () => {
    const client = clientWith({ maxBodyBytes: 10 });
    cloud.nextCalls.push(status(400, {}, 'x'.repeat(10)), status(400, {}, 'x'.repeat(11)));
    expect(await get(client)).toMatchObject({ body: 'x'.repeat(10), complete: true });
    expect(await get(client)).toMatchObject({ status: 400, body: 'x'.repeat(10), complete: false });
  });

  it('sends a body as it is, and its length with it', async () => {
    const body = '{ "Amount":1.50,\n"Text":"ü" }';
    const client = clientWith({});
    const headers = { 'Content-Type': 'application/json' };
    await client.exchange({ method: 'POST', url: `${cloud.url}/api`, headers, body, signal: forever });
    expect(cloud.calls[0]).toMatchObject({
      body,
      headers: { 'content-length': '30', 'content-type': 'application/json' },
    });
  });

  it('never repeats what a connected server may have run', async () => {
    cloud.nextCalls.push(resetConnection, raw('', 'end'));
    const client = clientWith({});
    expect(await get(client)).toMatchObject({ stage: 'connected' });
    expect(await get(client)).toMatchObject({ stage: 'connected' });
    expect(cloud.calls).toHaveLength(2);
  });

  it('leaves no listener behind on a signal that many exchanges share', async () => {
    const client = clientWith({});
    const { signal } = new AbortController();
    for (let call = 0; call < 20; call += 1) await get(client, undefined, signal);
    expect(getEventListeners(signal, 'abort')).toEqual([]);
  });

  describe('with a proxy', () => {
    it('tunnels through it, and keeps the tunnel', async () => {
      const { server, tunnels } = await startProxy();
      cleanUp.push(() => server.stop());
      const client = clientWith({ proxy: { url: `http://127.0.0.1:${server.port}` } });
      expect(await get(client)).toMatchObject({ status: 204 });
      expect(await get(client)).toMatchObject({ status: 204 });
      expect(tunnels).toEqual([`localhost:${cloud.port}`]);
    });

    it('goes around it where it is told to', async () => {
      const { server, tunnels } = await startProxy();
      cleanUp.push(() => server.stop());
      const client = clientWith({ proxy: { url: `http://127.0.0.1:${server.port}`, except: 'localhost' } });
      expect(await get(client)).toMatchObject({ status: 204 });
      expect(tunnels).toEqual([]);
    });

    it('knows that nothing was sent where the proxy is away', async () => {
      const client = clientWith({ proxy: { url: `http://127.0.0.1:${await refusingPort()}` } });
      expect(await get(client)).toMatchObject({ kind: 'failure', stage: 'connecting' });
    });

    it('gives up a proxy that says nothing', async () => {
      const silent = await RawServer.start((socket) => socket.resume());
      cleanUp.push(() => silent.stop());
      const client = clientWith({ proxy: { url: `http://127.0.0.1:${silent.port}` }, connectTimeoutMs: 50 });
      expect(await get(client)).toEqual({ kind: 'failure', stage: 'connecting', code: 'ECONNECTTIMEOUT' });
    });

    it('knows that nothing was sent where the proxy refuses', async () => {
      const { server } = await startProxy();
      cleanUp.push(() => server.stop());
      const client = clientWith({ proxy: { url: `http://127.0.0.1:${server.port}` } });
      expect(await get(client, `https://localhost:${await refusingPort()}/api`)).toMatchObject({ stage: 'connecting' });
    });

    it('knows that a call may have run where the tunnel breaks during it', async () => {
      const { server } = await startProxy();
      cleanUp.push(() => server.stop());
      cloud.nextCalls.push(resetConnection);
      const client = clientWith({ proxy: { url: `http://127.0.0.1:${server.port}` } });
      expect(await get(client)).toMatchObject({ stage: 'connected' });
      expect(cloud.calls).toHaveLength(1);
    });

    it('does not take one from the environment', async () => {
      process.env.HTTPS_PROXY = `http://127.0.0.1:${await refusingPort()}`;
      cleanUp.push(() => delete process.env.HTTPS_PROXY);
      expect(await get(clientWith({}))).toMatchObject({ status: 204 });
    });
  });

  it.each<readonly [string, boolean, string]>([
    ['trusts NODE_EXTRA_CA_CERTS', true, '204'],
    ['trusts nothing unknown', false, 'unverified'],
  ])('%s where it is given no certificates', async (_, extra, printed) => {
    const folder = await mkdtemp(join(tmpdir(), 'extra-ca-'));
    cleanUp.push(() => rm(folder, { recursive: true }));
    const file = join(folder, 'ca.pem');
    await writeFile(file, ca);
    const env = { PATH: process.env.PATH ?? '', ...(extra ? { NODE_EXTRA_CA_CERTS: file } : {}) };
    const { stdout } = await promisify(execFile)(process.execPath, ['--import', HOOKS, CHILD, `${cloud.url}/api`], {
      env,
    });
    expect(stdout).toBe(printed);
  });
});
