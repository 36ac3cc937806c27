import type { Call, CallsRequest } from './messages.js';

/** This many events make a transaction of some ten milliseconds: longer ones would delay leases and commands. */
const MAX_EVENTS = 2000;

/** The first request and those that wait behind it, until the group is full: the content of one transaction. */
export function gatherGroup(first: CallsRequest, nextWaiting: () => CallsRequest | null): CallsRequest {
  const calls: Call[] = [...first.calls];
  let events = eventsIn(first.calls);
  let { now } = first;
  while (events < MAX_EVENTS) {
    const waiting = nextWaiting();
    if (waiting === null) break;
    calls.push(...waiting.calls);
    events += eventsIn(waiting.calls);
    now = waiting.now;
  }
  return { kind: 'calls', now, calls };
}

/** A call that brings no events counts as one. */
function eventsIn(calls: readonly Call[]): number {
  return calls.reduce((sum, { parameter }) => sum + (Array.isArray(parameter) ? parameter.length : 1), 0);
}
