import http, { type ClientRequest, type IncomingMessage, type RequestOptions } from 'node:http';
import https from 'node:https';
import type { Socket } from 'node:net';
import { ConnectTimeoutError } from './connect-timeout.error.js';
import type { ConnectionStage } from './http-exchange.js';

/**
 * Node's own transport, watched: for every failed request it knows whether the connection was usable. That decides
 * whether a call may have been executed, and error codes do not tell: ECONNRESET comes from a handshake that broke off
 * as well as from a connection that carried the whole request.
 */
export class WatchedTransport {
  private readonly watched = new WeakMap<object, { readonly socket: Socket | null; readonly connected: boolean }>();

  /** @param connectTimeoutMs for a proxy's tunnel, DNS, TCP and TLS together */
  constructor(private readonly connectTimeoutMs: number) {}

  /** The signature axios calls its `transport` by. Redirects are never followed. */
  request(options: RequestOptions, onResponse: (response: IncomingMessage) => void): ClientRequest {
    const request =
      options.protocol === 'http:' ? http.request(options, onResponse) : https.request(options, onResponse);
    this.watched.set(request, { socket: null, connected: false });
    const timer = setTimeout(
      () => giveUp(request, new ConnectTimeoutError(this.connectTimeoutMs)),
      this.connectTimeoutMs,
    );
    const settled = () => clearTimeout(timer);
    request.once('close', settled);
    request.once('socket', (socket) => this.watch({ request, socket, settled }));
    return request;
  }

  /** How far a failed request had come. A request that was never made had not begun. */
  stageOf(request: unknown): ConnectionStage {
    const watched = typeof request === 'object' && request !== null ? this.watched.get(request) : undefined;
    if (watched?.connected === true) return 'connected';
    return wasRefusedByUs(watched?.socket ?? null) ? 'unverified' : 'connecting';
  }

  private watch({ request, socket, settled }: Connecting): void {
    const connected = () => {
      settled();
      this.watched.set(request, { socket, connected: true });
    };
    this.watched.set(request, { socket, connected: false });
    if (isUsable(socket)) connected();
    else socket.once('encrypted' in socket ? 'secureConnect' : 'connect', connected);
  }
}

interface Connecting {
  readonly request: ClientRequest;
  readonly socket: Socket;
  /** Stops the timer for connecting. */
  readonly settled: () => void;
}

/**
 * A destroyed request without a socket (while a proxy still decides, for example) would stay silent until it gets one.
 */
function giveUp(request: ClientRequest, error: Error): void {
  const silent = request.socket === null;
  request.destroy(error);
  if (silent) request.emit('error', error);
}

/** A reused socket is usually connected; one that was handed on while it still connected is not. */
function isUsable(socket: Socket): boolean {
  return !socket.connecting && (socket as { secureConnecting?: boolean }).secureConnecting !== true;
}

function wasRefusedByUs(socket: Socket | null): boolean {
  const error = (socket as { authorizationError?: unknown } | null)?.authorizationError;
  return error !== undefined && error !== null;
}
