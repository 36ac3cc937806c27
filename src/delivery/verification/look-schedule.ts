import type { EpochMs } from '../../kernel/clock.js';

const REGULAR_MS = 5 * 60_000;
/** What could not be read may be readable soon: doubled each time, up to the regular pace. */
const FIRST_RETRY_MS = 30_000;
/** When an application user gets through again, it can be asked about what could not be read meanwhile. */
const SOON_MS = 10_000;
/** So far each pause may be from what it is called, so that replicas do not ask all at once. */
const JITTER = 0.1;

/** When every type is verified: at once, then every five minutes, and sooner after a look that read nothing. */
export class LookSchedule {
  private nextAt: EpochMs = Number.NEGATIVE_INFINITY;
  private failures = 0;

  /** `random` from 0 to below 1. */
  constructor(private readonly random: () => number) {}

  isDue(now: EpochMs): boolean {
    return now >= this.nextAt;
  }

  began(): void {
    this.nextAt = Number.POSITIVE_INFINITY;
  }

  /**
   * Somebody can be asked again: after looks that read nothing, the next comes soon, for each process at its own time.
   */
  resumed(now: EpochMs): void {
    const isUnderWay = this.nextAt === Number.POSITIVE_INFINITY;
    if (this.failures > 0 && !isUnderWay) this.nextAt = Math.min(this.nextAt, now + SOON_MS * this.random());
  }

  /** A look has ended; `read` where every type got its verdict. */
  ended(now: EpochMs, read: boolean): void {
    this.failures = read ? 0 : this.failures + 1;
    const pauseMs = read ? REGULAR_MS : Math.min(REGULAR_MS, FIRST_RETRY_MS * 2 ** (this.failures - 1));
    this.nextAt = now + pauseMs * (1 - JITTER + 2 * JITTER * this.random());
  }
}
