import type { Logger } from 'pino';
import type { Timers } from '../kernel/timers.js';
import type { RefusedArrival } from '../receipts/receipts-journal.js';

/** Somebody who tries ten thousand secrets must not fill the disk. */
const ONE_LINE_MS = 60_000;

/** What came since the line before, of one reason and channel. */
interface Untold {
  count: number;
  newest: RefusedArrival;
  readonly cancelTimer: () => void;
}

/** What was refused, in at most a line a minute for each reason and channel: the first at once, those after it together when the minute ends. */
export class RefusalLines {
  private readonly untold = new Map<string, Untold>();

  constructor(
    private readonly logger: Logger,
    private readonly timers: Timers,
  ) {}

  add(refusal: RefusedArrival): void {
    const key = `${refusal.channel} ${refusal.reason}`;
    const untold = this.untold.get(key);
    if (untold !== undefined) {
      untold.count += 1;
      untold.newest = refusal;
      return;
    }
    this.tell(refusal, 1);
    this.begin(key, refusal);
  }

  /** Tells what is untold; the process ends. */
  close(): void {
    for (const { count, newest, cancelTimer } of this.untold.values()) {
      cancelTimer();
      if (count > 0) this.tell(newest, count);
    }
    this.untold.clear();
  }

  private begin(key: string, newest: RefusedArrival): void {
    const cancelTimer = this.timers.after(ONE_LINE_MS, () => this.end(key));
    this.untold.set(key, { count: 0, newest, cancelTimer });
  }

  private end(key: string): void {
    const untold = this.untold.get(key);
    this.untold.delete(key);
    if (untold === undefined || untold.count === 0) return;
    this.tell(untold.newest, untold.count);
    this.begin(key, untold.newest);
  }

  private tell({ reason, channel, from }: RefusedArrival, count: number): void {
    this.logger.warn({ reason, channel, ...(from !== undefined && { from }), count }, 'receipt.refused');
  }
}
