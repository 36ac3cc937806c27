import type { EpochMs } from '../kernel/clock.js';
import { type BatchSize, carryOne, fullBatch, grow, isSlow, shrink } from './batch-size.js';
import type { Call } from './call.js';
import type { PaceReading } from './delivery-journal.js';
import type { AttemptReport, Outcome, TargetHints } from './destination.js';
import { firstPace, halve, hinted, type Pace, quicken, slowStart } from './pace.js';
import { allowed, answered, currentRate, type Rate, spend, throttled, unknownRate, waitMs } from './rate.js';
import { wasRefusedAsWhole } from './refused-as-whole.js';

export interface PacingBounds {
  /** Calls at once, at most. */
  readonly concurrency: number;
  /** Events in one call, at most. */
  readonly batchSize: number;
}

type Throttle = Extract<Outcome, { readonly kind: 'throttled' }>;

/**
 * The pace of one application user, learnt from the results of its calls: how many at once, how many a second, how
 * large.
 */
export class Pacing {
  private pace: Pace;
  private batch: BatchSize;
  /** Calls per second: what a limit on requests allows. */
  private calls: Rate;
  /** Events per second: what a limit on execution time allows, for calls of any size. */
  private work: Rate;
  private hints: TargetHints | null = null;

  constructor(
    private readonly bounds: PacingBounds,
    now: EpochMs,
  ) {
    this.pace = firstPace(bounds.concurrency, now);
    this.batch = fullBatch(bounds.batchSize, now);
    this.calls = unknownRate(now);
    this.work = unknownRate(now);
  }

  /** Calls at once. Those that began before `since` are not counted, except for the bound over all. */
  get limit(): number {
    return this.pace.limit;
  }

  get since(): EpochMs {
    return this.pace.since;
  }

  /** Whether it is still growing back to its number before the gate closed. */
  get isStarting(): boolean {
    return this.pace.limit < this.pace.threshold;
  }

  get batchSize(): number {
    return this.batch.limit;
  }

  /** How many calls the rates allow now. */
  allowed(now: EpochMs): number {
    const work = allowed(this.work, now);
    const byWork = work < 1 ? 0 : Math.ceil(work / this.batch.limit);
    return Math.max(0, Math.min(Math.floor(allowed(this.calls, now)), byWork));
  }

  /** How many calls the rates allow within this many ms. */
  within(ms: number): number {
    const byWork = currentRate(this.work) / this.batch.limit;
    return Math.ceil((Math.min(currentRate(this.calls), byWork) * ms) / 1000);
  }

  /** When the rates allow the next call. */
  nextAt(now: EpochMs): EpochMs {
    return now + Math.max(waitMs(this.calls, now), waitMs(this.work, now));
  }

  began({ held, beganAt }: Call, pressed: boolean): void {
    this.calls = spend(this.calls, 1, { now: beganAt, pressed });
    this.work = spend(this.work, held.length, { now: beganAt, pressed });
  }

  /** A call was answered. Call this before telling the gates, which may reset what is learnt here. */
  ended(call: Call, reports: readonly AttemptReport[], { now, underWay }: { now: EpochMs; underWay: number }): void {
    this.hear(reports);
    const throttle = reports.map(({ outcome }) => outcome).find((outcome) => outcome.kind === 'throttled');
    if (throttle !== undefined) this.throttled(call, throttle, { now, underWay });
    else this.passed(call, reports, { now, underWay });
  }

  /** Its gate closed. */
  slowDown(now: EpochMs): void {
    this.pace = slowStart(this.pace, now);
  }

  /** For operators. */
  reading(): PaceReading {
    return {
      limit: this.pace.limit,
      batchSize: this.batch.limit,
      callsPerSecond: finite(currentRate(this.calls)),
      hints: this.hints,
    };
  }

  private hear(reports: readonly AttemptReport[]): void {
    const hints = reports.findLast((report) => report.hints !== null)?.hints ?? null;
    if (hints === null) return;
    this.hints = hints;
    if (hints.parallelism !== null) this.pace = hinted(this.pace, hints.parallelism, this.bounds.concurrency);
  }

  /** Calls that began before the last change of pace met the same limit, and teach nothing new. */
  private throttled(call: Call, { limit, retryAfterMs }: Throttle, at: { now: EpochMs; underWay: number }): void {
    const { now, underWay } = at;
    if (limit === 'execution-time') this.batch = shrink(this.batch, call.beganAt, now);
    if (call.beganAt < this.pace.since) return;
    switch (limit) {
      case 'concurrency':
        this.pace = halve(this.pace, underWay, now);
        break;
      case 'execution-time':
        this.work = throttled(this.work, retryAfterMs ?? 0, now);
        break;
      case 'requests':
      case 'other':
        this.calls = throttled(this.calls, retryAfterMs ?? 0, now);
        break;
      // Fewer calls would not have prevented it.
      case 'busy':
      case 'token':
        break;
    }
  }

  private passed(call: Call, reports: readonly AttemptReport[], at: { now: EpochMs; underWay: number }): void {
    const { now, underWay } = at;
    this.calls = answered(this.calls, 1);
    this.work = answered(this.work, call.held.length);
    if (wasRefusedAsWhole(reports)) this.batch = carryOne(this.batch, now);
    else if (call.held.length > 1 && isSlow(now - call.beganAt)) this.batch = shrink(this.batch, call.beganAt, now);
    if (!reports.some(({ outcome }) => outcome.kind === 'delivered') || call.beganAt < this.pace.since) return;
    this.pace = quicken(
      this.pace,
      { used: underWay >= this.pace.limit },
      { now, concurrency: this.bounds.concurrency },
    );
    if (!isSlow(now - call.beganAt))
      this.batch = grow(this.batch, call.held.length, { most: this.bounds.batchSize, now });
  }
}

function finite(rate: number): number | null {
  return Number.isFinite(rate) ? rate : null;
}
