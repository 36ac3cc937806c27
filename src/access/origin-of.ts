import type { FastifyRequest } from 'fastify';
import { networkOf } from './network-of.js';

/**
 * The network that a request comes from, as far as it is known: behind a trusted proxy, the one that the proxy names.
 */
export function originOf({ ip, socket }: Pick<FastifyRequest, 'ip' | 'socket'>): string {
  return networkOf(ip) ?? networkOf(socket.remoteAddress ?? '') ?? 'unknown';
}
