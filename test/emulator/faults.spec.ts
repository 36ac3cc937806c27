import { describe, expect, it } from '@jest/globals';
import type { Fault } from '../../src/emulator/faults/fault.js';
import { until } from '../support/until.js';
import { PURCHASE_BODY } from './support/purchase-api.js';
import { type Running, runningEmulator } from './support/running-emulator.js';

const NAME = 'contoso_CustomerPurchase';
const call = ({ client }: Running, body = PURCHASE_BODY) => client.call(NAME, body);

describe('a fault with an answer', () => {
  it('stands in for the true one, as often as ordered', async () => {
    const running = await runningEmulator();
    running.emulator.failNext({ status: 500, code: '0x80044150', message: 'Sql error', times: 2 });
    const replies = [await call(running), await call(running), await call(running)];
    expect(replies.map(({ status }) => status)).toEqual([500, 500, 204]);
    expect(replies[0]?.json()).toEqual({ error: { code: '0x80044150', message: 'Sql error' } });
    expect(running.emulator.receivedCount).toBe(1);
    expect(running.emulator.requests().filter(({ fault }) => fault === 'status')).toHaveLength(2);
  });

  it('after the commit hides a call that was taken', async () => {
    const running = await runningEmulator();
    running.emulator.failNext({ status: 502, when: 'after-commit' });
    expect((await call(running)).status).toBe(502);
    expect(running.emulator.receivedCount).toBe(1);
    expect(running.emulator.requests().at(-1)).toMatchObject({ status: 502, committed: 1 });
  });

  it('may be a redirect, a page, or far too long', async () => {
    const running = await runningEmulator();
    running.emulator.failNext({ status: 302, headers: { Location: 'https://elsewhere.example/' } });
    running.emulator.failNext({
      status: 200,
      headers: { 'Content-Type': 'text/html' },
      body: '<html>',
      padTo: 3_000_000,
    });
    expect((await call(running)).headers.location).toBe('https://elsewhere.example/');
    const page = await call(running);
    expect([page.headers['content-type'], page.body.length, page.body.trim()]).toEqual([
      'text/html',
      3_000_000,
      '<html>',
    ]);
  });

  it.each([
    ['requests', '0x80072322'],
    ['execution-time', '0x80072321'],
    ['concurrency', '0x80072326'],
  ] as const)('throttles by %s although there is room', async (facet, code) => {
    const running = await runningEmulator();
    running.emulator.throttleNext(1, { facet, retryAfterSeconds: 3 });
    const reply = await call(running);
    expect([reply.status, reply.headers['retry-after'], reply.json().error]).toMatchObject([429, '3', { code }]);
  });

  it('throttles without a waiting time where none is wanted', async () => {
    const running = await runningEmulator();
    running.emulator.throttleNext(1, { retryAfterSeconds: null });
    expect((await call(running)).headers).not.toHaveProperty('retry-after');
  });

  it('finds the token expired, once', async () => {
    const running = await runningEmulator();
    running.emulator.expireTokenOnNext();
    const reply = await call(running);
    expect([reply.status, reply.headers['www-authenticate']]).toEqual([401, expect.stringContaining('invalid_token')]);
    expect((await call(running)).status).toBe(204);
  });
});

describe('a fault of the connection', () => {
  it.each([
    ['before the commit', 'before-commit', 0],
    ['after the commit', 'after-commit', 1],
  ] as const)('resets it %s', async (_when, when, received) => {
    const running = await runningEmulator();
    await running.client.token();
    if (when === 'before-commit') running.emulator.resetBeforeCommit();
    else running.emulator.resetAfterCommit();
    await expect(call(running)).rejects.toMatchObject({ code: 'ECONNRESET' });
    expect(running.emulator.receivedCount).toBe(received);
    expect(running.emulator.requests().at(-1)).toMatchObject({ status: null, fault: 'reset', committed: received });
    expect((await call(running)).status).toBe(204);
  });

  it('cuts the answer off after its status line', async () => {
    const running = await runningEmulator();
    await running.client.token();
    running.emulator.fault({ kind: 'truncate' });
    await expect(call(running)).rejects.toMatchObject({ code: 'ECONNRESET', message: 'aborted' });
    expect(running.emulator.receivedCount).toBe(1);
  });

  it('answers with bytes that are no HTTP', async () => {
    const running = await runningEmulator();
    await running.client.token();
    running.emulator.fault({ kind: 'raw', bytes: 'SSH-2.0-OpenSSH_9.2\r\n' });
    await expect(call(running)).rejects.toMatchObject({ code: expect.stringMatching(/^HPE_/) });
    expect(running.emulator.receivedCount).toBe(0);
  });
});

