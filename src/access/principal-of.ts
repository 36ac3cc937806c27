import type { FastifyRequest } from 'fastify';
import type { Principal } from './principal.js';

/** Who sent a request that the guard has let in. */
export function principalOf({ principal }: FastifyRequest): Principal {
  if (principal === null) throw new Error('a request without a client: the endpoint is not guarded');
  return principal;
}
