import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { connect as connectTls } from 'node:tls';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { clientCertificate } from '../emulator/support/certificate.js';
import { type Caller, publisher } from '../ingest/support/caller.js';
import { type IngestApp, startIngestApp } from '../ingest/support/ingest-app.js';

const MIB = 1024 * 1024;

describe.each(['http', 'https'] as const)('a client of %s', (scheme) => {
  let app: IngestApp;
  let caller: Caller;
  beforeAll(async () => {
    const { certificate, privateKey } = await clientCertificate();
    app = await startIngestApp({ tls: scheme === 'http' ? null : { certificate, key: privateKey } });
    caller = await publisher(app, 'till');
  });
  afterAll(() => app.close());

  async function open(): Promise<Socket> {
    const options = { port: app.port, host: '127.0.0.1', allowHalfOpen: true, rejectUnauthorized: false };
    const socket = scheme === 'http' ? connect(options) : connectTls(options);
    // What is lost by a reset is missing in the answer.
    socket.on('error', () => undefined);
    await once(socket, scheme === 'http' ? 'connect' : 'secureConnect');
    return socket;
  }

  function head(path: string, mediaType: string, length: number): string {
    const lines = [`POST ${path} HTTP/1.1`, 'Host: x', `X-API-Key: ${caller.apiKey}`, `Content-Type: ${mediaType}`];
    return [...lines, `Content-Length: ${length}`, '', ''].join('\r\n');
  }

  function post(path: string, mediaType: string, body: string): string {
    return head(path, mediaType, body.length) + body;
  }

  function purchase(id: string): string {
    return JSON.stringify({ ...app.catalog.find('CustomerPurchase')?.example, purchaseId: id });
  }

  async function readToEnd(socket: Socket): Promise<string> {
    const chunks: Buffer[] = [];
    socket.on('data', (chunk) => chunks.push(chunk));
    await new Promise((resolve) => socket.once('end', resolve).once('close', resolve));
    socket.destroy();
    return Buffer.concat(chunks).toString('latin1');
  }

  describe('that closes its own side with the end of its request', () => {
    it.each([
      ['an event', () => post('/v1/events/customer-purchase', 'application/json', purchase('H-1'))],
      [
        'a CloudEvent',
        () => {
          const attributes = { specversion: '1.0', id: 'H-2', source: '/till', type: 'CustomerPurchase' };
          const event = JSON.stringify({ ...attributes, data: JSON.parse(purchase('H-2')) });
          return post('/v1/events', 'application/cloudevents+json', event);
        },
      ],
      [
        'a batch',
        () => post('/v1/events/customer-purchase/batch', 'application/json', `{"events":[${purchase('H-3')}]}`),
      ],
    ])('has its answer to %s', async (_what, request) => {
      const socket = await open();
      socket.end(request());
      expect(await readToEnd(socket)).toMatch(/^HTTP\/1\.1 202 [\s\S]*\}$/);
    });

    it('has an answer to every line', async () => {
      const lines = Array.from({ length: 3_000 }, (_, n) => `${purchase(`L-${n}`)}\n`).join('');
      const socket = await open();
      socket.end(post('/v1/events/customer-purchase/batch', 'application/x-ndjson', lines));
      expect((await readToEnd(socket)).match(/"result":"accepted"/g)).toHaveLength(3_000);
    });
  });

  describe('that writes all of its request before it reads', () => {
    it.each([
      ['too large a batch', '/v1/events/customer-purchase/batch', 413],
      ['too large an event', '/v1/events/customer-purchase', 413],
    ])('has its answer to %s', async (_what, path, status) => {
      const socket = await open();
      socket.write(head(path, 'application/json', 9 * MIB));
      await new Promise((resolve) => socket.write(Buffer.alloc(9 * MIB, ' '), resolve));
      expect(await readToEnd(socket)).toMatch(new RegExp(`^HTTP/1\\.1 ${status} [\\s\\S]*\\}$`));
    });
  });
});
