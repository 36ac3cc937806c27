import type { FastifyRequest } from 'fastify';
import type { Principal } from '../../access/principal.js';
import { principalOf } from '../../access/principal-of.js';

/** Who sent a CloudEvent, and in which trace. */
export interface Sender {
  readonly principal: Principal;
  readonly traceparent: string;
  /** Whether the request itself named its trace: then the event's own `traceparent` extension does not count. */
  readonly isTraced: boolean;
}

/** The sender of every event in a request that was let in. */
export function senderOf(request: FastifyRequest): Sender {
  const { traceparent, headers } = request;
  return { principal: principalOf(request), traceparent, isTraced: headers.traceparent !== undefined };
}
