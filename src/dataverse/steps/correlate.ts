import { randomBytes, randomUUID } from 'node:crypto';
import type { Step } from '../pipeline.js';

const TRACEPARENT = /^(?!ff)[0-9a-f]{2}-(?!0{32})([0-9a-f]{32})-(?!0{16})[0-9a-f]{16}-([0-9a-f]{2})(-.*)?$/;

/**
 * Names the attempt for Dataverse's support and carries the trace on in which the event arrived, as a new span below
 * it. An event without a trace gets none.
 */
export const correlate: Step = (request, next) => {
  const traceparent = childOf(request.traceparent, randomBytes(8).toString('hex'));
  const trace = traceparent === null ? {} : { traceparent };
  return next({ ...request, headers: { ...request.headers, 'x-ms-client-request-id': randomUUID(), ...trace } });
};

/** The trace context of a span below the given one, or null where there is none that can be read. */
function childOf(traceparent: string | null, spanId: string): string | null {
  const [, traceId, flags] = TRACEPARENT.exec(traceparent ?? '') ?? [];
  return traceId === undefined ? null : `00-${traceId}-${spanId}-${flags}`;
}
