import { beforeEach, describe, expect, it } from '@jest/globals';
import { Clock } from '../../src/kernel/clock.js';
import { ListenerRecord } from '../../src/operations/listener-record.js';
import { createLogger } from '../../src/operations/log/logger.js';
import { GatewayMetrics } from '../../src/operations/metrics/gateway-metrics.js';
import { ReceiptsRecord } from '../../src/operations/receipts-record.js';
import type { GateStore } from '../../src/outbox/gate-store.js';
import type { Outbox } from '../../src/outbox/outbox.js';
import type { TakenReceipt } from '../../src/receipts/receipts-journal.js';
import type { ListenerState } from '../../src/receipts/service-bus/listener-journal.js';
import { ManualClock, ManualTimers } from '../support/manual-clock.js';

const ID = '019aab11-6f2e-7c3a-9d4e-2f6b8a1c5d70';
const STEP = 'aa45df79-90ea-ea11-a815-000d3a86a3ce';
const OPERATION = 'b1b1d88b-90ea-ea11-a815-000d3a86a3ce';

let clock: ManualClock;
let timers: ManualTimers;
let lines: Record<string, unknown>[];
let ended: string[];
let metrics: GatewayMetrics;
let record: ReceiptsRecord;
let listener: ListenerRecord;
beforeEach(() => {
  clock = new ManualClock();
  lines = [];
  ended = [];
  const logger = createLogger({ level: 'trace', to: { write: (line) => void lines.push(JSON.parse(line)) } });
  metrics = new GatewayMetrics({} as Outbox, {} as GateStore, clock as Clock);
  metrics.onApplicationShutdown();
  timers = new ManualTimers(clock);
  record = new ReceiptsRecord({ logger, metrics, timers, endBell: { ended: (id) => void ended.push(id) } });
  listener = new ListenerRecord(logger, metrics, clock);
});

function taken(facts: Partial<TakenReceipt>, stripped = false): TakenReceipt {
  return {
    receipt: {
      eventIds: [ID],
      type: 'CustomerPurchase',
      channel: 'webhook',
      step: STEP,
      operation: OPERATION,
      operationAt: null,
      requestId: null,
      correlationId: null,
      stripped,
    },
    result: 'confirmed',
    eventId: ID,
    waitedMs: 40,
    ended: false,
    ...facts,
  };
}

async function samples(name: string): Promise<readonly string[]> {
  const text = await metrics.registry.metrics();
  return text.split('\n').filter((line) => line.startsWith(name));
}

function told() {
  return lines.map(({ time: _time, ...line }) => line);
}

