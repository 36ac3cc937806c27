import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { bytesOf, gone, originOf } from '../server/exchange-facts.js';
import type { RawSockets } from '../server/raw-sockets.js';
import { send } from '../server/send.js';
import { noSuchResource, tooLarge, unexpected } from './api-errors.js';
import { readAddress } from './api-operation.js';
import type { WebApi } from './web-api.js';

/** Puts the Web API under `/api/data/`. */
export function webApiRoutes(api: FastifyInstance, webApi: WebApi, sockets: RawSockets): void {
  api.setErrorHandler((error: Error & { statusCode?: number }, request, reply) => {
    const { statusCode = 500 } = error;
    const answer = statusCode === 413 ? tooLarge() : unexpected(statusCode);
    if (statusCode === 500) process.stderr.write(`${request.method} ${request.url} failed: ${error.message}\n`);
    return send({ kind: 'answer', answer }, { request, reply }, sockets);
  });
  api.all('/api/data/*', async (request: FastifyRequest, reply: FastifyReply) => {
    const address = readAddress(request.url);
    if (address === null) {
      const answer = noSuchResource(`${originOf(request)}${request.url}`);
      return send({ kind: 'answer', answer }, { request, reply }, sockets);
    }
    const ending = await webApi.handle({
      ...address,
      method: request.method,
      uri: request.url,
      header: (name) => headerOf(request, name),
      body: bytesOf(request),
      origin: originOf(request),
      connection: request.raw.socket,
      gone: gone(request),
    });
    return send(ending, { request, reply }, sockets);
  });
}

function headerOf({ headers }: FastifyRequest, name: string): string | undefined {
  const value = headers[name];
  return Array.isArray(value) ? value.join(', ') : value;
}
