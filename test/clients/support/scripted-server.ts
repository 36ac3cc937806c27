import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';

export interface SeenRequest {
  readonly method: string;
  readonly path: string;
  readonly headers: IncomingMessage['headers'];
  readonly body: string;
}

/** What one request is answered with, or what is done to its connection. */
export type Turn =
  | { readonly status: number; readonly headers?: Readonly<Record<string, string>>; readonly body?: object | string }
  | 'reset'
  | 'cut off'
  | 'silence';

/** A server that answers as its script says, turn by turn, and keeps what it was asked. */
export class ScriptedServer {
  readonly seen: SeenRequest[] = [];
  private turns: Turn[] = [];

  private constructor(private readonly server: Server) {
    server.on('request', (request, response) => void this.answer(request, response));
  }

  static async start(): Promise<ScriptedServer> {
    const server = createServer();
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    return new ScriptedServer(server);
  }

  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  script(...turns: readonly Turn[]): void {
    this.turns = [...turns];
    this.seen.length = 0;
  }

  async stop(): Promise<void> {
    this.server.close();
    this.server.closeAllConnections();
    await once(this.server, 'close');
  }

  private async answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { method = '', url = '', headers } = request;
    this.seen.push({ method, path: url, headers, body: await text(request) });
    const turn = this.turns.shift() ?? { status: 599 };
    if (turn === 'silence') return;
    if (turn === 'reset') response.destroy();
    else if (turn === 'cut off') {
      response.writeHead(202, { 'Content-Length': '100' });
      response.write('{"id":', () => response.destroy());
    } else {
      const body = typeof turn.body === 'string' ? turn.body : JSON.stringify(turn.body ?? {});
      response.writeHead(turn.status, { 'Content-Type': 'application/json', ...turn.headers }).end(body);
    }
  }
}

/** A problem as the gateway writes it. */
export function problemTurn(status: number, slug: string, headers: Readonly<Record<string, string>> = {}): Turn {
  const body = { type: `/problems/${slug}`, title: slug, status, detail: 'As scripted.', instance: '/' };
  return { status, headers: { 'Content-Type': 'application/problem+json', ...headers }, body };
}
