import type { FastifyRequest } from 'fastify';
import { networkOf } from './network-of.js';

/** The network a request comes from, as far as it is known: behind a trusted proxy that is what the proxy says. */
export function originOf({ ip, socket }: Pick<FastifyRequest, 'ip' | 'socket'>): string {
  return networkOf(ip) ?? networkOf(socket.remoteAddress ?? '') ?? 'unknown';
}
