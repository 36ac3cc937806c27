import type { FastifyRequest } from 'fastify';

/** The origin a client used, by its Host header. */
export function originOf(request: FastifyRequest): string {
  return `https://${request.host}`;
}

/** The body as bytes: the endpoint parses it. */
export function bytesOf(request: FastifyRequest): Buffer {
  return Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0);
}

/** Resolves when the client has closed its connection. Costs nothing unless called. */
export function gone(request: FastifyRequest): () => Promise<void> {
  return () =>
    new Promise((resolve) => {
      if (request.raw.socket.destroyed) resolve();
      else request.raw.socket.once('close', () => resolve());
    });
}
