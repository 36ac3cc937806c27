import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { AttemptEntry } from '../../src/delivery/delivery-journal.js';
import { MetricsPortError } from '../../src/operations/metrics-port.error.js';
import { until } from '../support/until.js';
import { type OperationsApp, startOperationsApp } from './support/operations-app.js';

const ATTEMPT: AttemptEntry = {
  eventId: '019aab11-6f2e-7c3a-9d4e-2f6b8a1c5d70',
  type: 'CustomerPurchase',
  client: 'till',
  attempt: 1,
  attemptMax: null,
  outcome: 'delivered',
  counted: true,
  durationMs: 40,
  httpStatus: 204,
  errorCode: null,
  detail: null,
  serviceRequestId: null,
  applicationUser: 'app-1',
  settlement: 'delivered',
  reason: null,
  result: 'settled',
  nextAttemptAt: null,
  ageMs: 55,
};

let app: OperationsApp;
beforeEach(async () => {
  app = await startOperationsApp();
});
afterEach(() => app.close());

async function scrape(): Promise<string> {
  const response = await fetch(`${app.metricsUrl}/metrics`);
  expect(response.headers.get('Content-Type')).toMatch(/^text\/plain; version=0\.0\.4/);
  return response.text();
}

describe('who may read metrics', () => {
  it('takes no credentials on METRICS_PORT', async () => {
    expect(await scrape()).toContain('gateway_store_up 1');
  });

  it('takes an operator on the API, nobody else', async () => {
    const read = async (key: string | null) =>
      fetch(`${app.url}/metrics`, key === null ? {} : { headers: { Authorization: `Bearer ${key}` } });

    expect((await read(null)).status).toBe(401);
    expect((await read(await app.createKey('till', false))).status).toBe(403);
    const answer = await read(await app.createKey('ops', true));
    expect(answer.status).toBe(200);
    expect(answer.headers.get('Content-Type')).toMatch(/^text\/plain/);
    expect(await answer.text()).toContain('gateway_build_info{version=');
  });

  it.each([
    ['GET', '/v1/events', 404],
    ['GET', '/', 404],
    ['POST', '/metrics', 405],
    ['HEAD', '/metrics', 200],
    ['GET', '/metrics?x=1', 200],
  ])('answers %s %s on METRICS_PORT with %i', async (method, path, status) => {
    expect((await fetch(`${app.metricsUrl}${path}`, { method })).status).toBe(status);
  });

  it('refuses to start when METRICS_PORT is taken, naming it', async () => {
    const other = createServer();
    await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve));
    const { port } = other.address() as AddressInfo;

    const start = startOperationsApp({ metricsPort: port });

    await expect(start).rejects.toThrow(MetricsPortError);
    await expect(start).rejects.toThrow(`METRICS_PORT ${port} on 127.0.0.1 is taken by another process`);
    other.close();
  });
});

