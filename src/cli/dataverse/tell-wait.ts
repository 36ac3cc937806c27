import type { Wait } from '../../dataverse/repeat/patience.js';
import type { Output } from '../cli-context.js';

/** Waits shorter than this need no explanation, in milliseconds. */
const WORTH_TELLING_MS = 2_000;

/** Tells a person at a terminal why nothing happens for a while; elsewhere nothing. */
export function tellWait(output: Output): (wait: Wait) => void {
  return ({ ms, why }) => {
    if (output.isTTY !== true || ms < WORTH_TELLING_MS) return;
    output.write(`Dataverse: ${why}. Trying again in ${Math.ceil(ms / 1000)} s.\n`);
  };
}
