import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { HttpLimits } from '../../src/http/http-limits.js';
import { type Caller, publisher } from '../ingest/support/caller.js';
import { type IngestApp, startIngestApp } from '../ingest/support/ingest-app.js';
import { until } from '../support/until.js';

const LIMITS = {
  headersTimeout: 150,
  requestTimeout: 300,
  keepAliveTimeout: 200,
  silenceTimeout: 400,
  halfClosedTimeout: 400,
  lingerTimeout: 200,
  maxConnections: 300,
  checkInterval: 20,
};
const REQUEST = 'GET /health-of-nothing HTTP/1.1\r\nHost: x\r\n\r\n';
const DRIP_EVERY_MS = 20;

/** Patient with a request that comes, as one from a busy machine does; an answered connection goes as soon. */
const PATIENT = { keepAliveTimeout: 200, maxConnections: LIMITS.maxConnections, checkInterval: LIMITS.checkInterval };

let app: IngestApp;
let caller: Caller;
const sockets = new Set<Socket>();
async function start(limits: Partial<HttpLimits>): Promise<void> {
  app = await startIngestApp({ limits });
  caller = await publisher(app, 'till');
}
async function stop(): Promise<void> {
  for (const socket of sockets) socket.destroy();
  await app.close();
}

/** A connection that never closes its own side. */
async function open(): Promise<Socket> {
  const socket = connect({ port: app.port, host: '127.0.0.1', allowHalfOpen: true });
  sockets.add(socket);
  socket.on('error', () => undefined).on('close', () => sockets.delete(socket));
  await once(socket, 'connect');
  return socket;
}

/** Unlike `once` of Node it is no failure when the socket has one. */
function happens(socket: Socket, event: 'end' | 'close'): Promise<void> {
  return new Promise((resolve) => socket.once(event, () => resolve()));
}

/** Everything that comes until the server closes. */
async function readToEnd(socket: Socket): Promise<string> {
  const chunks: Buffer[] = [];
  socket.on('data', (chunk) => chunks.push(chunk));
  await Promise.race([happens(socket, 'end'), happens(socket, 'close')]);
  return Buffer.concat(chunks).toString('latin1');
}

/** Sends a text byte by byte until the server has had enough. */
function drip(socket: Socket, text: string): void {
  let at = 0;
  const timer = setInterval(() => socket.write(text[at++ % text.length] ?? ''), DRIP_EVERY_MS);
  for (const ending of ['end', 'close'] as const) socket.once(ending, () => clearInterval(timer));
}

function openConnections(): Promise<number> {
  const { promise, resolve, reject } = Promise.withResolvers<number>();
  const server = app.app.getHttpServer() as {
    getConnections(done: (error: Error | null, count: number) => void): void;
  };
  server.getConnections((error, count) => (error === null ? resolve(count) : reject(error)));
  return promise;
}

describe('a connection that costs more than it brings is closed: it', () => {
  beforeAll(() => start(LIMITS));
  afterAll(stop);

  it('says nothing', async () => {
    expect(await readToEnd(await open())).toMatch(/^(HTTP\/1\.1 408 |$)/);
  });

  it('drips its headers', async () => {
    const socket = await open();
    drip(socket, `${REQUEST.slice(0, -2)}A: ${'b'.repeat(10_000)}`);
    expect(await readToEnd(socket)).toMatch(/^HTTP\/1\.1 408 /);
  });

  it('drips its body', async () => {
    const socket = await open();
    socket.write(`POST /v1/events/customer-purchase HTTP/1.1\r\nHost: x\r\nX-API-Key: ${caller.apiKey}\r\n`);
    socket.write('Content-Type: application/json\r\nContent-Length: 60000\r\n\r\n');
    drip(socket, '{"a":"');
    expect(await readToEnd(socket)).toMatch(/^HTTP\/1\.1 408 /);
  });

  it('drips chunks of a body', async () => {
    const socket = await open();
    socket.write(`POST /v1/events/customer-purchase HTTP/1.1\r\nHost: x\r\nX-API-Key: ${caller.apiKey}\r\n`);
    socket.write('Content-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n');
    drip(socket, '1\r\n{\r\n');
    expect(await readToEnd(socket)).toMatch(/^HTTP\/1\.1 408 /);
  });

  it('asks for much and reads none of it', async () => {
    await until(async () => (await openConnections()) === 0);
    const accepted = once(app.app.getHttpServer(), 'connection');
    const socket = await open();
    socket.pause();
    socket.write('GET /openapi.json HTTP/1.1\r\nHost: x\r\n\r\n'.repeat(150));
    await accepted;
    await until(async () => (await openConnections()) === 0);
  });

  it.each([
    ['sent nonsense', 'nonsense\r\n\r\n'],
    ['asked for a tunnel', 'CONNECT example.org:443 HTTP/1.1\r\nHost: x\r\n\r\n'],
    ['announced two lengths', 'POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n'],
  ])('%s and does not leave', async (_what, bytes) => {
    const socket = await open();
    const closed = happens(socket, 'close');
    socket.resume().write(bytes);
    // A socket that is gone at the server refuses what is sent to it.
    const timer = setInterval(() => socket.write('x'), DRIP_EVERY_MS);
    await closed;
    clearInterval(timer);
    expect(socket.destroyed).toBe(true);
  });

  it('is one of hundreds that say nothing', async () => {
    const silent = await Promise.all(Array.from({ length: 200 }, open));
    await Promise.all(silent.map(readToEnd));
    for (const socket of silent) socket.destroy();
    await until(async () => (await openConnections()) === 0);
  });
});

describe('a server among hostile connections', () => {
  beforeAll(() => start(PATIENT));
  afterAll(stop);

  it('closes a connection that was answered, and stays for nothing', async () => {
    const socket = await open();
    socket.write(REQUEST);
    expect(await readToEnd(socket)).toMatch(/^HTTP\/1\.1 404 /);
  });

  it('answers who has closed his own side already', async () => {
    const socket = await open();
    socket.end(REQUEST.replace('Host: x', 'Host: x\r\nConnection: close'));
    expect(await readToEnd(socket)).toMatch(/^HTTP\/1\.1 404 [\s\S]*\}$/);
  });

  it('serves others beside hundreds that say nothing', async () => {
    const silent = await Promise.all(Array.from({ length: 200 }, open));
    expect((await caller.get('/v1/event-types')).status).toBe(200);
    for (const socket of silent) socket.destroy();
    await until(async () => (await openConnections()) === 0);
  });

  it('closes at once what exceeds the connections it has, and serves again when some leave', async () => {
    const many = await Promise.all(Array.from({ length: LIMITS.maxConnections + 20 }, open));
    await until(() => many.filter(({ readableEnded, destroyed }) => readableEnded || destroyed).length >= 20);
    expect(await openConnections()).toBeLessThanOrEqual(LIMITS.maxConnections);
    for (const socket of many) socket.destroy();
    await until(async () => (await openConnections()) === 0);
    expect((await caller.get('/v1/event-types')).status).toBe(200);
  });

  it.each([
    ['h2c', 'Connection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\nHTTP2-Settings: AAMAAABkAAQAAP__'],
    ['a web socket', 'Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Key: x\r\nSec-WebSocket-Version: 13'],
  ])('does not change over to %s', async (_what, lines) => {
    const socket = await open();
    socket.write(REQUEST.replace('Host: x', `Host: x\r\n${lines}`));
    expect(await readToEnd(socket)).toMatch(/^HTTP\/1\.1 404 /);
  });
});
