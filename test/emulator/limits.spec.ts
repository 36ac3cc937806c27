import { describe, expect, it } from '@jest/globals';
import { DEFAULT_APPLICATION_USER } from '../../src/emulator/emulator-options.js';
import { NO_LIMITS } from '../../src/emulator/limits/service-protection-limits.js';
import { batchOf } from './support/batch.js';
import { Client } from './support/client.js';
import { ManualClock } from './support/manual-clock.js';
import { PURCHASE_BODY } from './support/purchase-api.js';
import { type Running, runningEmulator } from './support/running-emulator.js';

const OTHER = { clientId: 'cccccccc-0000-4000-8000-000000000001', clientSecret: 'other' };
const call = ({ client }: Running) => client.call('contoso_CustomerPurchase', PURCHASE_BODY);

async function callUntilRefused(running: Running): Promise<number> {
  for (let taken = 0; ; taken += 1) if ((await call(running)).status === 429) return taken;
}

describe('the limit of requests', () => {
  it('refuses the request after the last within the window, in the words of Dataverse', async () => {
    const running = await runningEmulator({ limits: { requests: 3, windowMs: 10_000 }, clock: new ManualClock() });
    expect(await callUntilRefused(running)).toBe(3);
    const reply = await call(running);
    expect(reply.json()).toEqual({
      error: {
        code: '0x80072322',
        message: 'Number of requests exceeded the limit of 3 over time window of 10 seconds.',
      },
    });
    expect(reply.headers['retry-after']).toBe('10');
    expect(running.emulator.receivedCount).toBe(3);
  });

  it('has room again as the window slides', async () => {
    const clock = new ManualClock();
    const running = await runningEmulator({ limits: { requests: 2, windowMs: 10_000 }, clock });
    await call(running);
    clock.pass(4000);
    await call(running);
    expect((await call(running)).headers['retry-after']).toBe('6');
    clock.pass(5999);
    expect((await call(running)).status).toBe(429);
    clock.pass(9000);
    expect((await call(running)).status).toBe(204);
  });

  it('shows what is left on every answer', async () => {
    const running = await runningEmulator({ limits: { requests: 5 }, clock: new ManualClock() });
    expect((await call(running)).headers).toMatchObject({
      'x-ms-ratelimit-burst-remaining-xrm-requests': '4',
      'x-ms-ratelimit-time-remaining-xrm-requests': '1,200.00',
    });
    expect((await running.client.api('WhoAmI')).headers['x-ms-ratelimit-burst-remaining-xrm-requests']).toBe('3');
  });

  it('counts every user and every web server by itself', async () => {
    const limits = { requests: 1 };
    const applicationUsers = [DEFAULT_APPLICATION_USER, OTHER];
    const running = await runningEmulator({ limits, applicationUsers, webServers: 2, clock: new ManualClock() });
    const other = new Client(running.emulator, OTHER);
    expect(await callUntilRefused(running)).toBe(2);
    expect((await other.call('contoso_CustomerPurchase', PURCHASE_BODY)).status).toBe(204);
    other.close();
    expect(running.emulator.received().map(({ webServer }) => webServer)).toEqual([0, 1, 1]);
  });
});

describe('Retry-After', () => {
  it('grows for a client that goes on calling, and not for one whose calls were under way', async () => {
    const clock = new ManualClock();
    const running = await runningEmulator({ limits: { requests: 1, windowMs: 10_000 }, clock });
    await call(running);
    const told = async () => Number((await call(running)).headers['retry-after']);
    expect(await told()).toBe(10);
    clock.pass(900);
    expect(await told()).toBe(10);
    clock.pass(600);
    expect([await told(), await told(), await told()]).toEqual([15, 23, 35]);
    clock.pass(34_999);
    expect((await call(running)).status).toBe(429);
  });

  it('never exceeds its maximum, and starts over after it was obeyed', async () => {
    const clock = new ManualClock();
    const running = await runningEmulator({
      limits: { requests: 1, windowMs: 10_000 },
      clock,
      unconfirmed: { maxRetryAfterSeconds: 20 },
    });
    await call(running);
    await call(running);
    clock.pass(2000);
    for (let calls = 0; calls < 5; calls += 1) await call(running);
    expect((await call(running)).headers['retry-after']).toBe('20');
    clock.pass(20_000);
    expect((await call(running)).status).toBe(204);
    expect((await call(running)).headers['retry-after']).toBe('10');
  });

  it('is what early calls are counted by, whoever said it', async () => {
    const clock = new ManualClock();
    const running = await runningEmulator({ clock });
    running.emulator.throttleNext(1, { retryAfterSeconds: 5 });
    expect((await call(running)).status).toBe(429);
    expect(running.emulator.earlyCalls()).toEqual({ count: 0, late: 0, newest: [] });
    clock.pass(2000);
    expect((await call(running)).status).toBe(204);
    clock.pass(3000);
    await call(running);
    expect(running.emulator.earlyCalls()).toEqual({
      count: 1,
      late: 1,
      newest: [{ at: clock.now() - 3000, clientId: DEFAULT_APPLICATION_USER.clientId, msAfterClosing: 2000 }],
    });
    expect(running.emulator.requests().filter(({ duringRetryAfter }) => duringRetryAfter)).toHaveLength(1);
  });
});

