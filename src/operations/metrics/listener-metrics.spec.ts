import { describe, expect, it } from '@jest/globals';
import { Registry } from 'prom-client';
import { ListenerMetrics } from './listener-metrics.js';

async function samples(registry: Registry): Promise<readonly string[]> {
  const lines = (await registry.metrics()).split('\n');
  return lines.filter((line) => line !== '' && !line.startsWith('#'));
}

describe('the metrics of the listener', () => {
  it.each<readonly [string, (metrics: ListenerMetrics) => void, string]>([
    [
      'that the bus is listened to',
      (metrics) => metrics.listens('service-bus', true),
      'gateway_receipt_listener_up{channel="service-bus"} 1',
    ],
    [
      'that it is not',
      (metrics) => metrics.listens('service-bus', false),
      'gateway_receipt_listener_up{channel="service-bus"} 0',
    ],
    [
      'that the bus did not take a settlement',
      (metrics) => metrics.unsettled('service-bus'),
      'gateway_receipts_unsettled_total{channel="service-bus"} 1',
    ],
  ])('tell %s, and nothing that did not happen', async (_what, happens, expected) => {
    const registry = new Registry();
    const metrics = new ListenerMetrics(registry);
    expect(await samples(registry)).toEqual([]);
    happens(metrics);
    expect(await samples(registry)).toEqual([expected]);
  });
});
