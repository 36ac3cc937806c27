import type { Timers } from '../kernel/timers.js';
import type { Call } from './call.js';
import { callForEach } from './call-destination.js';
import type { CallOptions, CallReport, Destination } from './destination.js';

interface SendCallParts extends CallOptions {
  readonly destination: Destination;
  readonly timers: Timers;
}

/** Hands a call to the destination, as one event or as a batch; returns a report for each of its events. */
export function sendCall(call: Call, parts: SendCallParts): Promise<readonly CallReport[]> {
  const { destination, timers, signal, mayStillSend } = parts;
  const { applicationUser } = call;
  const events = call.held.map(({ event }) => event);
  const [first] = events;
  const send = async (ending: AbortSignal) =>
    events.length > 1 || first === undefined
      ? destination.deliverBatch(events, applicationUser, { signal: ending, mayStillSend })
      : [await destination.deliver(first, applicationUser, { signal: ending, mayStillSend })];
  return callForEach(events.length, send, { signal, timers });
}
