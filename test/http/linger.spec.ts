import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { linger } from '../../src/http/linger.js';
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

  it('is closed as its client closes, all of the answer read', async () => {
    ours.write('answer');
    linger(ours, { lingerTimeout: NEVER, requestTimeout: NEVER });
    client.end('the rest');
    const chunks: Buffer[] = [];
    client.on('data', (chunk) => chunks.push(chunk));
    await Promise.all([once(client, 'end'), once(ours, 'close')]);
    expect(Buffer.concat(chunks).toString()).toBe('answer');
  });

  it('is closed when its client has fallen silent', async () => {
    linger(ours, { lingerTimeout: SOON, requestTimeout: NEVER });
    await once(ours, 'close');
    expect(ours.destroyed).toBe(true);
  });

  it('is closed when its client goes on for longer than a request may take', async () => {
    client.resume();
    const dripping = setInterval(() => client.write('x'), 1);
    await until(() => ours.bytesRead > 0);
    linger(ours, { lingerTimeout: NEVER, requestTimeout: SOON });
    await once(ours, 'close');
    clearInterval(dripping);
    expect(ours.destroyed).toBe(true);
  });
});
