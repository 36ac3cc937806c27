import type { Wait } from '../../dataverse/repeat/patience.js';
import type { Output } from '../cli-context.js';

/** Waits shorter than this need no explanation, in milliseconds. */
const WORTH_TELLING_MS = 2_000;

/**
 * Tells a person at a terminal why nothing happens for a while; elsewhere nothing. Several requests that wait for the
 * same end are told once.
 */
export function tellWait(output: Output, now: () => number = () => performance.now()): (wait: Wait) => void {
  let toldUntil = Number.NEGATIVE_INFINITY;
  return ({ ms, why }) => {
    const until = now() + ms;
    if (output.isTTY !== true || ms < WORTH_TELLING_MS || until - toldUntil < WORTH_TELLING_MS) return;
    toldUntil = until;
    output.write(`Dataverse: ${why}. Trying again in ${Math.ceil(ms / 1000)} s.\n`);
  };
}