describe('a receipt', () => {
  it('that confirms is a line and a time', async () => {
    record.taken(taken({}));
    expect(told()).toEqual([
      {
        level: 'info',
        msg: 'receipt.confirmed',
        type: 'CustomerPurchase',
        eventId: ID,
        waitedMs: 40,
        channel: 'webhook',
      },
    ]);
    expect(ended).toEqual([]);
    expect(await samples('gateway_events_delivered_total')).toEqual([]);
    expect(await samples('gateway_receipts_total')).toEqual([
      'gateway_receipts_total{type="CustomerPurchase",channel="webhook",result="confirmed"} 1',
    ]);
    expect(await samples('gateway_confirmation_seconds_sum')).toEqual([
      'gateway_confirmation_seconds_sum{type="CustomerPurchase"} 0.04',
    ]);
  });

  it.each(['confirmed', 'duplicate', 'accompanying'] as const)(
    'that delivered its event ends the waiting of those who wait for it, and counts it: %s',
    async (result) => {
      record.taken(taken({ result, waitedMs: result === 'confirmed' ? 0 : null, ended: true }));
      expect(ended).toEqual([ID]);
      expect(await samples('gateway_events_delivered_total')).toEqual([
        'gateway_events_delivered_total{type="CustomerPurchase"} 1',
      ]);
    },
  );

  it('of a dead event has no time to tell', async () => {
    record.taken(taken({ waitedMs: null }));
    expect(await samples('gateway_confirmation_seconds_sum')).toEqual([]);
    expect(told()).toMatchObject([{ msg: 'receipt.confirmed', waitedMs: null }]);
  });

  it('that is a duplicate says of what', () => {
    record.taken(taken({ result: 'duplicate', waitedMs: null }));
    const facts = { type: 'CustomerPurchase', eventId: ID, step: STEP, operation: OPERATION, channel: 'webhook' };
    expect(told()).toEqual([{ level: 'warn', msg: 'receipt.duplicate', ...facts }]);
  });

  it('that was stripped is a warning and a count of its own', async () => {
    record.taken(taken({ result: 'unknown', eventId: null, waitedMs: null }, true));
    record.taken(taken({ result: 'repeated', waitedMs: null }, true));
    expect(told()).toMatchObject([{ level: 'warn', msg: 'receipt.stripped', eventId: null, step: STEP }]);
    expect(await samples('gateway_receipts_stripped_total')).toEqual([
      'gateway_receipts_stripped_total{channel="webhook"} 1',
    ]);
  });

  it.each(['repeated', 'accompanying', 'outdated', 'unknown'] as const)(
    'that is %s is counted without a line',
    async (result) => {
      record.taken(taken({ result, waitedMs: null }));
      expect(lines).toEqual([]);
      expect(ended).toEqual([]);
      expect(await samples('gateway_receipts_total')).toEqual([expect.stringContaining(`result="${result}"`)]);
    },
  );

  it('of a foreign message is named for whoever debugs, and makes no label of what strangers say', async () => {
    record.foreign('x'.repeat(10_000), 'service-bus');
    expect(told()).toEqual([
      { level: 'debug', msg: 'receipt.foreign', message: 'x'.repeat(128), channel: 'service-bus' },
    ]);
    expect(await samples('gateway_receipts_total')).toEqual([
      'gateway_receipts_total{type="",channel="service-bus",result="foreign"} 1',
    ]);
  });
});

describe('what is refused', () => {
  const WEBHOOK = { channel: 'webhook', from: '203.0.113.7' } as const;
  const LINE = { level: 'warn', msg: 'receipt.refused' };

  it('is counted each time, and told once a minute for each reason and channel, with where the newest came from', async () => {
    for (let n = 0; n < 1_000; n++)
      record.refused({ reason: 'secret-invalid', ...WEBHOOK, from: `203.0.113.${n % 7}` });
    record.refused({ reason: 'malformed', ...WEBHOOK });
    record.refused({ reason: 'malformed', channel: 'service-bus' });
    expect(told()).toEqual([
      { ...LINE, reason: 'secret-invalid', channel: 'webhook', from: '203.0.113.0', count: 1 },
      { ...LINE, reason: 'malformed', channel: 'webhook', from: '203.0.113.7', count: 1 },
      { ...LINE, reason: 'malformed', channel: 'service-bus', count: 1 },
    ]);
    expect(await samples('gateway_receipt_refusals_total{reason="secret-invalid"}')).toEqual([
      'gateway_receipt_refusals_total{reason="secret-invalid"} 1000',
    ]);

    await timers.advance(60_000);
    expect(told().slice(3)).toEqual([
      { ...LINE, reason: 'secret-invalid', channel: 'webhook', from: '203.0.113.5', count: 999 },
    ]);
  });

  it('is told once a minute as long as it goes on, and at once after a minute without', async () => {
    const refuse = () => record.refused({ reason: 'encoded', ...WEBHOOK });
    refuse();
    refuse();
    await timers.advance(60_000);
    refuse();
    refuse();
    await timers.advance(59_000);
    expect(told().map(({ count }) => count)).toEqual([1, 1]);
    await timers.advance(61_000);
    refuse();
    expect(told().map(({ count }) => count)).toEqual([1, 1, 2, 1]);
  });

  it('is told to the last one when the process stops', async () => {
    for (let n = 0; n < 3; n++) record.refused({ reason: 'shutting-down', ...WEBHOOK });
    record.onApplicationShutdown();
    expect(told().map(({ count }) => count)).toEqual([1, 2]);
    await timers.advance(120_000);
    expect(told()).toHaveLength(2);
  });
});

