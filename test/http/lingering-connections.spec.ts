import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { LingeringConnections, type LingerLimits } from '../../src/http/lingering-connections.js';
import { type IngestApp, startIngestApp } from '../ingest/support/ingest-app.js';
import { until } from '../support/until.js';

const SOON = 20;
const NEVER = 600_000;

describe('a connection whose last answer is written', () => {
  let server: Server;
  let client: Socket;
  let ours: Socket;
  beforeEach(async () => {
    server = createServer({ allowHalfOpen: true }).listen(0, '127.0.0.1');
    await once(server, 'listening');
    client = connect({ port: (server.address() as AddressInfo).port, host: '127.0.0.1', allowHalfOpen: true });
    client.on('error', () => undefined);
    [ours] = (await once(server, 'connection')) as [Socket];
  });
  afterEach(async () => {
    client.destroy();
    ours.destroy();
    server.close();
    await once(server, 'close');
  });

  function linger(limits: LingerLimits): LingeringConnections {
    const lingering = new LingeringConnections(limits);
    lingering.linger(ours);
    return lingering;
  }

  it('is closed as its client closes, all of the answer read', async () => {
    ours.write('answer');
    linger({ lingerTimeout: NEVER, requestTimeout: NEVER });
    client.end('the rest');
    const chunks: Buffer[] = [];
    client.on('data', (chunk) => chunks.push(chunk));
    await Promise.all([once(client, 'end'), once(ours, 'close')]);
    expect(Buffer.concat(chunks).toString()).toBe('answer');
  });

  it('is closed when its client has fallen silent', async () => {
    linger({ lingerTimeout: SOON, requestTimeout: NEVER });
    await once(ours, 'close');
    expect(ours.destroyed).toBe(true);
  });

  it('is closed when its client goes on for longer than a request may take', async () => {
    client.resume();
    const dripping = setInterval(() => client.write('x'), 1);
    await until(() => ours.bytesRead > 0);
    linger({ lingerTimeout: NEVER, requestTimeout: SOON });
    await once(ours, 'close');
    clearInterval(dripping);
    expect(ours.destroyed).toBe(true);
  });

  it('is closed with all others when the server wants to end', async () => {
    linger({ lingerTimeout: NEVER, requestTimeout: NEVER }).cut();
    await once(ours, 'close');
    expect(ours.destroyed).toBe(true);
  });
});

describe('a gateway whose client goes on behind its last answer', () => {
  let app: IngestApp;
  let client: Socket;
  let ours: Socket;
  beforeEach(async () => {
    app = await startIngestApp({ limits: { lingerTimeout: NEVER, requestTimeout: NEVER } });
    const connection = once(app.app.getHttpServer() as Server, 'connection');
    client = connect({ port: app.port, host: '127.0.0.1', allowHalfOpen: true });
    client.on('error', () => undefined).resume();
    [ours] = (await connection) as [Socket];
  });
  afterEach(() => void client.destroy());

  it.each([
    ['is no HTTP', 'nonsense\r\n\r\n'],
    ['has a chunk without a size', 'POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n'],
  ])('pays for each further piece of what %s no more than for the first', async (_what, bytes) => {
    const ended = once(client, 'end');
    client.write(bytes);
    await ended;
    const listeners = () => ours.listenerCount('close') + ours.listenerCount('timeout');
    const atFirst = listeners();
    for (let piece = 0; piece < 20; piece++) {
      const { bytesRead } = ours;
      client.write('x');
      await until(() => ours.bytesRead > bytesRead);
    }
    expect(listeners()).toBe(atFirst);
    await app.close();
  });

  it('ends all the same when it is stopped, also where the client asked for a tunnel', async () => {
    const ended = once(client, 'end');
    client.write('CONNECT example.org:443 HTTP/1.1\r\nHost: x\r\n\r\n');
    await ended;
    await app.close();
    expect(ours.destroyed).toBe(true);
  });
});
