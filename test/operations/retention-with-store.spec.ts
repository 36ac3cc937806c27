import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { Registry } from 'prom-client';
import { createLogger } from '../../src/operations/log/logger.js';
import { OutboxMetrics } from '../../src/operations/metrics/outbox-metrics.js';
import { RetentionMetrics } from '../../src/operations/metrics/retention-metrics.js';
import { Retention } from '../../src/operations/retention/retention.js';
import { openStore } from '../../src/outbox/open-store.js';
import type { Store } from '../../src/outbox/store.js';
import { accept, claim, DELIVERED, deadFor, retryIn, settlementOf } from '../outbox/support/events.js';
import { ManualClock, ManualTimers } from '../support/manual-clock.js';
import { until } from '../support/until.js';

const DAY_MS = 86_400_000;
const ACCEPTED = 6;

let clock: ManualClock;
let timers: ManualTimers;
let store: Store;
let lines: Record<string, unknown>[];
beforeEach(async () => {
  clock = new ManualClock();
  timers = new ManualTimers(clock);
  store = await openStore({ databaseUrl: 'sqlite::memory:', role: 'owner', clock });
  lines = [];
});
afterEach(() => store.close());

/** Two delivered, one cancelled, one dead, one that waits for its next attempt, one new. */
async function live(): Promise<readonly string[]> {
  const ids = await accept(store, {}, {}, {}, {}, {});
  const ends = [DELIVERED, DELIVERED, deadFor('rejected', false), deadFor('rejected', false), retryIn(100 * DAY_MS)];
  const claimed = await claim(store);
  await store.outbox.settle(claimed.map((event, n) => settlementOf(event, ends[n] ?? DELIVERED)));
  await store.actions.cancel(claimed[2]?.id ?? '', { by: 'ops', reason: null });
  return [...ids, ...(await accept(store, {}))];
}

/** Lets days pass, and the first sweep of a gateway that started then. */
async function sweepAfter(days: number): Promise<void> {
  clock.set(clock.now() + days * DAY_MS);
  const logger = createLogger({ level: 'info', to: { write: (line) => void lines.push(JSON.parse(line)) } });
  const retention = new Retention({
    housekeeping: store.housekeeping,
    policy: { retentionDays: 30, payloadRetentionDays: 7 },
    clock,
    timers,
    metrics: new RetentionMetrics(new Registry()),
    logger,
    elapsed: () => clock.now(),
  });
  retention.onApplicationBootstrap();
  await timers.advance(61_000);
  await until(() => lines.some(({ msg }) => msg === 'retention.swept'));
  await retention.onModuleDestroy();
}

async function figures(): Promise<Record<string, number>> {
  const registry = new Registry();
  new OutboxMetrics(registry).show(await store.outbox.measure(), clock.now());
  const text = await registry.metrics();
  const counted = text.matchAll(/^gateway_outbox_(?:events\{.*status="(\w+)"|(removed)\{.*)\} (\d+)$/gm);
  return Object.fromEntries([...counted].map(([, status, removed, count]) => [status ?? removed, Number(count)]));
}

describe('retention over a real store', () => {
  it('removes what was delivered or cancelled, and nothing else; the figures add up to everything accepted', async () => {
    await live();
    await sweepAfter(31);

    const after = await figures();
    expect(after).toEqual({ removed: 3, dead: 1, pending: 2 });
    expect(Object.values(after).reduce((sum, count) => sum + count, 0)).toBe(ACCEPTED);
  });

  it('clears content earlier, and leaves the event, so that its repeats are still known', async () => {
    const ids = await live();
    await sweepAfter(8);

    const events = await Promise.all(ids.map((id) => store.outbox.find(id)));
    const cleared = events.filter((event) => event?.data === null).map((event) => event?.status);
    expect(cleared.sort()).toEqual(['cancelled', 'delivered', 'delivered']);
    expect(await figures()).toEqual({ delivered: 2, cancelled: 1, dead: 1, pending: 2 });
  });
});
