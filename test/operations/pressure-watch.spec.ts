import { beforeEach, describe, expect, it } from '@jest/globals';
import { Registry } from 'prom-client';
import { AcceptanceGate } from '../../src/ingest/acceptance-gate.js';
import { Backlog } from '../../src/ingest/backlog.js';
import { createLogger } from '../../src/operations/log/logger.js';
import { PressureMetrics } from '../../src/operations/metrics/pressure-metrics.js';
import { PressureRecord } from '../../src/operations/pressure/pressure-record.js';
import { PressureWatch } from '../../src/operations/pressure/pressure-watch.js';
import type { OutboxGauges } from '../../src/outbox/outbox.js';
import { ManualClock, ManualTimers } from '../support/manual-clock.js';

const LIMIT = 100;
const FULL = 100 * 1024 * 1024;
const ROOMY = 1024 * 1024 * 1024;

describe('the watch over pressure', () => {
  let clock: ManualClock;
  let timers: ManualTimers;
  let store: ScriptedStore;
  let gate: AcceptanceGate;
  let registry: Registry;
  let lines: Record<string, unknown>[];
  let watch: PressureWatch;

  beforeEach(() => {
    clock = new ManualClock(0);
    timers = new ManualTimers(clock);
    store = new ScriptedStore();
    gate = new AcceptanceGate(new Backlog(LIMIT));
    registry = new Registry();
    lines = [];
    const logger = createLogger({ level: 'info', to: { write: (line) => void lines.push(JSON.parse(line)) } });
    const record = new PressureRecord(logger, new PressureMetrics(registry));
    watch = new PressureWatch({ store: store.asStore(), gate, record, timers, elapsed: () => clock.now() });
  });

  it('has looked at the disk and the backlog before the first request comes', async () => {
    store.pending = LIMIT;
    await watch.onApplicationBootstrap();
    expect(gate.closedToNew(1)).toBe('backlog-full');
    await watch.onModuleDestroy();
  });

  it('closes acceptance within a second of the disk being nearly full, and opens it when there is room', async () => {
    await watch.onApplicationBootstrap();
    store.freeBytes = FULL;
    await timers.advance(1_200);
    expect(gate.closedToNew(1)).toBe('storage-full');
    store.freeBytes = ROOMY;
    await timers.advance(1_200);
    expect(gate.closedToNew(1)).toBeNull();
    await watch.onModuleDestroy();
  });

  it('counts what is pending and delivering, and nothing else', async () => {
    store.counts = { pending: 60, delivering: 39, delivered: 5_000, dead: 700, cancelled: 8 };
    await watch.onApplicationBootstrap();
    expect(gate.closedToNew(1)).toBeNull();
    expect(gate.closedToNew(2)).toBe('backlog-full');
    await watch.onModuleDestroy();
  });

  it('looks once a second while there is room, ten times while the backlog is full', async () => {
    await watch.onApplicationBootstrap();
    await timers.advance(10_000);
    expect(store.measured).toBeLessThanOrEqual(11);
    store.pending = LIMIT;
    await timers.advance(1_100);
    store.pending = LIMIT - 1;
    await timers.advance(200);
    expect(gate.closedToNew(1)).toBeNull();
    await watch.onModuleDestroy();
  });

  it('keeps its view while the store does not answer, and lets go of it afterwards', async () => {
    store.freeBytes = FULL;
    await watch.onApplicationBootstrap();
    await timers.advance(200);
    store.failure = new Error('away');
    await timers.advance(5_000);
    expect(gate.closedToNew(1)).toBe('storage-full');
    store.failure = null;
    store.freeBytes = ROOMY;
    await timers.advance(1_200);
    expect(gate.closedToNew(1)).toBeNull();
    await watch.onModuleDestroy();
  });

  it('asks a store that hangs once, and goes on looking at the event loop', async () => {
    await watch.onApplicationBootstrap();
    store.hang();
    await timers.advance(3_000);
    const { measured } = store;
    for (let look = 0; look < 10; look++) {
      // The loop was busy: time passed, and no timer rang.
      clock.set(clock.now() + 2_000);
      await timers.advance(100);
    }
    expect(gate.closedToNew(1)).toBe('overloaded');
    expect(store.measured).toBe(measured);
    store.goOn();
    await watch.onModuleDestroy();
  });

  it('says in the log when acceptance closes and opens, once each', async () => {
    await watch.onApplicationBootstrap();
    store.freeBytes = FULL;
    await timers.advance(5_000);
    store.freeBytes = ROOMY;
    await timers.advance(5_000);
    expect(lines).toMatchObject([
      { level: 'error', msg: 'acceptance.closed', reason: 'storage-full', freeBytes: FULL, backlogLimit: LIMIT },
      { level: 'info', msg: 'acceptance.opened', freeBytes: ROOMY },
    ]);
    await watch.onModuleDestroy();
  });

  it('shows everything in the metrics', async () => {
    store.freeBytes = FULL;
    await watch.onApplicationBootstrap();
    await timers.advance(100);
    const text = await registry.metrics();
    expect(text).toContain('gateway_acceptance_closed{reason="storage-full"} 1');
    expect(text).toContain('gateway_acceptance_closed{reason="backlog-full"} 0');
    expect(text).toContain(`gateway_store_free_bytes ${FULL}`);
    expect(text).toContain(`gateway_backlog_limit ${LIMIT}`);
    expect(text).toContain('gateway_accept_queue_events 0');
    await watch.onModuleDestroy();
  });

  it("shows no free bytes where the disk is the database server's", async () => {
    store.freeBytes = null;
    await watch.onApplicationBootstrap();
    await timers.advance(100);
    expect(await registry.metrics()).not.toMatch(/^gateway_store_free_bytes/m);
    await watch.onModuleDestroy();
  });

  it('leaves no timer behind', async () => {
    await watch.onApplicationBootstrap();
    await timers.advance(500);
    await watch.onModuleDestroy();
    expect(timers.pending).toBe(0);
  });
});

/** A store that says what the test says. */
class ScriptedStore {
  counts: Partial<Record<OutboxGauges['counts'][number]['status'], number>> = {};
  freeBytes: number | null = ROOMY;
  failure: Error | null = null;
  measured = 0;
  private held: ReturnType<typeof Promise.withResolvers<void>> | null = null;

  set pending(count: number) {
    this.counts = { pending: count };
  }

  hang(): void {
    this.held = Promise.withResolvers<void>();
  }

  goOn(): void {
    this.held?.resolve();
  }

  asStore(): ConstructorParameters<typeof PressureWatch>[0]['store'] {
    const measure = async (): Promise<OutboxGauges> => {
      this.measured++;
      await this.held?.promise;
      if (this.failure !== null) throw this.failure;
      const counts = Object.entries(this.counts).map(([status, count]) => ({ type: 'A', status, count }));
      return { counts, oldestPendingAt: null, blocking: [], overdue: [], removed: [] } as OutboxGauges;
    };
    const freeBytes = async () => {
      if (this.failure !== null) throw this.failure;
      return this.freeBytes;
    };
    return { outbox: { measure }, freeBytes } as ConstructorParameters<typeof PressureWatch>[0]['store'];
  }
}
