import { setTimeout as wait } from 'node:timers/promises';

/** Resolves once a claim holds, looked at every few milliseconds; rejects at the deadline. */
export async function until(holds: () => boolean | Promise<boolean>, deadlineMs: number): Promise<void> {
  const deadline = performance.now() + deadlineMs;
  while (!(await holds())) {
    if (performance.now() > deadline) throw new Error(`not within ${deadlineMs} ms: ${holds.toString()}`);
    await wait(10);
  }
}
