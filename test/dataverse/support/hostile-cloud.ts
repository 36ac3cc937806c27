import { once } from 'node:events';
import type { IncomingHttpHeaders, IncomingMessage, ServerResponse } from 'node:http';
import https from 'node:https';
import type { AddressInfo, Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import type { KeyAndCertificate } from './certificates.js';

/** One request as it arrived, whatever became of it. */
export interface SeenRequest {
  readonly method: string;
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

/** Answers one request, or does something worse to it. */
export type Answering = (response: ServerResponse, request: SeenRequest) => void;

const succeed: Answering = (response) => response.writeHead(204, { 'OData-Version': '4.0' }).end();

export function status(code: number, headers: Record<string, string> = {}, body: string | Buffer = ''): Answering {
  return (response) => response.writeHead(code, headers).end(body);
}

/** Bytes of our own instead of an HTTP answer, then a reset or an end. */
export function raw(text: string, then: 'reset' | 'end'): Answering {
  return (response) => {
    const { socket } = response;
    if (socket === null) throw new Error('the connection is gone');
    socket.write(text, () => (then === 'reset' ? reset(socket) : socket.destroy()));
  };
}

export const resetConnection: Answering = (response) => {
  if (response.socket !== null) reset(response.socket);
};

/** An Entra and a Dataverse on one origin that do whatever a test asks of them, next answers first come first served. */
export class HostileCloud {
  readonly calls: SeenRequest[] = [];
  readonly tokenRequests: SeenRequest[] = [];
  /** TLS connections that were finished, and all that were begun. */
  connections = 0;
  handshakes = 0;
  /** Used up one by one; afterwards everything succeeds. */
  readonly nextCalls: Answering[] = [];
  readonly nextTokens: Answering[] = [];
  readonly nextDiscoveries: Answering[] = [];
  /** Seconds a token lives. */
  tokenLifetime = 3600;
  private readonly server: https.Server;
  private readonly sockets = new Set<Duplex>();

  private constructor(certificate: KeyAndCertificate) {
    this.server = https.createServer({ key: certificate.key, cert: certificate.cert }, (request, response) => {
      void this.handle(request, response);
    });
    this.server.on('secureConnection', () => {
      this.connections += 1;
    });
    this.server.on('connection', (socket) => {
      this.handshakes += 1;
      this.sockets.add(socket);
      socket.on('close', () => this.sockets.delete(socket));
    });
  }

  static async start(certificate: KeyAndCertificate): Promise<HostileCloud> {
    const cloud = new HostileCloud(certificate);
    cloud.server.listen(0, '127.0.0.1');
    await once(cloud.server, 'listening');
    return cloud;
  }

  get port(): number {
    return (this.server.address() as AddressInfo).port;
  }

  get url(): string {
    return `https://localhost:${this.port}`;
  }

  /** The tokens that calls came with, in the order of the calls. */
  get bearers(): readonly (string | undefined)[] {
    return this.calls.map((call) => call.headers.authorization);
  }

  /** Connections that are open now. */
  get open(): number {
    return this.sockets.size;
  }

  /** Serves a connection that came in elsewhere. */
  adopt(socket: Socket): void {
    this.server.emit('connection', socket);
  }

  /** Closes every connection, as a server does with idle ones. */
  dropConnections(): void {
    this.server.closeAllConnections();
  }

  async stop(): Promise<void> {
    const closed = once(this.server, 'close');
    this.server.close();
    this.server.closeAllConnections();
    for (const socket of this.sockets) socket.destroy();
    await closed;
  }

  private async handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { method = '', url = '', headers } = request;
    const body = (await request.toArray()).join('');
    const seen = { method, path: url, headers, body };
    if (url.includes('/.well-known/')) return (this.nextDiscoveries.shift() ?? this.describe)(response, seen);
    if (url.includes('/oauth2/')) {
      this.tokenRequests.push(seen);
      return (this.nextTokens.shift() ?? this.grant)(response, seen);
    }
    this.calls.push(seen);
    return (this.nextCalls.shift() ?? succeed)(response, seen);
  }

  private readonly grant: Answering = (response, request) => {
    const access_token = `token-${this.tokenRequests.indexOf(request) + 1}`;
    const grant = { token_type: 'Bearer', expires_in: this.tokenLifetime, access_token };
    status(200, {}, JSON.stringify(grant))(response, request);
  };

  private readonly describe: Answering = (response) => {
    const tenant = `${this.url}/tenant`;
    const issuer = `${tenant}/v2.0`;
    const endpoints = {
      authorization_endpoint: `${tenant}/oauth2/v2.0/authorize`,
      token_endpoint: `${tenant}/oauth2/v2.0/token`,
      end_session_endpoint: `${tenant}/oauth2/v2.0/logout`,
      jwks_uri: `${tenant}/discovery/v2.0/keys`,
    };
    response.writeHead(200).end(JSON.stringify({ issuer, ...endpoints }));
  };
}

function reset(socket: Socket): void {
  // The TLS wrapper has no reset of its own; its TCP socket does.
  const { _parent: tcp } = socket as unknown as { _parent?: Socket };
  (tcp ?? socket).resetAndDestroy();
}
