import { setTimeout as wait } from 'node:timers/promises';

/** Long enough for a machine that does much else as well: only what never comes about takes so long. */
export const PATIENCE_MS = 30_000;

/** Resolves once a claim holds, looked at every few milliseconds; rejects at the deadline. */
export async function until(holds: () => boolean | Promise<boolean>, deadlineMs = PATIENCE_MS): Promise<void> {
  const deadline = performance.now() + deadlineMs;
  while (!(await holds())) {
    if (performance.now() > deadline) throw new Error(`not within ${deadlineMs} ms: ${holds.toString()}`);
    await wait(10);
  }
}
