/** A call that waits for its group, and its weight. */
interface Waiting<P, R> {
  readonly parameter: P;
  readonly resolve: (result: R) => void;
  readonly reject: (error: unknown) => void;
}

export interface GroupCommitOptions<P, R> {
  /** Runs the calls of a group in one transaction; returns a result for each, in their order. */
  readonly run: (parameters: readonly P[]) => Promise<readonly R[]>;
  /** What a call adds to its group. */
  readonly weigh: (parameter: P) => number;
  /** A group is full at this weight; a call that weighs more goes alone. */
  readonly maxWeight: number;
  /** Whether an error may belong to a single call, so that the others should be tried without it. */
  readonly isOfOneCall: (error: unknown) => boolean;
}

/**
 * Calls of one kind that share transactions: while one group is under way, the next one gathers, so a slow server gets
 * large groups. Calls keep their order.
 */
export class GroupCommit<P, R> {
  private waiting: Waiting<P, R>[] = [];
  private isAtWork = false;

  constructor(private readonly options: GroupCommitOptions<P, R>) {}

  /** Resolves after the commit of its group. */
  call(parameter: P): Promise<R> {
    return new Promise((resolve, reject) => {
      this.waiting.push({ parameter, resolve, reject });
      if (!this.isAtWork) this.begin();
    });
  }

  /** At the end of this turn of the event loop, so that calls made together are sent together. */
  private begin(): void {
    this.isAtWork = true;
    setImmediate(async () => {
      while (this.waiting.length > 0) await this.settle(this.takeGroup());
      this.isAtWork = false;
    });
  }

  private takeGroup(): readonly Waiting<P, R>[] {
    const { weigh, maxWeight } = this.options;
    let weight = 0;
    const full = this.waiting.findIndex(({ parameter }, index) => {
      weight += weigh(parameter);
      return index > 0 && weight > maxWeight;
    });
    return this.waiting.splice(0, full === -1 ? this.waiting.length : full);
  }

  /** Never rejects: those who wait are told of every failure. */
  private async settle(group: readonly Waiting<P, R>[]): Promise<void> {
    try {
      const results = await this.options.run(group.map(({ parameter }) => parameter));
      for (const [index, { resolve }] of group.entries()) resolve(results[index] as R);
    } catch (error) {
      if (group.length > 1 && this.options.isOfOneCall(error)) {
        const half = Math.ceil(group.length / 2);
        await this.settle(group.slice(0, half));
        await this.settle(group.slice(half));
      } else {
        for (const { reject } of group) reject(error);
      }
    }
  }
}
