import type { EpochMs } from '../kernel/clock.js';

/** The guarantee behind all hints: a due event waits no longer than this until it is looked for. */
const POLL_MS = 1_000;
/** While there is work, the gates are read more often: a closing by another process takes effect within a second. */
const BUSY_POLL_MS = 500;

/** When the dispatcher looks again although nothing asks for it. */
export function nextPollAt(now: EpochMs, isBusy: boolean): EpochMs {
  return now + (isBusy ? BUSY_POLL_MS : POLL_MS);
}
