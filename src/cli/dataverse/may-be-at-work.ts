import { hostname } from 'node:os';
import type { EpochMs } from '../../kernel/clock.js';
import type { RecreationFacts } from '../../outbox/recreation-facts.js';

/** Another host cannot be asked: a run there counts as alive for this long. */
const BELIEVED_FOR_MS = 10 * 60_000;

/** This host as a pause names it: one word. */
export function hostWord(): string {
  return hostname().replace(/[^\w.-]/g, '-') || 'unknown';
}

/** Whether the run that made a pause may still be working, so that nobody else lifts the pause. */
export function mayBeAtWork({ process: id, host, at }: RecreationFacts, now: EpochMs): boolean {
  if (host !== hostWord()) return now - at < BELIEVED_FOR_MS;
  // Containers give successive processes the same id; but this process has paused nothing yet when it asks.
  return id !== process.pid && isAlive(id);
}

function isAlive(id: number): boolean {
  try {
    process.kill(id, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
