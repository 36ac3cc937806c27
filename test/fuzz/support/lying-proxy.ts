import { once } from 'node:events';
import { createServer, type IncomingMessage, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';

/** An answer on its way back, to be told as it is or otherwise. */
interface ToldAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** What a lie makes of an answer; null closes the connection without one. */
export type Lie = (answer: ToldAnswer, request: IncomingMessage) => ToldAnswer | null;

/** Stands before a gateway and gives its answers a twist: a gateway that breaks the contract in one way. */
export async function startLyingProxy(target: string, lie: Lie) {
  const server = createServer(retelling(target, lie)).listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    port: (server.address() as AddressInfo).port,
    stop: async () => {
      server.close();
      server.closeAllConnections();
      await once(server, 'close');
    },
  };
}

function retelling(target: string, lie: Lie): RequestListener {
  return async (request, response) => {
    const { method = 'GET', url = '/', headers } = request;
    const { authorization = '', 'content-type': contentType } = headers;
    const body = await buffer(request);
    const answer = await fetch(`${target}${url}`, {
      method,
      headers: { authorization, ...(contentType === undefined ? {} : { 'content-type': contentType }) },
      ...(method === 'POST' ? { body: new Uint8Array(body) } : {}),
    });
    const told = lie(
      { status: answer.status, headers: Object.fromEntries(answer.headers), body: await answer.text() },
      request,
    );
    if (told === null) return void request.socket.destroy();
    const { 'content-length': _length, connection: _connection, ...more } = told.headers;
    response.writeHead(told.status, { ...more, 'content-length': Buffer.byteLength(told.body) }).end(told.body);
  };
}
