import type { OnApplicationBootstrap, OnModuleDestroy } from '@nestjs/common';
import { every } from '../../delivery/every.js';
import type { AcceptanceGate } from '../../ingest/acceptance-gate.js';
import type { Timers } from '../../kernel/timers.js';
import type { OutboxGauges } from '../../outbox/outbox.js';
import type { Store } from '../../outbox/store.js';
import type { PressureRecord } from './pressure-record.js';

/** How often the event loop is measured; and a full backlog, so that acceptance opens soon after there is room. */
const LOOK_EVERY_MS = 100;
/** How old the measurement of disk and backlog may be. */
const MEASURE_EVERY_MS = 1_000;

export interface PressureParts {
  readonly store: Pick<Store, 'outbox' | 'freeBytes'>;
  readonly gate: AcceptanceGate;
  readonly record: PressureRecord;
  readonly timers: Timers;
  /** Milliseconds that only ever grow; `performance.now` outside tests. */
  readonly elapsed: () => number;
}

/** Measures what the acceptance gate decides by: room on the disk, the backlog, how late the event loop is. */
export class PressureWatch implements OnApplicationBootstrap, OnModuleDestroy {
  private freeBytes: number | null = null;
  private lookedAt: number;
  private measuredAt = Number.NEGATIVE_INFINITY;
  private measuring: Promise<void> | null = null;
  private stop: () => Promise<void> = async () => {};

  constructor(private readonly parts: PressureParts) {
    this.lookedAt = parts.elapsed();
  }

  /** Before the first request is let in, disk and backlog have been looked at. */
  async onApplicationBootstrap(): Promise<void> {
    await this.measure();
    this.lookedAt = this.parts.elapsed();
    const failed = () => undefined;
    this.stop = every(() => this.look(), { everyMs: LOOK_EVERY_MS, timers: this.parts.timers, failed });
  }

  async onModuleDestroy(): Promise<void> {
    await this.stop();
    await this.measuring;
  }

  /** Does not wait for the store: if that hangs, the event loop and the queue are still measured. */
  private async look(): Promise<void> {
    const { elapsed, gate, record } = this.parts;
    const now = elapsed();
    gate.observe({ freeBytes: this.freeBytes, loopLagMs: Math.max(0, now - this.lookedAt - LOOK_EVERY_MS) });
    this.lookedAt = now;
    record.show(gate, this.freeBytes);
    const isDue = gate.backlog.isFull || now - this.measuredAt >= MEASURE_EVERY_MS;
    if (isDue) void this.measure();
  }

  private measure(): Promise<void> {
    this.measuring ??= this.measureNow().finally(() => {
      this.measuring = null;
    });
    return this.measuring;
  }

  /** Without an answer of the store the last figures stay: such a store takes in nothing anyway. */
  private async measureNow(): Promise<void> {
    const { elapsed, gate, store } = this.parts;
    this.measuredAt = elapsed();
    const mark = gate.backlog.mark();
    const [gauges, freeBytes] = await Promise.allSettled([store.outbox.measure(), store.freeBytes()]);
    if (gauges.status === 'fulfilled') gate.backlog.update(undelivered(gauges.value), mark);
    if (freeBytes.status === 'fulfilled') this.freeBytes = freeBytes.value;
  }
}

function undelivered({ counts }: OutboxGauges): number {
  return counts.reduce(
    (sum, { status, count }) => sum + (status === 'pending' || status === 'delivering' ? count : 0),
    0,
  );
}
