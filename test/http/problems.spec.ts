import { readFile } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type Caller, expectProblem, publisher, stranger } from '../ingest/support/caller.js';
import { type IngestApp, startIngestApp } from '../ingest/support/ingest-app.js';
import { problemsDocument } from './support/problems-document.js';

const PATH = '/v1/events/customer-purchase';
const TRACEPARENT = `00-${'a'.repeat(32)}-${'b'.repeat(16)}-01`;
/** The caller's trace, with a span of the gateway's own. */
const OUR_SPAN = /^00-a{32}-(?!b{16})[0-9a-f]{16}-01$/;
const EVENT = '/v1/events/019aab11-6f2e-7c3a-9d4e-2f6b8a1c5d70';

let app: IngestApp;
let caller: Caller;
beforeAll(async () => {
  app = await startIngestApp();
  caller = await publisher(app, 'till');
});
afterAll(() => app.close());

describe('a problem', () => {
  it('names its type, the path and the trace', async () => {
    const answer = await caller.get('/v1/nothing?secret=1', { traceparent: TRACEPARENT });
    expectProblem(answer, 'not-found');
    expect(answer.body.instance).toBe('/v1/nothing');
    expect(answer.headers.get('traceparent')).toMatch(OUR_SPAN);
  });

  it.each(['/v1/events/%zz', `/v1/event-types/${'x'.repeat(500)}`])(
    'names the trace where the router refuses: %s',
    async (path) => {
      const answer = await caller.get(path, { traceparent: TRACEPARENT });
      expect(answer.headers.get('traceparent')).toMatch(OUR_SPAN);
    },
  );

  it('is documented, with what to do', async () => {
    const committed = await readFile(new URL('../../docs/problems.md', import.meta.url), 'utf8');
    expect(committed).toBe(problemsDocument());
  });
});

describe('a path that does not exist', () => {
  it.each([
    ['GET', '/'],
    ['GET', '/v1'],
    ['GET', '/v1/events/not-an-id'],
    ['POST', '/v1/events/unknown-type'],
    ['GET', `${EVENT}/nothing`],
    ['GET', `/v1/event-types/${'x'.repeat(500)}`],
    ['GET', '/V1/event-types'],
    ['GET', '/docs/%2e%2e%2fpackage.json'],
  ])('is a 404: %s %s', async (method, path) => {
    expectProblem(await caller.call(method, path), 'not-found');
  });

  it('is a 400 where it cannot even be decoded', async () => {
    expectProblem(await caller.get('/v1/events/%zz'), 'malformed-request');
  });

  it('reads no body, from nobody', async () => {
    const answer = await stranger(app).post('/v1/nothing', 'x'.repeat(10_000));
    expectProblem(answer, 'not-found');
  });
});

describe('a method that does not exist', () => {
  it.each([
    ['GET', PATH, 'POST'],
    ['HEAD', PATH, 'POST'],
    ['PUT', PATH, 'POST'],
    ['PATCH', PATH, 'POST'],
    ['DELETE', PATH, 'POST'],
    ['OPTIONS', PATH, 'POST'],
    ['DELETE', EVENT, 'GET, HEAD'],
    ['POST', '/v1/event-types', 'GET, HEAD'],
  ])('is a 405 that lists what there is: %s %s', async (method, path, allow) => {
    const answer = await caller.call(method, path);
    expect(answer.status).toBe(405);
    expect(answer.headers.get('allow')).toBe(allow);
    if (method !== 'HEAD') expectProblem(answer, 'method-not-allowed');
  });
});

describe('a body that is not JSON', () => {
  it.each([
    ['text/plain'],
    ['application/xml'],
    ['application/x-www-form-urlencoded'],
    ['multipart/form-data; boundary=x'],
    ['application/json; charset=iso-8859-1'],
    ['application/cloudevents+json'],
    ['nonsense'],
    [''],
  ])('is a 415: %s', async (contentType) => {
    expectProblem(await caller.post(PATH, '{}', { 'Content-Type': contentType }), 'unsupported-media-type');
  });

  it('is a 415 without Content-Type', async () => {
    const { status } = await fetch(`${app.url}${PATH}`, {
      method: 'POST',
      headers: { 'X-API-Key': caller.apiKey ?? '' },
      body: new Uint8Array([0x7b, 0x7d]),
    });
    expect(status).toBe(415);
  });

  it('is a 415 when it is compressed', async () => {
    const answer = await caller.post(PATH, '{}', { 'Content-Encoding': 'gzip' });
    expectProblem(answer, 'unsupported-media-type');
    expect(answer.headers.get('accept-encoding')).toBe('identity');
  });

  it.each([
    ['nothing', ''],
    ['half of it', '{"purchaseId":'],
    ['too deep', '['.repeat(1000)],
    ['Latin-1', Buffer.from([0x22, 0xe4, 0x22])],
  ])('is a 400: %s', async (_what, body) => {
    expectProblem(await caller.post(PATH, body), 'malformed-json');
  });
});

describe('a body that is too large', () => {
  it('is a 413 by its announced length', async () => {
    const answer = await caller.post(PATH, `{"purchaseId":"${'x'.repeat(64 * 1024)}"}`);
    expectProblem(answer, 'payload-too-large');
  });

  it('is a 413 by its chunks', async () => {
    const endless = new ReadableStream<Uint8Array>({ pull: (controller) => controller.enqueue(new Uint8Array(8192)) });
    const request: RequestInit & { duplex: 'half' } = {
      method: 'POST',
      headers: { Authorization: `Bearer ${caller.apiKey}`, 'Content-Type': 'application/json' },
      body: endless,
      duplex: 'half',
    };
    const response = await fetch(`${app.url}${PATH}`, request).catch((error: Error) => error);
    // The server answers and closes while the client still writes: some clients see the answer, some the closing.
    if (response instanceof Response) expect(response.status).toBe(413);
    else expect(response).toBeInstanceOf(TypeError);
    expect((await app.store.outbox.measure()).counts).toEqual([]);
  });

  it('is taken up to 64 KiB', async () => {
    const example = JSON.stringify(app.catalog.find('CustomerPurchase')?.example);
    const padded = example + ' '.repeat(64 * 1024 - example.length);
    expect((await caller.post(PATH, padded)).status).toBe(202);
    expectProblem(await caller.post(PATH, `${padded} `), 'payload-too-large');
  });
});
