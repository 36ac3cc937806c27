import { ProblemError } from '../../http/problem.error.js';
import type { Timers } from '../../kernel/timers.js';

/** Summaries under way in this process, in all and of one client. */
const AT_ONCE = 16;
const AT_ONCE_OF_CLIENT = 2;

/** After a step, counting rests for this many times as long as the step took: accepting comes first. */
const REST_SHARE = 2;

const AGAIN_IN = { headers: { 'Retry-After': '5' } };

/**
 * Counts summaries without slowing down anything else: one step at a time over all of them, in turn, with a rest after
 * each.
 */
export class SummaryTurns {
  private readonly underWay = new Map<string, number>();
  private all = 0;
  private last: Promise<void> = Promise.resolve();

  constructor(
    private readonly timers: Timers,
    private readonly elapsed: () => number = () => performance.now(),
  ) {}

  /**
   * Counts a client's summary as under way while `work` lasts. Throws a 429 problem where this client has too many, or
   * a 503 where all clients together have.
   */
  async admit<T>(client: string, work: () => Promise<T>): Promise<T> {
    if (this.all >= AT_ONCE) throw new ProblemError('overloaded', 'Too many summaries are being counted.', AGAIN_IN);
    if ((this.underWay.get(client) ?? 0) >= AT_ONCE_OF_CLIENT) {
      throw new ProblemError('rate-limited', 'Other summaries of this client are still being counted.', AGAIN_IN);
    }
    this.change(client, 1);
    try {
      return await work();
    } finally {
      this.change(client, -1);
    }
  }

  /** Does one step of a summary when its turn has come. */
  async step<T>(work: () => Promise<T>): Promise<T> {
    const { promise, resolve } = Promise.withResolvers<void>();
    const before = this.last;
    this.last = promise;
    await before;
    const begunAt = this.elapsed();
    try {
      return await work();
    } finally {
      this.timers.after((this.elapsed() - begunAt) * REST_SHARE, resolve);
    }
  }

  private change(client: string, by: number): void {
    const own = (this.underWay.get(client) ?? 0) + by;
    if (own === 0) this.underWay.delete(client);
    else this.underWay.set(client, own);
    this.all += by;
  }
}
