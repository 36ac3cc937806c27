import { createServer, type Server } from 'node:https';
import type { AddressInfo } from 'node:net';
import Fastify, { type FastifyInstance } from 'fastify';
import type { KeyPairPem } from '../tls/certificate-authority.js';
import type { RawSockets } from './raw-sockets.js';

/** 1000 operations of 16 KiB fit; Dataverse documents no limit of its own. */
const BODY_LIMIT_BYTES = 16 * 1024 * 1024;

/** An HTTPS server without routes that leaves bodies as bytes. */
export function createHttpsServer(identity: KeyPairPem, sockets: RawSockets): FastifyInstance {
  const server = Fastify({
    bodyLimit: BODY_LIMIT_BYTES,
    forceCloseConnections: true,
    routerOptions: { maxParamLength: 500 },
    ajv: { customOptions: { removeAdditional: false, coerceTypes: true } },
    serverFactory: (handler) => {
      const https = createServer({ cert: identity.certificate, key: identity.privateKey, keepAliveTimeout: 72_000 });
      https.on('request', handler);
      sockets.watch(https);
      return https as Server;
    },
  });
  server.removeAllContentTypeParsers();
  server.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, body, done) => done(null, body));
  return server as unknown as FastifyInstance;
}

/** Starts to listen, and returns the port. Rejects with EADDRINUSE where it is taken. */
export async function listen(server: FastifyInstance, host: string, port: number): Promise<number> {
  await server.listen({ host, port });
  return (server.server.address() as AddressInfo).port;
}
