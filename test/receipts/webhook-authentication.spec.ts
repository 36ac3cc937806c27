import { connect } from 'node:net';
import { afterEach, describe, expect, it } from '@jest/globals';
import type { HookAuth } from '../../src/kernel/hook-auth.js';
import { ManualClock } from '../support/manual-clock.js';
import { contextOf } from './support/contexts.js';
import { HEADER_AUTH, type ReceiverApp, RIGHT, startReceiver } from './support/receiver-app.js';

const NOBODY = '0199e2a4-7c3e-7b1a-9f2d-4b8c6d1e0f3a';
const CONTEXT = JSON.stringify(contextOf(NOBODY));

let app: ReceiverApp;
afterEach(() => app.close());

interface Attempt {
  readonly says: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly query?: string;
  readonly status: number;
}

const TWO_HEADERS: HookAuth = {
  kind: 'http-header',
  headers: [
    { name: 'X-First', value: 'one two' },
    { name: 'x-second', value: 'two' },
  ],
};
const KEY: HookAuth = { kind: 'webhook-key', key: 'a+b/c==' };
const PAIRS: HookAuth = {
  kind: 'query-string',
  parameters: [
    { name: 'sig', value: 'ä &b=%2B' },
    { name: 'sv', value: '1' },
  ],
};
const SIG = encodeURIComponent('ä &b=%2B');

const ATTEMPTS: readonly (Attempt & { readonly ways: readonly HookAuth[] })[] = [
  ...of(
    [TWO_HEADERS],
    [
      { says: 'both headers, whatever their case', headers: { 'x-FIRST': 'one two', 'X-Second': 'two' }, status: 204 },
      { says: 'one header of two', headers: { 'x-first': 'one two' }, status: 401 },
      { says: 'a wrong second header', headers: { 'x-first': 'one two', 'x-second': 'twO' }, status: 401 },
      { says: 'an empty header', headers: { 'x-first': '', 'x-second': 'two' }, status: 401 },
      { says: 'the secrets swapped', headers: { 'x-first': 'two', 'x-second': 'one two' }, status: 401 },
      { says: 'the secrets in the query', query: '?x-first=one%20two&x-second=two', status: 401 },
      { says: 'nothing', status: 401 },
      { says: 'an over-long secret', headers: { 'x-first': 'one two'.repeat(1_500), 'x-second': 'two' }, status: 401 },
    ],
  ),
  ...of(
    [KEY],
    [
      { says: 'the key as it stands', query: '?code=a+b/c==', status: 204 },
      { says: 'the key percent-encoded', query: '?code=a%2Bb%2Fc%3D%3D', status: 204 },
      { says: 'the key beside other parameters', query: '?other=1&code=a%2Bb/c==&', status: 204 },
      { says: 'the key under an encoded name', query: '?c%6Fde=a%2Bb/c==', status: 204 },
      { says: 'the key twice', query: '?code=a%2Bb/c==&code=a%2Bb/c==', status: 401 },
      { says: 'a wrong key before the right one', query: '?code=wrong&code=a%2Bb/c==', status: 401 },
      { says: 'another name for the key', query: '?Code=a%2Bb/c==', status: 401 },
      { says: 'an empty key', query: '?code=', status: 401 },
      { says: 'a key without a value', query: '?code', status: 401 },
      { says: 'part of the key', query: '?code=a%2Bb/c=', status: 401 },
      { says: 'the key as a header', headers: { code: 'a+b/c==' }, status: 401 },
      { says: 'an over-long key', query: `?code=${'a'.repeat(10_000)}`, status: 401 },
    ],
  ),
  ...of(
    [PAIRS],
    [
      { says: 'all pairs, encoded', query: `?sig=${SIG}&sv=1`, status: 204 },
      {
        says: 'all pairs in another order, spaces as +',
        query: `?sv=1&sig=${SIG.replaceAll('%20', '+')}`,
        status: 204,
      },
      { says: 'one pair of two', query: `?sig=${SIG}`, status: 401 },
      { says: 'a pair twice', query: `?sig=${SIG}&sv=1&sv=1`, status: 401 },
      { says: 'a wrong pair', query: `?sig=${SIG}&sv=2`, status: 401 },
    ],
  ),
  ...of(
    [{ kind: 'query-string', parameters: [{ name: 'sig', value: 'abc%2Bdef%3D' }] }],
    [
      { says: 'a signature that is encoded already, as it stands', query: '?sig=abc%2Bdef%3D', status: 204 },
      { says: 'a signature that is encoded already, encoded again', query: '?sig=abc%252Bdef%253D', status: 204 },
    ],
  ),
  ...of(
    [{ kind: 'webhook-key', key: 'new' }, { kind: 'webhook-key', key: 'old' }, HEADER_AUTH],
    [
      { says: 'the first of several ways', query: '?code=new', status: 204 },
      { says: 'the second of several ways', query: '?code=old', status: 204 },
      { says: 'a way of another kind', headers: RIGHT, status: 204 },
      { says: 'the right one of two ways beside a wrong one', query: '?code=wrong', headers: RIGHT, status: 204 },
      { says: 'none of several ways', query: '?code=newold', headers: { 'x-hook-key': 'new' }, status: 401 },
    ],
  ),
  ...of(
    [{ kind: 'anonymous' }],
    [
      { says: 'nothing where nothing is asked', status: 204 },
      { says: 'something where nothing is asked', query: '?code=x', headers: { 'x-dummy': '1' }, status: 204 },
    ],
  ),
];

