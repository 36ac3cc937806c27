import type { Call } from './messages.js';

/** So many events make a transaction of some ten milliseconds: longer ones would hold up leases and commands. */
const MAX_EVENTS = 2000;

/** How many of the waiting calls make the next group: all of them, unless they bring more events than one should hold. */
export function groupSize(waiting: readonly Call[]): number {
  let events = 0;
  const beyond = waiting.findIndex(({ parameter }, index) => {
    events += Array.isArray(parameter) ? parameter.length : 1;
    return index > 0 && events > MAX_EVENTS;
  });
  return beyond === -1 ? waiting.length : beyond;
}
