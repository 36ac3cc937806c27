import { once } from 'node:events';
import { connect } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type Caller, publisher } from '../ingest/support/caller.js';
import { type IngestApp, startIngestApp } from '../ingest/support/ingest-app.js';
import { type RawAnswer, rawHttp } from './support/raw-http.js';

const PATH = '/v1/events/customer-purchase';

let app: IngestApp;
let caller: Caller;
beforeAll(async () => {
  app = await startIngestApp();
  caller = await publisher(app, 'till');
});
afterAll(() => app.close());

function head(...lines: readonly string[]): string {
  return [...lines, '', ''].join('\r\n');
}

function post(body: string, ...headers: readonly string[]): string {
  return postOf(caller, body, ...headers);
}

function postOf({ apiKey }: Caller, body: string, ...headers: readonly string[]): string {
  const credential = `X-API-Key: ${apiKey}`;
  return `${head(`POST ${PATH} HTTP/1.1`, 'Host: x', credential, 'Content-Type: application/json', ...headers)}${body}`;
}

function expectProblemAlone([answer, ...more]: readonly RawAnswer[], status: number, slug: string): void {
  expect(more).toEqual([]);
  expect(answer?.status).toBe(status);
  expect(answer?.head.toLowerCase()).toContain('content-type: application/problem+json');
  expect(answer?.head.toLowerCase()).toContain('connection: close');
  expect(JSON.parse(answer?.body ?? '')).toMatchObject({
    type: `/problems/${slug}`,
    status,
    detail: expect.any(String),
  });
  expect(answer?.head).toMatch(/^traceparent: 00-[0-9a-f]{32}-[0-9a-f]{16}-0[01]$/im);
}

describe('HTTP that breaks the rules', () => {
  it.each([
    ['no HTTP at all', () => 'hello\r\n\r\n', 400, 'malformed-request'],
    ['an unknown method', () => head('FETCH / HTTP/1.1', 'Host: x'), 400, 'malformed-request'],
    ['a version nobody speaks', () => head('GET / HTTP/7.3', 'Host: x'), 400, 'malformed-request'],
    ['no Host', () => head('GET /v1/event-types HTTP/1.1', 'Connection: close'), 400, 'malformed-request'],
    ['a header without a name', () => head('GET / HTTP/1.1', 'Host: x', ': y'), 400, 'malformed-request'],
    ['a bare line feed in a header', () => head('GET / HTTP/1.1', 'Host: x', 'A: b\nC: d'), 400, 'malformed-request'],
    ['two hosts', () => head('GET /v1/event-types HTTP/1.1', 'Host: x', 'Host: y'), 400, 'malformed-request'],
    ['two lengths', () => post('{}', 'Content-Length: 2', 'Content-Length: 3'), 400, 'malformed-request'],
    ['a negative length', () => post('{}', 'Content-Length: -2'), 400, 'malformed-request'],
    [
      'a length and chunks (smuggling)',
      () => post('0\r\n\r\n', 'Content-Length: 5', 'Transfer-Encoding: chunked'),
      400,
      'malformed-request',
    ],
    ['a compressed transfer', () => post('', 'Transfer-Encoding: gzip, chunked'), 400, 'malformed-request'],
    ['an unknown transfer encoding', () => post('{}', 'Transfer-Encoding: gzip, identity'), 400, 'malformed-request'],
    [
      'a chunk size that is none',
      () => post('zz\r\n{}\r\n0\r\n\r\n', 'Transfer-Encoding: chunked'),
      400,
      'malformed-request',
    ],
    [
      '17 KiB of headers',
      () => head('GET / HTTP/1.1', 'Host: x', `A: ${'b'.repeat(17_000)}`),
      431,
      'headers-too-large',
    ],
    ['17 KiB of path', () => head(`GET /${'b'.repeat(17_000)} HTTP/1.1`, 'Host: x'), 431, 'headers-too-large'],
    ['an expectation nobody meets', () => post('', 'Content-Length: 2', 'Expect: wonders'), 417, 'expectation-failed'],
    ['a request for a proxy', () => head('CONNECT example.org:443 HTTP/1.1', 'Host: x'), 400, 'malformed-request'],
  ])('is answered with a problem: %s', async (_what, request, status, slug) => {
    expectProblemAlone(await rawHttp(app.port, request()), status, slug);
  });

  it.each([
    ['headers that never end', () => 'GET / HTTP/1.1\r\nHost: x\r\nA:'],
    ['a body that never ends', (till: Caller) => postOf(till, '{"a"', 'Content-Length: 400')],
  ])('is answered with a problem once it has lasted too long: %s', async (_what, request) => {
    // A server of its own: on a busy machine what is whole takes longer than this, too.
    const limits = { headersTimeout: 150, requestTimeout: 300, checkInterval: 20 };
    const impatient = await startIngestApp({ limits });
    const answers = await rawHttp(impatient.port, request(await publisher(impatient, 'till')));
    await impatient.close();
    expectProblemAlone(answers, 408, 'request-timeout');
  });

  it('stores nothing', async () => {
    expect((await app.store.outbox.measure()).counts).toEqual([]);
    expect(app.journal.filter((line) => line.endsWith('accepted'))).toEqual([]);
  });

  it.each([
    ['no HTTP', () => 'nonsense\r\n\r\n'],
    ['an answered request whose body breaks off', () => post('{}', 'Transfer-Encoding: gzip, chunked')],
  ])('behind a good request is answered after it: %s', async (_what, second) => {
    const text = JSON.stringify(app.catalog.find('CustomerPurchase')?.example);
    const first = post(text, `Content-Length: ${text.length}`);
    expect((await rawHttp(app.port, first + second())).map(({ status }) => status)).toEqual([202, 400]);
  });

  it('does not keep the server from serving others', async () => {
    const slow = connect(app.port, '127.0.0.1');
    await once(slow, 'connect');
    slow.write('GET / HTTP/1.1\r\n');
    expect((await caller.get('/v1/event-types')).status).toBe(200);
    slow.write('Host: x\r\nConnection: close\r\n\r\n');
    const [answer] = (await once(slow, 'data')) as [Buffer];
    expect(answer.toString()).toMatch(/^HTTP\/1\.1 404 /);
    slow.destroy();
  });
});

describe('HTTP at the edge of the rules', () => {
  it('is served: chunks, 100-continue, pipelined requests', async () => {
    const text = JSON.stringify(app.catalog.find('CustomerPurchase')?.example);
    const chunked = post(`${text.length.toString(16)}\r\n${text}\r\n0\r\n\r\n`, 'Transfer-Encoding: chunked');
    const plain = post(text, `Content-Length: ${text.length}`, 'Connection: close');
    const answers = await rawHttp(app.port, chunked + plain);
    expect(answers.map(({ status }) => status)).toEqual([202, 202]);
    expect(answers[1]?.head.toLowerCase()).toContain('idempotency-replayed: true');
    const expected = post(text, `Content-Length: ${text.length}`, 'Expect: 100-continue', 'Connection: close');
    expect((await rawHttp(app.port, expected)).map(({ status }) => status)).toEqual([100, 202]);
  });

  it('is served without Host by HTTP/1.0, which has none', async () => {
    const [answer] = await rawHttp(app.port, head('GET /openapi.json HTTP/1.0'));
    expect(answer?.status).toBe(200);
  });
});
