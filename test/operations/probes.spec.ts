import { afterEach, describe, expect, it } from '@jest/globals';
import type { OutboxGauges } from '../../src/outbox/outbox.js';
import { type OperationsApp, type OperationsAppOptions, startOperationsApp } from './support/operations-app.js';

const NOTHING: OutboxGauges = { counts: [], oldestPendingAt: null, blocking: [], overdue: [], removed: [] };

let app: OperationsApp;
afterEach(() => app.close());

async function start(options: OperationsAppOptions = {}): Promise<void> {
  app = await startOperationsApp(options);
}

async function probe(url: string): Promise<{ readonly status: number; readonly body: unknown }> {
  const response = await fetch(url);
  return { status: response.status, body: await response.json() };
}

/** The same probes stand on both listeners. */
const LISTENERS = [
  ['the API', () => app.url],
  ['METRICS_PORT', () => app.metricsUrl],
] as const;

describe.each(LISTENERS)('the probes on %s', (_name, url) => {
  it('say that the process lives, without credentials', async () => {
    await start();

    expect(await probe(`${url()}/health/live`)).toEqual({ status: 200, body: { status: 'ok' } });
  });

  it('say ready while the outbox can be reached', async () => {
    await start();

    expect(await probe(`${url()}/health/ready`)).toEqual({
      status: 200,
      body: { status: 'ok', checks: { outbox: 'up', process: 'serving' } },
    });
  });

  it('stay ready while every gate is closed: Dataverse away is not unready', async () => {
    await start();
    const now = Date.now();
    const facts = {
      detail: null,
      closings: 1,
      pause: null,
      recreation: null,
      unread: null,
      probe: null,
      changedAt: now,
      revision: 1,
    } as const;
    await app.store.gates.save({ ...facts, name: 'user:a', cause: 'unavailable', closedUntil: now + 60_000 }, null);

    expect((await probe(`${url()}/health/ready`)).status).toBe(200);
  });

  it('say not ready, but alive, once the shutdown has begun, while traffic is still answered', async () => {
    await start();

    app.lifecycle.beginShutdown();

    expect(await probe(`${url()}/health/ready`)).toEqual({
      status: 503,
      body: { status: 'unavailable', checks: { outbox: 'up', process: 'stopping' } },
    });
    expect((await probe(`${url()}/health/live`)).status).toBe(200);
  });

  it.each([
    ['rejects', () => Promise.reject(new Error('disk gone'))],
    [
      'throws',
      () => {
        throw new Error('closed');
      },
    ],
    ['hangs', () => new Promise<never>(() => {})],
  ])('say not ready within a second when the outbox %s', async (_how, measure) => {
    await start({ measure });
    const startedAt = performance.now();

    expect(await probe(`${url()}/health/ready`)).toEqual({
      status: 503,
      body: { status: 'unavailable', checks: { outbox: 'down', process: 'serving' } },
    });
    expect(performance.now() - startedAt).toBeLessThan(10_000);
  });
});

describe('a readiness probe', () => {
  it('asks the store once, however many ask at the same time', async () => {
    let asked = 0;
    const { promise, resolve } = Promise.withResolvers<OutboxGauges>();
    const measure = () => {
      asked += 1;
      return promise;
    };
    await start({ measure });
    const readiness = app.readiness;

    // Not over the network: there they would come as a busy machine lets them, and not at the same time.
    const probes = Promise.all(Array.from({ length: 50 }, () => readiness.check()));
    resolve(NOTHING);

    expect((await probes).every(({ status }) => status === 'ok')).toBe(true);
    expect(asked).toBe(1);
    expect((await probe(`${app.metricsUrl}/health/ready`)).status).toBe(200);
    expect(asked).toBe(2);
  });

  it('recovers with the store', async () => {
    let isUp = false;
    await start({
      measure: () => (isUp ? Promise.resolve(NOTHING) : Promise.reject(new Error('away'))),
    });
    expect((await probe(`${app.url}/health/ready`)).status).toBe(503);

    isUp = true;

    expect((await probe(`${app.url}/health/ready`)).status).toBe(200);
  });
});