describe('events without a receipt', () => {
  it('are a line per type when more of them were found, and counted', async () => {
    record.foundOverdue([
      { type: 'CustomerPurchase', count: 3 },
      { type: 'VendorPaymentPosted', count: 1 },
    ]);
    expect(told()).toEqual([
      { level: 'warn', msg: 'receipt.overdue', type: 'CustomerPurchase', count: 3 },
      { level: 'warn', msg: 'receipt.overdue', type: 'VendorPaymentPosted', count: 1 },
    ]);
    record.foundOverdue([{ type: 'CustomerPurchase', count: 2 }]);
    expect(await samples('gateway_events_overdue_total')).toEqual([
      'gateway_events_overdue_total{type="CustomerPurchase"} 5',
      'gateway_events_overdue_total{type="VendorPaymentPosted"} 1',
    ]);
  });
});

describe('the listener on Service Bus', () => {
  const SOURCE = 'queue receipts';
  const down = (cause: 'unreachable' | 'unauthorized', retryInMs = 1_000): ListenerState => ({
    kind: 'down',
    cause,
    detail: 'away',
    retryInMs,
  });

  it('is told of when it comes and goes, by who has to act, and not again at each vain attempt', async () => {
    listener.changed(SOURCE, { kind: 'up' });
    expect(await samples('gateway_receipt_listener_up')).toEqual([
      'gateway_receipt_listener_up{channel="service-bus"} 1',
    ]);
    listener.changed(SOURCE, down('unreachable'));
    listener.changed(SOURCE, down('unreachable', 2_000));
    listener.changed(SOURCE, down('unauthorized'));
    listener.changed(SOURCE, { kind: 'up' });
    listener.changed(SOURCE, { kind: 'stopped' });
    expect(told().map(({ level }) => level)).toEqual(['info', 'warn', 'debug', 'error', 'info', 'info']);
    expect(lines[1]).toMatchObject({ source: SOURCE, cause: 'unreachable', detail: 'away', retryInMs: 1_000 });
    expect(await samples('gateway_receipt_listener_up')).toEqual([
      'gateway_receipt_listener_up{channel="service-bus"} 0',
    ]);
  });

  it('counts what it set aside, but for what was counted already', async () => {
    listener.deadLettered(SOURCE, 'malformed', 'no context');
    listener.deadLettered(SOURCE, 'unsupported-format', 'XML');
    expect(told().map(({ level, msg }) => `${level} ${msg}`)).toEqual([
      'warn receipt.dead-lettered',
      'warn receipt.dead-lettered',
    ]);
    expect(await samples('gateway_receipt_refusals_total')).toEqual([
      'gateway_receipt_refusals_total{reason="unsupported-format"} 1',
    ]);
  });
});

describe('a settlement that the bus did not take', () => {
  it('is counted each time, and told once a minute with the number', async () => {
    for (let n = 0; n < 3; n += 1) listener.unsettled('queue receipts', 'complete', 'MessageLockLost');
    clock.set(clock.now() + 60_000);
    listener.unsettled('queue receipts', 'complete', 'MessageLockLost');
    expect(lines).toMatchObject([
      { level: 'warn', msg: 'receipt.unsettled', settlement: 'complete', detail: 'MessageLockLost', count: 1 },
      { level: 'warn', msg: 'receipt.unsettled', count: 3 },
    ]);
    expect(await samples('gateway_receipts_unsettled_total')).toEqual([
      'gateway_receipts_unsettled_total{channel="service-bus"} 4',
    ]);
  });
});