function of(ways: readonly HookAuth[], attempts: readonly Attempt[]) {
  return attempts.map((attempt) => ({ ...attempt, ways }));
}

describe('who says that it is Dataverse', () => {
  it.each(ATTEMPTS)('with $says is answered $status', async ({ ways, headers = {}, query = '', status }) => {
    app = await startReceiver({ hookAuth: ways });
    const answer = await app.post(CONTEXT, { headers, query });
    expect(answer.status).toBe(status);
    if (status === 204) return;
    expect(JSON.parse(answer.text)).toMatchObject({
      type: '/problems/hook-unauthenticated',
      instance: '/hooks/dataverse',
    });
    expect(answer.headers.get('www-authenticate')).toMatch(/^Webhook /);
  });

  it('with a header twice is refused, be both right', async () => {
    app = await startReceiver();
    expect(await statusOfRaw('x-hook-key: right\r\nX-Hook-Key: right\r\n')).toBe(401);
    expect(await statusOfRaw('x-hook-key: right\r\nX-Hook-Key: wrong\r\n')).toBe(401);
    expect(await statusOfRaw('x-hook-key: right\r\n')).toBe(204);
  });

  it('with a header that Node keeps one of is refused where it is given twice', async () => {
    app = await startReceiver({ hookAuth: [{ kind: 'http-header', headers: [{ name: 'referer', value: 'right' }] }] });
    expect(await statusOfRaw('Referer: right\r\nReferer: wrong\r\n')).toBe(401);
    expect(await statusOfRaw('Referer: right\r\n')).toBe(204);
  });

  it('finds no receiver where HOOK_AUTH_FILE is not set, and is told so', async () => {
    app = await startReceiver({ hookAuth: null });
    const answer = await app.post(CONTEXT);
    expect(answer.status).toBe(404);
    expect(JSON.parse(answer.text)).toMatchObject({ detail: expect.stringContaining('HOOK_AUTH_FILE') });
  });

  it('is refused before a body is read, however much was announced', async () => {
    app = await startReceiver();
    const answer = await raw('Content-Length: 10000000\r\nContent-Type: application/json\r\n', '');
    expect(answer).toMatch(/^HTTP\/1\.1 401 /);
    expect(answer).toMatch(/\r\nConnection: close\r\n/i);
  });

  it('with a query that cannot be decoded is refused without a word of it', async () => {
    app = await startReceiver({ hookAuth: [KEY] });
    const answer = await app.post(CONTEXT, { headers: {}, query: '?code=marker%zz' });
    expect(answer.status).toBe(400);
    expect(answer.text).not.toContain('marker');
  });

  it('is counted: what is missing, and what is wrong', async () => {
    app = await startReceiver();
    await app.post(CONTEXT, { headers: {} });
    await app.post(CONTEXT, { headers: { 'x-hook-key': 'wrong' } });
    expect(app.journal).toEqual(['refused secret-missing', 'refused secret-invalid']);
  });
});

describe('many wrong secrets from one address', () => {
  it('are slowed down, and a right one from there is served all the same', async () => {
    app = await startReceiver({ clock: new ManualClock() });
    const wrong = { headers: { 'x-hook-key': 'wrong' } };
    for (let n = 0; n < 30; n++) expect((await app.post(CONTEXT, wrong)).status).toBe(401);

    const slowed = await app.post(CONTEXT, wrong);

    expect(slowed.status).toBe(429);
    expect(Number(slowed.headers.get('retry-after'))).toBeGreaterThan(0);
    expect((await app.post(CONTEXT)).status).toBe(204);
    expect(app.journal.at(-2)).toBe('refused secret-slowed');
  });
});

async function statusOfRaw(headers: string): Promise<number> {
  const length = Buffer.byteLength(CONTEXT);
  const answer = await raw(`${headers}Content-Type: application/json\r\nContent-Length: ${length}\r\n`, CONTEXT);
  return Number(/^HTTP\/1\.1 (\d{3})/.exec(answer)?.[1]);
}

/** As no client library would send it. */
function raw(headers: string, body: string): Promise<string> {
  return new Promise((resolve, reject) => {
    let answer = '';
    const socket = connect(app.port, '127.0.0.1', () => {
      socket.write(`POST /hooks/dataverse HTTP/1.1\r\nHost: gateway\r\nConnection: close\r\n${headers}\r\n${body}`);
    });
    socket.on('data', (chunk) => {
      answer += chunk;
    });
    socket.on('error', reject).on('close', () => resolve(answer));
  });
}