describe('a hanging call', () => {
  it('goes on when released: before the commit it is then taken', async () => {
    const running = await runningEmulator();
    running.emulator.hang();
    const hanging = call(running);
    await whenMet(running);
    expect(running.emulator.receivedCount).toBe(0);
    running.emulator.releaseHanging();
    expect((await hanging).status).toBe(204);
    expect(running.emulator.receivedCount).toBe(1);
  });

  it('after the commit was taken already', async () => {
    const running = await runningEmulator();
    running.emulator.hang({ when: 'after-commit' });
    const hanging = call(running);
    await running.emulator.whenReceived(1);
    running.emulator.releaseHanging();
    expect((await hanging).status).toBe(204);
  });

  it('is never taken when its client has left', async () => {
    const running = await runningEmulator();
    await running.client.token();
    running.emulator.hang();
    const hanging = call(running);
    const left = expect(hanging).rejects.toThrow();
    await whenMet(running);
    const logged = running.emulator.requests().length;
    running.client.close();
    await left;
    await until(() => running.emulator.requests().length > logged);
    expect(running.emulator.requests().at(-1)).toMatchObject({ status: null, fault: 'hang', committed: 0 });
    expect(running.emulator.receivedCount).toBe(0);
  });

  it('does not hold up the end of the emulator', async () => {
    const running = await runningEmulator();
    await running.client.token();
    running.emulator.hang();
    const left = expect(call(running)).rejects.toThrow();
    await whenMet(running);
    await running.emulator.stop();
    await left;
  });
});

describe('the token endpoint', () => {
  it.each<[string, Fault, number]>([
    ['fails', { kind: 'status', status: 503, body: '<html>', match: { target: 'token' } }, 503],
    ['throttles', { kind: 'throttle', match: { target: 'token' } }, 429],
  ])('%s on order, and the Web API does not', async (_what, fault, status) => {
    const running = await runningEmulator();
    await running.client.token();
    running.emulator.fault(fault);
    expect((await call(running)).status).toBe(204);
    expect((await running.client.askToken()).status).toBe(status);
    expect((await running.client.askToken()).status).toBe(200);
  });

  it('breaks its connection on order', async () => {
    const { client, emulator } = await runningEmulator();
    emulator.resetAfterCommit({ match: { target: 'token' } });
    await expect(client.askToken()).rejects.toMatchObject({ code: 'ECONNRESET' });
  });
});

describe('a fault', () => {
  it('meets only the requests it is meant for', async () => {
    const running = await runningEmulator();
    const poison = PURCHASE_BODY.replace('001"', '0ff"').replace('0000000001', '00000000ff');
    running.emulator.failNext({ status: 500, times: null, match: { customApi: NAME, bodyContains: '00000000ff' } });
    running.emulator.failNext({ status: 501, match: { target: 'who-am-i' } });
    running.emulator.failNext({ status: 502, match: { clientId: 'another' } });
    expect((await call(running)).status).toBe(204);
    expect([(await call(running, poison)).status, (await call(running, poison)).status]).toEqual([500, 500]);
    expect((await running.client.api('WhoAmI')).status).toBe(501);
    expect((await running.client.api('WhoAmI')).status).toBe(200);
  });

  it('meets every nth request where it is told to', async () => {
    const running = await runningEmulator();
    running.emulator.failNext({ status: 503, times: null, every: 3 });
    const statuses: number[] = [];
    for (let calls = 0; calls < 6; calls += 1) statuses.push((await call(running)).status);
    expect(statuses).toEqual([204, 204, 503, 204, 204, 503]);
  });

  it('waits before it happens', async () => {
    const running = await runningEmulator();
    await running.client.token();
    running.emulator.fault({ kind: 'delay', delayMs: 60 });
    const startedAt = performance.now();
    expect((await call(running)).status).toBe(204);
    expect(performance.now() - startedAt).toBeGreaterThanOrEqual(59);
  });

  it('is taken back', async () => {
    const running = await runningEmulator();
    running.emulator.failNext({ status: 503, times: null });
    running.emulator.clearFaults();
    expect((await call(running)).status).toBe(204);
  });

  it.each<[string, Fault]>([
    ['meets a part and counts parts', { kind: 'truncate', afterParts: 1, match: { target: 'part' } }],
    ['expires the token of the token endpoint', { kind: 'expired-token', match: { target: 'token' } }],
    ['has a header that HTTP cannot carry', { kind: 'status', status: 500, headers: { 'X-Bad': 'a\nb' } }],
  ])('that %s is refused when ordered', async (_what, fault) => {
    const { emulator } = await runningEmulator();
    expect(() => emulator.fault(fault)).toThrow();
  });
});

/** Waits until no fault is on order: each was met. */
async function whenMet({ client }: Running): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  const ask = async () => {
    const waiting = (await client.control('GET', '/faults')).json() as unknown as unknown[];
    if (waiting.length === 0) resolve();
    else setImmediate(ask);
  };
  await ask();
  await promise;
}
