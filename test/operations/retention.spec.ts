import { beforeEach, describe, expect, it } from '@jest/globals';
import { Registry } from 'prom-client';
import { createLogger } from '../../src/operations/log/logger.js';
import { RetentionMetrics } from '../../src/operations/metrics/retention-metrics.js';
import { Retention, type RetentionPolicy } from '../../src/operations/retention/retention.js';
import { Housekeeping, type SweepStep } from '../../src/outbox/housekeeping.js';
import { ManualClock, ManualTimers } from '../support/manual-clock.js';

const DAY_MS = 86_400_000;
const MINUTE_MS = 60_000;
const STEP_MS = 10;

describe('retention', () => {
  let clock: ManualClock;
  let timers: ManualTimers;
  let housekeeping: ScriptedHousekeeping;
  let registry: Registry;
  let lines: Record<string, unknown>[];

  beforeEach(() => {
    clock = new ManualClock();
    timers = new ManualTimers(clock);
    housekeeping = new ScriptedHousekeeping(clock);
    lines = [];
  });

  function start(policy: Partial<RetentionPolicy> = {}): Retention {
    registry = new Registry();
    const logger = createLogger({ level: 'info', to: { write: (line) => void lines.push(JSON.parse(line)) } });
    const retention = new Retention({
      housekeeping,
      policy: { retentionDays: 30, payloadRetentionDays: null, ...policy },
      clock,
      timers,
      metrics: new RetentionMetrics(registry),
      logger,
      elapsed: () => clock.now(),
    });
    retention.onApplicationBootstrap();
    return retention;
  }

  it('leaves a start alone for a minute, then looks every five', async () => {
    const retention = start();
    await timers.advance(59_000);
    expect(housekeeping.steps).toHaveLength(0);
    await timers.advance(2_000);
    expect(housekeeping.steps).toHaveLength(1);
    await timers.advance(10 * MINUTE_MS);
    expect(housekeeping.steps).toHaveLength(3);
    await retention.onModuleDestroy();
  });

  it('removes what ended more than RETENTION_DAYS ago, by the clock of the store', async () => {
    housekeeping.old = 10;
    const retention = start({ retentionDays: 7 });
    await timers.advance(MINUTE_MS);
    expect(housekeeping.steps).toEqual([{ what: 'remove', endedBefore: clock.now() - 7 * DAY_MS, limit: 500 }]);
    await retention.onModuleDestroy();
  });

  it('works in small steps, and rests nine times as long as it works', async () => {
    housekeeping.old = 2_250;
    housekeeping.tookMs = STEP_MS;
    const retention = start();
    await timers.advance(2 * MINUTE_MS);
    expect(housekeeping.old).toBe(0);
    expect(housekeeping.steps).toHaveLength(5);
    const begun = housekeeping.begunAt;
    for (const [n, at] of begun.slice(1).entries()) expect(at - (begun[n] ?? 0)).toBeGreaterThanOrEqual(STEP_MS * 10);
    await retention.onModuleDestroy();
  });

  it('clears content earlier where that is asked for, and only there', async () => {
    housekeeping.clearable = 700;
    const without = start();
    await timers.advance(2 * MINUTE_MS);
    await without.onModuleDestroy();
    expect(housekeeping.clearable).toBe(700);

    const retention = start({ payloadRetentionDays: 3 });
    await timers.advance(2 * MINUTE_MS);
    expect(housekeeping.clearable).toBe(0);
    const clears = housekeeping.steps.filter(({ what }) => what === 'clear');
    expect(clears.map(({ endedBefore }) => clock.now() - endedBefore - 3 * DAY_MS < 2 * MINUTE_MS)).toEqual([
      true,
      true,
    ]);
    await retention.onModuleDestroy();
  });

  it('clears nothing that it is about to remove', async () => {
    housekeeping.clearable = 700;
    const retention = start({ retentionDays: 7, payloadRetentionDays: 7 });
    await timers.advance(2 * MINUTE_MS);
    expect(housekeeping.clearable).toBe(700);
    await retention.onModuleDestroy();
  });

  it('counts and tells what it did, and is silent where there was nothing', async () => {
    housekeeping.old = 600;
    housekeeping.clearable = 40;
    const retention = start({ payloadRetentionDays: 1 });
    await timers.advance(20 * MINUTE_MS);
    expect(lines).toMatchObject([{ level: 'info', msg: 'retention.swept', removed: 600, cleared: 40 }]);
    const text = await registry.metrics();
    expect(text).toContain('gateway_retention_removed_total 600');
    expect(text).toContain('gateway_retention_cleared_total 40');
    await retention.onModuleDestroy();
  });

  it('tries again the next time where the store refuses, having counted what was done', async () => {
    housekeeping.old = 1_200;
    housekeeping.failAt = 2;
    const retention = start();
    await timers.advance(2 * MINUTE_MS);
    expect(lines).toMatchObject([{ level: 'warn', msg: 'retention.failed' }]);
    expect(await registry.metrics()).toContain('gateway_retention_removed_total 500');
    housekeeping.failAt = null;
    await timers.advance(6 * MINUTE_MS);
    expect(housekeeping.old).toBe(0);
    expect(await registry.metrics()).toContain('gateway_retention_removed_total 1200');
    await retention.onModuleDestroy();
  });

  it('stops in the middle of a sweep, and leaves no timer behind', async () => {
    housekeeping.old = 1_000_000;
    const retention = start();
    await timers.advance(MINUTE_MS + 500);
    const { length } = housekeeping.steps;
    expect(length).toBeGreaterThan(1);
    await retention.onModuleDestroy();
    await timers.advance(10 * MINUTE_MS);
    expect(housekeeping.steps).toHaveLength(length);
    expect(timers.pending).toBe(0);
  });
});

/** Counts down what there is to do. */
class ScriptedHousekeeping extends Housekeeping {
  old = 0;
  clearable = 0;
  tookMs = 0;
  /** The number of the step that fails, from 1. */
  failAt: number | null = null;
  readonly steps: (SweepStep & { readonly what: 'remove' | 'clear' })[] = [];
  readonly begunAt: number[] = [];

  constructor(private readonly clock: ManualClock) {
    super();
  }

  override async removeEnded(step: SweepStep): Promise<number> {
    this.begin('remove', step);
    const removed = Math.min(this.old, step.limit);
    this.old -= removed;
    return removed;
  }

  override async clearData(step: SweepStep): Promise<number> {
    this.begin('clear', step);
    const cleared = Math.min(this.clearable, step.limit);
    this.clearable -= cleared;
    return cleared;
  }

  private begin(what: 'remove' | 'clear', step: SweepStep): void {
    this.steps.push({ ...step, what });
    this.begunAt.push(this.clock.now());
    if (this.steps.length === this.failAt) throw new Error('the database is busy');
    this.clock.set(this.clock.now() + this.tookMs);
  }
}
