import { beforeEach, describe, expect, it } from '@jest/globals';
import { Registry } from 'prom-client';
import { ReceiptMetrics } from './receipt-metrics.js';

let registry: Registry;
let metrics: ReceiptMetrics;
beforeEach(() => {
  registry = new Registry();
  metrics = new ReceiptMetrics(registry);
});

async function samples(): Promise<readonly string[]> {
  const lines = (await registry.metrics()).split('\n');
  return lines.filter((line) => line !== '' && !line.startsWith('#'));
}

describe('the metrics of receipts', () => {
  it.each<readonly [string, () => void, string]>([
    [
      'what each came to',
      () => metrics.taken({ type: 'A', channel: 'webhook', result: 'repeated' }),
      'gateway_receipts_total{type="A",channel="webhook",result="repeated"} 1',
    ],
    [
      'those without content',
      () => metrics.cameStripped('webhook'),
      'gateway_receipts_stripped_total{channel="webhook"} 1',
    ],
    ['what is refused', () => metrics.refused('malformed'), 'gateway_receipt_refusals_total{reason="malformed"} 1'],
    ['all that became overdue', () => metrics.becameOverdue('A', 3), 'gateway_events_overdue_total{type="A"} 3'],
  ])('tell %s, and nothing that did not happen', async (_what, happens, expected) => {
    expect(await samples()).toEqual([]);
    happens();
    expect(await samples()).toEqual([expected]);
  });

  it.each([
    [0, '0.01'],
    [10, '0.01'],
    [11, '0.05'],
    [900_000, '900'],
    [86_400_000, '86400'],
    [86_400_001, '+Inf'],
  ])('put a wait of %i ms for a receipt into the bucket up to %s s', async (waitedMs, bucket) => {
    metrics.confirmed('A', waitedMs);
    const filled = (await samples()).filter((line) => / 1$/.test(line) && line.includes('_bucket'));
    expect(filled[0]).toBe(`gateway_confirmation_seconds_bucket{le="${bucket}",type="A"} 1`);
    expect(await samples()).toContain(`gateway_confirmation_seconds_sum{type="A"} ${waitedMs / 1000}`);
  });
});
