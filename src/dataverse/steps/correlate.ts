import { randomUUID } from 'node:crypto';
import type { Step } from '../pipeline.js';
import { childSpan } from '../trace-context.js';

/**
 * Names the attempt for Dataverse's support, and continues the trace in which the event arrived, as a new span below
 * it. An event without a trace gets none, nor does a batch: each of its parts has its own.
 */
export const correlate: Step = (request, next) => {
  const headers = { 'x-ms-client-request-id': randomUUID(), ...childSpan(request.traceparent) };
  return next({ ...request, headers: { ...request.headers, ...headers } });
};