describe('what is counted', () => {
  it('tells accepted from repeated and refused, by type', async () => {
    app.ingest.accepted('CustomerPurchase', false);
    app.ingest.accepted('CustomerPurchase', false);
    app.ingest.accepted('CustomerPurchase', true);
    app.ingest.refused('CustomerPurchase', 'invalid-event');

    const text = await scrape();

    expect(text).toContain('gateway_events_accepted_total{type="CustomerPurchase",result="accepted"} 2');
    expect(text).toContain('gateway_events_accepted_total{type="CustomerPurchase",result="repeated"} 1');
    expect(text).toContain('gateway_events_refused_total{type="CustomerPurchase",reason="invalid-event"} 1');
  });

  it('has attempts by outcome, and how long deliveries took', async () => {
    app.delivery.attempted(ATTEMPT);
    app.delivery.attempted({ ...ATTEMPT, outcome: 'throttled', counted: false, settlement: 'retry', httpStatus: 429 });

    const text = await scrape();

    const labels = 'type="CustomerPurchase",application_user="app-1"';
    expect(text).toContain(`gateway_delivery_attempts_total{${labels},outcome="delivered"} 1`);
    expect(text).toContain(`gateway_delivery_attempts_total{${labels},outcome="throttled"} 1`);
    expect(text).toContain('gateway_events_delivered_total{type="CustomerPurchase"} 1');
    expect(text).toContain('gateway_delivery_duration_seconds_count{type="CustomerPurchase"} 2');
    expect(text).toContain('gateway_delivery_duration_seconds_bucket{le="0.025",type="CustomerPurchase"} 0');
    expect(text).toContain('gateway_delivery_duration_seconds_bucket{le="0.05",type="CustomerPurchase"} 2');
    expect(text).toContain('gateway_accept_to_delivered_seconds_count{type="CustomerPurchase"} 1');
    expect(text).toContain('gateway_accept_to_delivered_seconds_sum{type="CustomerPurchase"} 0.055');
  });

  it('has the dead by reason', async () => {
    app.delivery.attempted({ ...ATTEMPT, outcome: 'uncertain', settlement: 'dead', reason: 'poison' });

    expect(await scrape()).toContain('gateway_events_dead_total{type="CustomerPurchase",reason="poison"} 1');
  });

  it('does not count an event as delivered or dead whose lease was gone', async () => {
    app.delivery.attempted({ ...ATTEMPT, result: 'stale' });
    app.delivery.attempted({ ...ATTEMPT, result: 'stale', settlement: 'dead', reason: 'rejected' });

    const text = await scrape();

    expect(text).toContain('gateway_stale_settlements_total{type="CustomerPurchase"} 2');
    expect(text).not.toContain('gateway_events_delivered_total{');
    expect(text).not.toContain('gateway_events_dead_total{');
  });

  it('counts an event as delivered that a receipt confirmed during its attempt, and no lease as gone', async () => {
    app.delivery.attempted({ ...ATTEMPT, outcome: 'uncertain', result: 'confirmed' });

    const text = await scrape();

    expect(text).toContain('gateway_events_delivered_total{type="CustomerPurchase"} 1');
    expect(text).not.toContain('gateway_stale_settlements_total{');
  });

  it('leaves the duration of a lease found lost out: nobody knows it', async () => {
    app.delivery.attempted({ ...ATTEMPT, outcome: 'uncertain', settlement: 'retry', applicationUser: 'unknown' });

    expect(await scrape()).not.toContain('gateway_delivery_duration_seconds_count{');
  });
});

describe('how fast an application user goes', () => {
  const PACE = { limit: 12, callsPerSecond: 59.5, batchSize: 10 };

  it('is shown with what Dataverse says of itself', async () => {
    app.delivery.paced('app-1', {
      ...PACE,
      hints: { parallelism: 10, remainingRequests: 5_988, remainingTimeMs: 1_199_250 },
    });

    const text = await scrape();

    expect(text).toContain('gateway_delivery_pace{application_user="app-1"} 12');
    expect(text).toContain('gateway_delivery_pace_calls_per_second{application_user="app-1"} 59.5');
    expect(text).toContain('gateway_delivery_batch_size{application_user="app-1"} 10');
    expect(text).toContain('gateway_dataverse_recommended_parallelism{application_user="app-1"} 10');
    expect(text).toContain('gateway_dataverse_remaining_requests{application_user="app-1"} 5988');
    expect(text).toContain('gateway_dataverse_remaining_seconds{application_user="app-1"} 1199.25');
  });

  it('leaves out what is not known', async () => {
    app.delivery.paced('app-1', { ...PACE, callsPerSecond: null, hints: null });

    const text = await scrape();

    expect(text).toContain('gateway_delivery_pace{application_user="app-1"} 12');
    expect(text).not.toContain('gateway_delivery_pace_calls_per_second{');
    expect(text).not.toMatch(/^gateway_dataverse_/m);
  });
});

describe('the event loop', () => {
  async function delay(quantile: string): Promise<number> {
    const text = await scrape();
    return Number(text.split(`gateway_event_loop_delay_seconds{quantile="${quantile}"} `)[1]?.split('\n')[0]);
  }

  it('is told without the sampling interval, so that an idle process is not 10 ms late', async () => {
    // 0 alone could mean that nothing was sampled since the scrape before.
    await until(async () => {
      const median = await delay('0.5');
      return 0 < median && median < 0.008;
    });

    expect(await scrape()).not.toContain('nodejs_eventloop_lag');
  });

  it('is seen to be late when it was held up', async () => {
    await until(async () => {
      const end = performance.now() + 150;
      while (performance.now() < end);
      return (await delay('1')) > 0.1;
    });
  });
});
