import { FastifyAdapter } from '@nestjs/platform-fastify';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { type JsonBody, parseStrictJson } from '../kernel/strict-json.js';
import { requireContent } from './body-content.js';
import { BodyRoom } from './body-room.js';
import { answerClientError } from './client-error.js';
import { closeAsTheyIdle } from './close-as-they-idle.js';
import { HTTP_LIMITS, type HttpLimits } from './http-limits.js';
import { LingeringConnections, type LingerLimits } from './lingering-connections.js';
import { type ConnectionLimits, meetConnections } from './meet-connections.js';
import { ProblemError } from './problem.error.js';
import { problemFor } from './problem-for.js';
import { requestFault } from './request-fault.js';
import { RouteTable } from './route-table.js';
import { sendProblem } from './send-problem.js';
import type { StreamedBody } from './streamed-body.js';
import { continueTrace } from './trace-context.js';
import { trustedProxy } from './trusted-proxy.js';

declare module 'fastify' {
  interface FastifyInstance {
    readonly routeTable: RouteTable;
  }
  interface FastifyRequest {
    /** W3C trace context with a span of this gateway. */
    traceparent: string;
  }
}

/** How the server meets the network: with TLS of its own or without, and whose `X-Forwarded-*` headers it believes. */
export interface HttpExposure {
  /** PEM texts, or null for plain http. */
  readonly tls: { readonly certificate: string; readonly key: string } | null;
  readonly trustedProxies: boolean | readonly string[];
}

const PLAIN: HttpExposure = { tls: null, trustedProxies: false };

/**
 * The HTTP server every feature is mounted on, with its limits set on purpose. Goes with `bodyParser: false` in Nest's
 * options (Nest's own parsers would take form data) and with `ProblemFilter` as global filter.
 */
export function createHttpAdapter(limits: Partial<HttpLimits> = {}, exposure: HttpExposure = PLAIN): FastifyAdapter {
  const { bodyLimit, keepAliveTimeout, silenceTimeout, ...ofServer } = { ...HTTP_LIMITS, ...limits };
  const { tls, trustedProxies } = exposure;
  const adapter = new FastifyAdapter({
    trustProxy: typeof trustedProxies === 'boolean' ? trustedProxies : trustedProxy(trustedProxies),
    bodyLimit,
    keepAliveTimeout,
    requestTimeout: ofServer.requestTimeout,
    connectionTimeout: silenceTimeout,
    // During the shutdown, requests on open connections are still answered; what is no longer possible answers 503
    // itself.
    return503OnClosing: false,
    forceCloseConnections: 'idle',
    clientErrorHandler: answerClientError,
    frameworkErrors: answerRouterError,
    // The longest name in a path is a gate's: an application user and an event type.
    routerOptions: { maxParamLength: 300 },
    // No feature uses Nest middleware; its plugin would cost time in every request.
    skipMiddie: true,
    [tls === null ? 'http' : 'https']: {
      ...(tls === null ? {} : { cert: tls.certificate, key: tls.key, minVersion: 'TLSv1.2' }),
      maxHeaderSize: ofServer.maxHeaderSize,
      headersTimeout: ofServer.headersTimeout,
      handshakeTimeout: ofServer.headersTimeout,
      connectionsCheckingInterval: ofServer.checkInterval,
      // Node would answer 400 without a body; `requestFault` says the same as a problem.
      requireHostHeader: false,
    },
  });
  const instance = adapter.getInstance<FastifyInstance>();
  governConnections(instance, ofServer);
  prepare(instance, bodyLimit);
  return adapter;
}

function governConnections(instance: FastifyInstance, limits: ConnectionLimits & LingerLimits): void {
  const lingering = new LingeringConnections(limits);
  meetConnections(instance.server, limits, lingering);
  instance.addHook('preClose', async () => closeAsTheyIdle(instance.server, lingering));
}

function prepare(instance: FastifyInstance, bodyLimit: number): void {
  const routeTable = new RouteTable();
  instance.decorate('routeTable', routeTable);
  instance.addHook('onRoute', ({ method, url }) => routeTable.add(method, url));
  instance.decorate('bodyRoom', new BodyRoom());
  instance.decorateRequest('traceparent', '');
  instance.decorateRequest('bodyHolder', '');
  instance.addHook('onRequest', begin);
  instance.removeAllContentTypeParsers();
  // The parser takes any Content-Type: the route says which ones it accepts.
  instance.addContentTypeParser('*', (request: FastifyRequest) => fillBody(request, bodyLimit));
}

function begin(request: FastifyRequest, reply: FastifyReply, done: (error?: Error) => void): void {
  request.traceparent = continueTrace(request.headers.traceparent as string | undefined);
  reply.header('traceparent', request.traceparent);
  const fault = requestFault(request.raw);
  done(fault === null ? undefined : new ProblemError('malformed-request', fault, { headers: { Connection: 'close' } }));
}

const JSON_ALONE = ['application/json'];
const ANY = '*/*';

/**
 * Makes `request.body`. The handler of a streamed body reads it itself, once the request was let in; here it only gets
 * its media type.
 */
async function fillBody(request: FastifyRequest, bodyLimit: number): Promise<JsonBody | StreamedBody> {
  const { mediaTypes = JSON_ALONE, isStreamed = false } = request.routeOptions.config;
  const mediaType = mediaTypes === 'any' ? ANY : requireContent(request.headers, mediaTypes);
  if (isStreamed) return { mediaType };
  return request.server.bodyRoom.use(request, { maxBytes: bodyLimit, work: parseStrictJson });
}

/**
 * The router refuses a path that cannot be decoded, or a name that is too long, before any hook or filter sees the
 * request.
 */
function answerRouterError(error: Error, { headers }: FastifyRequest, reply: FastifyReply): void {
  reply.header('traceparent', continueTrace(headers.traceparent as string | undefined));
  sendProblem(reply, problemFor(error) ?? new ProblemError('malformed-request', 'The path cannot be read.'));
}
