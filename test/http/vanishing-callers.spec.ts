import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';
import { connect as connectTls } from 'node:tls';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Outbox } from '../../src/outbox/outbox.js';
import { clientCertificate } from '../emulator/support/certificate.js';
import { type Caller, publisher } from '../ingest/support/caller.js';
import { type IngestApp, startIngestApp } from '../ingest/support/ingest-app.js';
import { until } from '../support/until.js';

const LIMITS = { halfClosedTimeout: 200 };
/** So that answers are on their way while callers vanish. */
const COMMIT_MS = 3;

function slowly(outbox: Outbox): Outbox {
  const append: Outbox['append'] = async (events) => {
    await wait(COMMIT_MS);
    return outbox.append(events);
  };
  return Object.assign(Object.create(outbox), { append });
}

describe.each(['http', 'https'] as const)('a caller of %s that vanishes', (scheme) => {
  let app: IngestApp;
  let caller: Caller;
  beforeAll(async () => {
    const { certificate, privateKey } = await clientCertificate();
    app = await startIngestApp({
      limits: LIMITS,
      outbox: slowly,
      tls: scheme === 'http' ? null : { certificate, key: privateKey },
    });
    caller = await publisher(app, 'till');
  });
  afterAll(() => app.close());

  /** What is written to, and what can be reset below it. */
  async function open(): Promise<{ readonly socket: Socket; readonly line: Socket }> {
    const line = connect({ port: app.port, host: '127.0.0.1' });
    const socket = scheme === 'http' ? line : connectTls({ socket: line, rejectUnauthorized: false });
    for (const end of [line, socket]) end.on('error', () => undefined);
    await once(socket, scheme === 'http' ? 'connect' : 'secureConnect');
    return { socket, line };
  }

  function openConnections(): Promise<number> {
    const { promise, resolve, reject } = Promise.withResolvers<number>();
    const server = app.app.getHttpServer() as {
      getConnections(done: (error: Error | null, count: number) => void): void;
    };
    server.getConnections((error, count) => (error === null ? resolve(count) : reject(error)));
    return promise;
  }

  function head(path: string, mediaType: string, framing: string): string {
    const credential = `X-API-Key: ${caller.apiKey}`;
    return [`POST ${path} HTTP/1.1`, 'Host: x', credential, `Content-Type: ${mediaType}`, framing, '', ''].join('\r\n');
  }

  function purchase(id: string): string {
    return JSON.stringify({ ...app.catalog.find('CustomerPurchase')?.example, purchaseId: id });
  }

  async function publishAndReset(n: number): Promise<void> {
    const { socket, line } = await open();
    const event = purchase(`reset-${n}`);
    const isGone = once(line, 'close');
    socket.write(head('/v1/events/customer-purchase', 'application/json', `Content-Length: ${event.length}`) + event);
    setTimeout(() => line.resetAndDestroy(), n % 10);
    await isGone;
  }

  it('leaves no connection behind, whenever it resets', async () => {
    for (let n = 0; n < 200; n += 10) await Promise.all(Array.from({ length: 10 }, (_, i) => publishAndReset(n + i)));
    await until(async () => (await openConnections()) === 0);
  });

  it('ends nothing but its connection, also where it asked for a tunnel', async () => {
    const { socket, line } = await open();
    socket.write('CONNECT example.org:443 HTTP/1.1\r\nHost: x\r\n\r\n');
    await once(socket, 'data');
    line.resetAndDestroy();
    await until(async () => (await openConnections()) === 0);
  });

  it('is never told that a line was refused which is stored', async () => {
    for (let n = 0; n < 10; n++) {
      const { socket } = await open();
      const lines = `${purchase(`broken-${n}`)}\n`;
      const answer: Buffer[] = [];
      socket.on('data', (bytes) => answer.push(bytes));
      socket.write(
        head('/v1/events/customer-purchase/batch', 'application/x-ndjson', 'Transfer-Encoding: chunked') +
          `${lines.length.toString(16)}\r\n${lines}\r\n`,
        () => setTimeout(() => socket.end(), n % 4),
      );
      await once(socket, 'close');
      expect(Buffer.concat(answer).toString('latin1')).not.toMatch(/^HTTP\/1\.1 400 /);
    }
  });
});
