import { setTimeout as delay } from 'node:timers/promises';

/** Waits until a condition holds; fails after fifteen seconds. */
export async function until(holds: () => boolean, what: string): Promise<void> {
  const deadline = Date.now() + 15_000;
  while (!holds()) {
    if (Date.now() > deadline) throw new Error(`it never came about: ${what}`);
    await delay(5);
  }
}
