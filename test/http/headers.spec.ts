import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type Caller, publisher, stranger } from '../ingest/support/caller.js';
import { type IngestApp, startIngestApp } from '../ingest/support/ingest-app.js';
import { rawHttp } from './support/raw-http.js';

const PATH = '/v1/events/customer-purchase';

let app: IngestApp;
let caller: Caller;
beforeAll(async () => {
  app = await startIngestApp();
  caller = await publisher(app, 'till');
});
afterAll(() => app.close());

/** The status of a GET whose head has these lines and `Connection: close`. */
async function statusOf(...lines: readonly string[]): Promise<number | undefined> {
  const head = ['GET /v1/event-types HTTP/1.1', 'Connection: close', ...lines, '', ''].join('\r\n');
  return (await rawHttp(app.port, head))[0]?.status;
}

describe('headers that two readers could read otherwise', () => {
  it.each([
    ['Host', 'Host: y'],
    ['X-API-Key', 'X-API-Key: other'],
    ['X-API-Key in other letters', 'x-api-key: other'],
    ['Content-Type', 'Content-Type: application/json\r\nContent-Type: text/plain'],
    ['Authorization', 'Authorization: Bearer a\r\nAuthorization: Bearer b'],
  ])('are refused when they come twice: %s', async (_name, lines) => {
    expect(await statusOf('Host: x', `X-API-Key: ${caller.apiKey}`, lines)).toBe(400);
  });

  it('are refused before anybody asks who it is', async () => {
    expect(await statusOf('Host: x', 'Host: y')).toBe(400);
  });
});

describe('headers that ask for more than there is', () => {
  it.each([
    ['Accept: image/png'],
    ['Range: bytes=0-1'],
    ['If-None-Match: *'],
    ['X-HTTP-Method-Override: DELETE'],
    ['TE: trailers'],
    ['Upgrade: h2c'],
  ])('change nothing: %s', async (line) => {
    expect(await statusOf('Host: x', `X-API-Key: ${caller.apiKey}`, line)).toBe(200);
  });
});

describe('answers', () => {
  it('are for no other origin to read', async () => {
    const preflight = await caller.call('OPTIONS', PATH, {
      Origin: 'https://evil.example',
      'Access-Control-Request-Method': 'POST',
    });
    expect(preflight.status).toBe(405);
    const answer = await caller.get('/v1/event-types', { Origin: 'https://evil.example' });
    const names = [...preflight.headers.keys(), ...answer.headers.keys()];
    expect(names.filter((name) => name.startsWith('access-control-'))).toEqual([]);
  });

  it('say nothing of what serves them, and set no cookie', async () => {
    const { headers } = await stranger(app).get('/v1/event-types');
    expect(['server', 'x-powered-by', 'set-cookie'].filter((name) => headers.has(name))).toEqual([]);
  });
});
