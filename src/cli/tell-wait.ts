import type { Wait } from '../dataverse/repeat/patience.js';
import type { Output } from './cli-context.js';
import { sentence } from './dataverse/sentence.js';

/** Shorter silence needs no explanation, in milliseconds. */
const WORTH_TELLING_MS = 2_000;

/**
 * Tells a reader, at a terminal or in a pipeline's log, why nothing happens for a while: a line for each wait that is
 * long, or that follows a long try. Several requests that wait for the same end are reported once. `asked` names what
 * did not answer, at the beginning of a line.
 */
export function tellWait(
  output: Output,
  asked: string,
  now: () => number = () => performance.now(),
): (wait: Wait) => void {
  let toldUntil = Number.NEGATIVE_INFINITY;
  return ({ ms, tookMs, why, isOfToken }) => {
    const until = now() + ms;
    if (ms + tookMs < WORTH_TELLING_MS || until - toldUntil < WORTH_TELLING_MS) return;
    toldUntil = until;
    const what = isOfToken ? sentence(why) : `${asked}: ${why}.`;
    output.write(`${what} Trying again in ${Math.ceil(ms / 1000)} s.\n`);
  };
}
