import type { FastifyRequest } from 'fastify';

/** Who acts, as the audit names it. */
export function operatorOf({ principal }: FastifyRequest): string {
  if (principal === null) throw new Error('a deed without a client: the endpoint is not guarded');
  return principal.client;
}
