import type { OnApplicationBootstrap, OnModuleDestroy } from '@nestjs/common';
import type { Logger } from 'pino';
import type { Clock } from '../../kernel/clock.js';
import type { Timers } from '../../kernel/timers.js';
import type { Housekeeping, SweepStep } from '../../outbox/housekeeping.js';
import type { RetentionMetrics } from '../metrics/retention-metrics.js';
import { pauseAfter } from './pause-after.js';

/** Right after a start, other writes are more urgent. */
const FIRST_SWEEP_AFTER_MS = 60_000;
const SWEEP_EVERY_MS = 300_000;
/** A few milliseconds of the writer's time. */
const EVENTS_PER_STEP = 500;
const DAY_MS = 86_400_000;

export interface RetentionPolicy {
  /** The setting RETENTION_DAYS. */
  readonly retentionDays: number;
  /** The setting PAYLOAD_RETENTION_DAYS, or null: content is kept as long as its event. */
  readonly payloadRetentionDays: number | null;
}

export interface RetentionParts {
  readonly housekeeping: Housekeeping;
  readonly policy: RetentionPolicy;
  /** The store's clock: it stamped the end of the events. */
  readonly clock: Clock;
  readonly timers: Timers;
  readonly metrics: RetentionMetrics;
  readonly logger: Logger;
  /** Milliseconds that only ever grow; `performance.now` outside tests. */
  readonly elapsed: () => number;
}

/** One of the two things retention does. */
interface Task {
  readonly step: (step: SweepStep) => Promise<number>;
  /** How long it leaves ended events alone. */
  readonly afterDays: number;
  readonly count: (events: number) => void;
}

/**
 * Removes delivered and cancelled events when they are old enough, and clears their content before. Its steps are so
 * small, and its pauses so long, that accepting and delivering do not slow down. Several processes may run it at once.
 */
export class Retention implements OnApplicationBootstrap, OnModuleDestroy {
  private isStopping = false;
  private sweeping: Promise<void> = Promise.resolve();
  private cancelTimer = () => {};
  private endPause = () => {};

  constructor(private readonly parts: RetentionParts) {}

  onApplicationBootstrap(): void {
    this.sweepIn(FIRST_SWEEP_AFTER_MS);
  }

  /** Resolves when the step under way, if any, is done. */
  async onModuleDestroy(): Promise<void> {
    this.isStopping = true;
    this.cancelTimer();
    this.endPause();
    await this.sweeping;
  }

  /** Never rejects: what the store refuses now (full, busy, away) is tried again the next time. */
  private sweepIn(ms: number): void {
    this.cancelTimer = this.parts.timers.after(ms, () => {
      this.sweeping = this.sweep()
        .catch((err: unknown) => this.parts.logger.warn({ err }, 'retention.failed'))
        .then(() => {
          if (!this.isStopping) this.sweepIn(SWEEP_EVERY_MS);
        });
    });
  }

  /** Removes and clears everything that is due now, unless it is stopped meanwhile. */
  private async sweep(): Promise<void> {
    const { housekeeping, policy, metrics, logger } = this.parts;
    const { retentionDays, payloadRetentionDays } = policy;
    const removing = { step: (step: SweepStep) => housekeeping.removeEnded(step), count: metrics.removed };
    const clearing = { step: (step: SweepStep) => housekeeping.clearData(step), count: metrics.cleared };
    const removed = await this.repeat({ ...removing, afterDays: retentionDays });
    const clears = payloadRetentionDays !== null && payloadRetentionDays < retentionDays;
    const cleared = clears ? await this.repeat({ ...clearing, afterDays: payloadRetentionDays }) : 0;
    if (removed + cleared > 0) logger.info({ removed, cleared }, 'retention.swept');
  }

  private async repeat({ step, afterDays, count }: Task): Promise<number> {
    const endedBefore = this.parts.clock.now() - afterDays * DAY_MS;
    let total = 0;
    while (!this.isStopping) {
      const began = this.parts.elapsed();
      const events = await step({ endedBefore, limit: EVENTS_PER_STEP });
      count(events);
      total += events;
      if (events < EVENTS_PER_STEP) break;
      await this.pause(pauseAfter(this.parts.elapsed() - began));
    }
    return total;
  }

  private pause(ms: number): Promise<void> {
    return new Promise((resolve) => {
      this.endPause = resolve;
      this.cancelTimer = this.parts.timers.after(ms, resolve);
    });
  }
}
