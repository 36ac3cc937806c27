import type { Timers } from '../kernel/timers.js';

export interface Recurrence {
  readonly everyMs: number;
  readonly timers: Timers;
  /** Told of every error that the task throws; the next turn comes all the same. */
  readonly failed: (error: unknown) => void;
}

/**
 * Runs a task now, and again `everyMs` after the end of each turn. The function it returns ends that, and resolves when
 * no turn is under way any more.
 */
export function every(task: () => Promise<void>, { everyMs, timers, failed }: Recurrence): () => Promise<void> {
  let stopped = false;
  let cancel = () => {};
  let turn = run();
  return () => {
    stopped = true;
    cancel();
    return turn;
  };

  async function run(): Promise<void> {
    await task().catch(failed);
    if (stopped) return;
    cancel = timers.after(everyMs, () => {
      turn = run();
    });
  }
}
