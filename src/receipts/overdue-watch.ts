import type { OnApplicationBootstrap, OnModuleDestroy } from '@nestjs/common';
import type { Timers } from '../kernel/timers.js';
import type { ReceiptStore } from '../outbox/receipt-store.js';
import type { ReceiptsJournal } from './receipts-journal.js';

/**
 * How many events are marked in one step. Marking rewrites the whole row: with the largest events that takes SQLite's
 * only writer some 20 ms, with usual ones a few. After an outage of receipts there may be very many.
 */
const EVENTS_PER_STEP = 50;
/** The wait between steps while there are more: accepting and delivering come first. */
const STEP_PAUSE_MS = 50;
const LEAST_MS = 500;
const MOST_MS = 10_000;

export interface OverdueWatchParts {
  readonly store: ReceiptStore;
  readonly journal: ReceiptsJournal;
  readonly timers: Timers;
  /** How long a receipt may take. */
  readonly deadlineMs: number;
}

/**
 * Finds delivered events whose receipt has not come in time, while the application runs, in steps so small that nothing
 * else slows down. Several processes may run it at once.
 */
export class OverdueWatch implements OnApplicationBootstrap, OnModuleDestroy {
  private isStopping = false;
  private looking: Promise<void> = Promise.resolve();
  private cancel = () => {};

  constructor(private readonly parts: OverdueWatchParts) {}

  onApplicationBootstrap(): void {
    this.lookIn(this.everyMs);
  }

  /** Resolves when the step under way, if any, is done. */
  async onModuleDestroy(): Promise<void> {
    this.isStopping = true;
    this.cancel();
    await this.looking;
  }

  /** Half of the deadline: an event is found overdue at the latest when one and a half deadlines have passed. */
  private get everyMs(): number {
    return Math.min(MOST_MS, Math.max(LEAST_MS, this.parts.deadlineMs / 2));
  }

  private lookIn(ms: number): void {
    if (this.isStopping) return;
    this.cancel = this.parts.timers.after(ms, () => {
      this.looking = this.look().then((next) => this.lookIn(next));
    });
  }

  /** One step; tells after how long the next one is due. Never rejects: what the store refuses now is tried again. */
  private async look(): Promise<number> {
    const { store, journal } = this.parts;
    try {
      const counts = await store.markOverdue(EVENTS_PER_STEP);
      if (counts.length > 0) journal.foundOverdue(counts);
      const found = counts.reduce((sum, { count }) => sum + count, 0);
      return found < EVENTS_PER_STEP ? this.everyMs : STEP_PAUSE_MS;
    } catch (error) {
      journal.overdueFailed(error);
      return this.everyMs;
    }
  }
}