describe('early calls', () => {
  it('are late past the second in which they may have been under way', async () => {
    const clock = new ManualClock();
    const running = await runningEmulator({ clock });
    running.emulator.throttleNext(1, { retryAfterSeconds: 5 });
    await call(running);
    clock.pass(1000);
    await call(running);
    expect(running.emulator.earlyCalls()).toMatchObject({ count: 1, late: 0, newest: [{ msAfterClosing: 1000 }] });
    clock.pass(1);
    await call(running);
    expect(running.emulator.earlyCalls()).toMatchObject({ count: 2, late: 1, newest: [{}, { msAfterClosing: 1001 }] });
  });

  it('are those of the user who was told, whoever of its processes sends them', async () => {
    const clock = new ManualClock();
    const running = await runningEmulator({ clock, applicationUsers: [DEFAULT_APPLICATION_USER, OTHER] });
    const [twin, other] = [new Client(running.emulator), new Client(running.emulator, OTHER)];
    running.emulator.throttleNext(1, { retryAfterSeconds: 5 });
    await call(running);
    await twin.call('contoso_CustomerPurchase', PURCHASE_BODY);
    await other.call('contoso_CustomerPurchase', PURCHASE_BODY);
    for (const client of [twin, other]) client.close();
    const { clientId } = DEFAULT_APPLICATION_USER;
    expect(running.emulator.earlyCalls()).toMatchObject({ count: 1, newest: [{ clientId, msAfterClosing: 0 }] });
  });

  it('are forgotten by a reset, and so is who was told to wait', async () => {
    const running = await runningEmulator({ clock: new ManualClock() });
    running.emulator.throttleNext(1, { retryAfterSeconds: 5 });
    await call(running);
    await call(running);
    running.emulator.reset();
    expect(running.emulator.throttledCount).toBe(0);
    await call(running);
    expect(running.emulator.earlyCalls()).toEqual({ count: 0, late: 0, newest: [] });
  });
});

describe('a waiting time', () => {
  it('counts when it was told as a date', async () => {
    const clock = new ManualClock();
    const running = await runningEmulator({ clock });
    const date = new Date(clock.now() + 5000).toUTCString();
    running.emulator.failNext({ status: 503, headers: { 'Retry-After': date } });
    await call(running);
    clock.pass(4999);
    await call(running);
    clock.pass(1);
    await call(running);
    expect(running.emulator.earlyCalls().count).toBe(1);
  });

  it('counts when the parts of a batch told it', async () => {
    const unconfirmed = { throttledBatch: 'parts' } as const;
    const running = await runningEmulator({ limits: { requests: 1 }, clock: new ManualClock(), unconfirmed });
    const batch = batchOf([{ uri: '/api/data/v9.2/contoso_CustomerPurchase', body: PURCHASE_BODY }]);
    for (let calls = 0; calls < 3; calls += 1) await running.client.api('$batch', { method: 'POST', ...batch });
    expect(running.emulator.earlyCalls().count).toBe(1);
  });
});

describe('the limit of execution time', () => {
  it('refuses once the calls together took too long', async () => {
    const limits = { executionTimeMs: 30, windowMs: 10_000 };
    const running = await runningEmulator({ limits, serverTimeMs: 10, clock: new ManualClock() });
    expect(await callUntilRefused(running)).toBe(3);
    expect((await call(running)).json()).toEqual({
      error: {
        code: '0x80072321',
        message:
          'Combined execution time of incoming requests exceeded limit of 30  milliseconds over time window of 10 seconds. Decrease number of concurrent requests or reduce the duration of requests and try again later.',
      },
    });
  });

  it('counts every operation of a batch in full', async () => {
    const running = await runningEmulator({
      limits: { executionTimeMs: 1000 },
      serverTimeMs: 5,
      clock: new ManualClock(),
    });
    const parts = Array.from({ length: 4 }, () => ({
      uri: '/api/data/v9.2/contoso_CustomerPurchase',
      body: PURCHASE_BODY,
    }));
    await running.client.api('$batch', { method: 'POST', ...batchOf(parts) });
    const { headers } = await running.client.api('WhoAmI');
    expect(headers['x-ms-ratelimit-time-remaining-xrm-requests']).toBe('0.98');
  });
});

describe('execution time without its duration', () => {
  it('binds although nobody waited for it', async () => {
    const running = await runningEmulator({ limits: { executionTimeMs: 30_000 }, clock: new ManualClock() });
    running.emulator.settings.executionMs = 10_000;
    expect(await callUntilRefused(running)).toBe(3);
    expect((await call(running)).json()).toMatchObject({ error: { code: '0x80072321' } });
  });

  it('counts every operation of a batch, which is one request', async () => {
    const running = await runningEmulator({ executionMs: 100_000, serverTimeMs: 1, clock: new ManualClock() });
    const parts = Array.from({ length: 4 }, () => ({
      uri: '/api/data/v9.2/contoso_CustomerPurchase',
      body: PURCHASE_BODY,
    }));
    await running.client.api('$batch', { method: 'POST', ...batchOf(parts) });
    expect((await running.client.api('WhoAmI')).headers).toMatchObject({
      'x-ms-ratelimit-time-remaining-xrm-requests': '800.00',
      'x-ms-ratelimit-burst-remaining-xrm-requests': '5998',
    });
  });
});

