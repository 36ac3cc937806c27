import { KeptList } from './kept-list.js';
import type { ReceivedCall } from './received-call.js';
import type { ReceivedFile } from './received-file.js';
import { TooFewReceivedError } from './too-few-received.error.js';

interface Waiter {
  readonly count: number;
  readonly resolve: () => void;
}

/**
 * The calls that Dataverse committed, in its order: the newest in memory, all of them in the file where there is one.
 */
export class ReceivedCalls {
  readonly #kept: KeptList<ReceivedCall>;
  #total = 0;
  #sequence = 0;
  #waiters: Waiter[] = [];

  constructor(
    cap: number,
    private readonly file: ReceivedFile | null,
  ) {
    this.#kept = new KeptList(cap);
    for (const call of file?.read() ?? []) this.#keep(call);
  }

  /** How many were received since the start of the record, or since it was cleared; not bounded by memory. */
  get total(): number {
    return this.#total;
  }

  /** The commit of a call: once it returns, the call has happened, and is in the file. */
  add(call: Omit<ReceivedCall, 'sequence' | 'committed'>): void {
    const received: ReceivedCall = { sequence: this.#sequence + 1, ...call, committed: true };
    this.file?.append(received);
    this.#keep(received);
    if (this.#waiters.length > 0) this.#wake();
  }

  all(): readonly ReceivedCall[] {
    return this.#kept.all();
  }

  after(sequence: number, limit: number): readonly ReceivedCall[] {
    return this.#kept.after(sequence, limit);
  }

  clear(): void {
    this.#kept.clear();
    this.#total = 0;
    this.file?.clear();
  }

  /** Resolves with all that were received as soon as there are `count`; rejects at the deadline. */
  async whenTotal(count: number, deadlineMs: number): Promise<readonly ReceivedCall[]> {
    if (this.#total >= count) return this.all();
    const { promise, resolve, reject } = Promise.withResolvers<void>();
    const waiter = { count, resolve };
    this.#waiters.push(waiter);
    const timer = setTimeout(() => reject(new TooFewReceivedError(count, this.#total, deadlineMs)), deadlineMs);
    try {
      await promise;
      return this.all();
    } finally {
      clearTimeout(timer);
      this.#waiters = this.#waiters.filter((other) => other !== waiter);
    }
  }

  #keep(call: ReceivedCall): void {
    this.#kept.push(call);
    this.#total += 1;
    this.#sequence = call.sequence;
  }

  #wake(): void {
    for (const { count, resolve } of this.#waiters) if (this.#total >= count) resolve();
  }
}
