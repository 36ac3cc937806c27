import type { EmulatorSettings } from '../emulator-settings.js';
import { JobsUnfinishedError } from './jobs-unfinished.error.js';

/** How long a stop waits for posts that were told to end. */
const STOP_GRACE_MS = 2000;
/** A timer that is set for a longer time rings at once. */
const LONGEST_TIMER_MS = 2_147_483_647;

/** How many jobs run at a time. */
interface JobQueueLimits {
  readonly settings: Pick<EmulatorSettings, 'asyncConcurrency'>;
  /** The size of all jobs that have not ended; beyond it the queue is full. */
  readonly limitBytes: number;
}

/** Decides which jobs run when: in order, a number at a time, after a delay, or not until released. */
export class JobQueue {
  /** Every job that has not ended, with its size. */
  readonly #open = new Map<string, number>();
  readonly #ready = new Set<string>();
  readonly #later = new Map<string, NodeJS.Timeout>();
  readonly #underWay = new Map<string, Promise<void>>();
  #bytes = 0;
  #isHeld = false;
  #isStopped = false;
  #next: NodeJS.Immediate | null = null;
  #idle = Promise.withResolvers<void>();

  /** `run` completes a job's row, or gives the job back by `add`; it rejects only because of bugs. */
  constructor(
    private readonly run: (id: string) => Promise<void>,
    private readonly limits: JobQueueLimits,
  ) {}

  get unfinished(): number {
    return this.#open.size;
  }

  get underWay(): number {
    return this.#underWay.size;
  }

  get isHeld(): boolean {
    return this.#isHeld;
  }

  get isFull(): boolean {
    return this.#bytes >= this.limits.limitBytes;
  }

  /** Takes a job in, or back for another try. */
  add(id: string, { bytes, delayMs }: { readonly bytes: number; readonly delayMs: number }): void {
    if (this.#isStopped) return;
    this.#bytes += bytes - (this.#open.get(id) ?? 0);
    this.#open.set(id, bytes);
    if (delayMs === 0) this.#makeReady(id);
    else this.#later.set(id, this.#readyIn(id, Math.min(delayMs, LONGEST_TIMER_MS)));
  }

  /** Begins no further job until `release`; those under way go on. */
  hold(): void {
    this.#isHeld = true;
  }

  release(): void {
    this.#isHeld = false;
    this.#schedule();
  }

  /**
   * Resolves once every job has ended; rejects with a `JobsUnfinishedError` at the deadline, or where the emulator
   * stops.
   */
  async whenIdle(deadlineMs: number): Promise<void> {
    if (this.#open.size === 0) return;
    const { promise, reject } = Promise.withResolvers<never>();
    const late = () => reject(new JobsUnfinishedError(this.unfinished, `after ${deadlineMs} ms`));
    const timer = setTimeout(late, deadlineMs);
    try {
      await Promise.race([this.#idle.promise, promise]);
    } finally {
      clearTimeout(timer);
    }
  }

  /** Begins nothing more, and waits for the jobs under way. */
  async stop(): Promise<void> {
    this.#isStopped = true;
    for (const timer of this.#later.values()) clearTimeout(timer);
    if (this.#next !== null) clearImmediate(this.#next);
    const { promise, resolve } = Promise.withResolvers<void>();
    const timer = setTimeout(resolve, STOP_GRACE_MS);
    await Promise.race([Promise.allSettled(this.#underWay.values()), promise]);
    clearTimeout(timer);
    this.#idle.promise.catch(() => undefined);
    this.#idle.reject(new JobsUnfinishedError(this.unfinished, 'and the emulator has stopped'));
  }

  #readyIn(id: string, delayMs: number): NodeJS.Timeout {
    return setTimeout(() => this.#makeReady(id), delayMs);
  }

  #makeReady(id: string): void {
    this.#later.delete(id);
    this.#ready.add(id);
    this.#schedule();
  }

  /** Not within the call that raised the event: its answer goes out first. */
  #schedule(): void {
    if (this.#isStopped || this.#next !== null) return;
    this.#next = setImmediate(() => {
      this.#next = null;
      this.#begin();
    });
  }

  #begin(): void {
    for (const id of this.#ready) {
      if (this.#isHeld || this.#underWay.size >= this.limits.settings.asyncConcurrency) return;
      this.#ready.delete(id);
      this.#underWay.set(
        id,
        this.run(id).finally(() => this.#end(id)),
      );
    }
  }

  #end(id: string): void {
    this.#underWay.delete(id);
    const isGivenBack = this.#ready.has(id) || this.#later.has(id);
    if (!isGivenBack && !this.#isStopped) {
      this.#bytes -= this.#open.get(id) ?? 0;
      this.#open.delete(id);
    }
    if (this.#ready.size > 0) this.#schedule();
    if (this.#open.size > 0) return;
    this.#idle.resolve();
    this.#idle = Promise.withResolvers();
  }
}
