import type { EpochMs } from '../kernel/clock.js';

/** The truth, whatever rings or does not: nothing that is due waits longer to be looked for. */
const POLL_MS = 1_000;
/** As long as there is work the gates are looked at more often: what closed elsewhere holds within a second. */
const BUSY_POLL_MS = 500;

/** By when the dispatcher looks again though nothing calls for it. */
export function nextPollAt(now: EpochMs, isBusy: boolean): EpochMs {
  return now + (isBusy ? BUSY_POLL_MS : POLL_MS);
}