describe('limits of one user', () => {
  it('hold for it alone, and what they leave out is as for all', async () => {
    const clock = new ManualClock();
    const running = await runningEmulator({ clock, applicationUsers: [DEFAULT_APPLICATION_USER, OTHER] });
    const other = new Client(running.emulator, OTHER);
    running.emulator.changeLimits({ requests: 1, windowMs: 10_000 }, DEFAULT_APPLICATION_USER.clientId);
    expect(await callUntilRefused(running)).toBe(1);
    expect((await call(running)).json()).toMatchObject({
      error: { message: 'Number of requests exceeded the limit of 1 over time window of 10 seconds.' },
    });
    for (let calls = 0; calls < 3; calls += 1) {
      expect((await other.call('contoso_CustomerPurchase', PURCHASE_BODY)).status).toBe(204);
    }
    other.close();
    clock.pass(20_000);
    running.emulator.changeLimits({}, DEFAULT_APPLICATION_USER.clientId);
    expect([(await call(running)).status, (await call(running)).status]).toEqual([204, 204]);
  });
});

describe('the limit of concurrent requests', () => {
  async function crowd(running: Running): Promise<number[]> {
    running.emulator.hang({ times: 2 });
    const hanging = [call(running), call(running)];
    await whenInFlight(running, 2);
    const refused = await call(running);
    expect(refused.json()).toEqual({
      error: { code: '0x80072326', message: 'Number of concurrent requests exceeded the limit of 2.' },
    });
    expect(refused.headers['retry-after']).toBe('5');
    running.emulator.releaseHanging();
    const served = await Promise.all(hanging);
    return [...served.map(({ status }) => status), (await call(running)).status];
  }

  /** A fault on order that was met by all has gone from the list. */
  async function whenInFlight({ client }: Running, met: number): Promise<void> {
    const deadline = Date.now() + 30_000;
    while (((await client.control('GET', '/faults')).json() as unknown as unknown[]).length > 0) {
      if (Date.now() > deadline) throw new Error(`no ${met} requests in flight`);
    }
  }

  it('refuses at once, and closes until Retry-After has passed', async () => {
    const clock = new ManualClock();
    const running = await runningEmulator({ limits: { concurrency: 2 }, clock });
    expect(await crowd(running)).toEqual([204, 204, 429]);
    clock.pass(5000);
    expect((await call(running)).status).toBe(204);
  });

  it('refuses only what is too much where the options say so', async () => {
    const unconfirmed = { concurrencyClosesGate: false };
    const running = await runningEmulator({ limits: { concurrency: 2 }, clock: new ManualClock(), unconfirmed });
    expect(await crowd(running)).toEqual([204, 204, 204]);
  });
});

describe('limits', () => {
  it('are off where they are null, with their headers', async () => {
    const running = await runningEmulator({ limits: NO_LIMITS, dopHint: null });
    const { status, headers } = await call(running);
    expect(status).toBe(204);
    expect(
      Object.keys(headers).filter((name) => name.startsWith('x-ms-ratelimit') || name === 'x-ms-dop-hint'),
    ).toEqual([]);
  });

  it('can be changed while it runs', async () => {
    const running = await runningEmulator({ clock: new ManualClock() });
    await call(running);
    running.emulator.changeLimits({ requests: 1 });
    expect((await call(running)).status).toBe(429);
    running.emulator.reset();
    expect((await call(running)).status).toBe(204);
  });
});

describe('web servers', () => {
  it('take turns, and the affinity cookie pins a client to one', async () => {
    const running = await runningEmulator({ webServers: 3 });
    const cookies = [await call(running), await call(running), await call(running)].map(
      ({ headers }) => headers['set-cookie'],
    );
    expect(new Set(cookies).size).toBe(3);
    expect(cookies[1]).toMatch(/^ARRAffinity=[0-9a-f]{64};Path=\/;HttpOnly;Secure$/);
    const cookie = `other=1; ${cookies[1]?.split(';')[0]}`;
    for (let calls = 0; calls < 3; calls += 1)
      await running.client.call('contoso_CustomerPurchase', PURCHASE_BODY, { cookie });
    expect(running.emulator.received().map(({ webServer }) => webServer)).toEqual([0, 1, 2, 1, 1, 1]);
  });

  it('keep a connection each where the options say so', async () => {
    const running = await runningEmulator({ webServers: 3, unconfirmed: { balancing: 'per-connection' } });
    for (let calls = 0; calls < 4; calls += 1) await call(running);
    expect(new Set(running.emulator.received().map(({ webServer }) => webServer)).size).toBe(1);
  });
});
