import { once } from 'node:events';
import { connect, createServer, type Socket } from 'node:net';
import { type Answer, AnswerReader } from '../harness/answer-reader.js';

/** An answer on its way back, to be told as it is or otherwise. */
export interface ToldAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** What a lie makes of an answer to a request line; null closes the connection without one. */
export type Lie = (answer: ToldAnswer, requestLine: string) => ToldAnswer | null;

/**
 * Stands before a gateway and gives its answers a twist: a gateway that breaks the contract in one way. What is sent
 * reaches the gateway byte by byte, be it HTTP or not; a request is sent when the one before it was answered.
 */
export async function startLyingProxy(target: number, lie: Lie) {
  const sockets = new Set<Socket>();
  const server = createServer({ allowHalfOpen: true }, (client) => {
    const gateway = connect({ port: target, host: '127.0.0.1', allowHalfOpen: true });
    for (const socket of [client, gateway]) {
      sockets.add(socket);
      socket.on('error', () => undefined).on('close', () => sockets.delete(socket));
    }
    retell({ client, gateway, lie });
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    port: (server.address() as { port: number }).port,
    stop: async () => {
      server.close();
      for (const socket of sockets) socket.destroy();
      await once(server, 'close');
    },
  };
}

interface Between {
  readonly client: Socket;
  readonly gateway: Socket;
  readonly lie: Lie;
}

function retell({ client, gateway, lie }: Between): void {
  const reader = new AnswerReader();
  let requestLine: string | null = null;
  const tell = (answer: Answer) => {
    const told = answer.status < 200 ? toldOf(answer) : lie(toldOf(answer), requestLine ?? '');
    if (answer.status >= 200) requestLine = null;
    if (told === null) client.destroy();
    else client.write(bytesOf(told));
  };
  const tellAll = (isClosed: boolean) => {
    for (let answer = reader.next(isClosed); answer !== null; answer = reader.next(isClosed)) tell(answer);
  };
  client.on('data', (chunk) => {
    if (requestLine === null) {
      requestLine = chunk.toString('latin1').split('\r\n', 1)[0] ?? '';
      reader.expect(requestLine.split(' ', 1)[0] ?? '');
    }
    gateway.write(chunk);
  });
  client.on('end', () => gateway.end()).on('close', () => gateway.destroy());
  gateway.on('data', (chunk) => {
    reader.add(chunk);
    tellAll(false);
  });
  gateway.on('end', () => tellAll(true));
  for (const event of ['end', 'close']) gateway.on(event, () => client.end());
}

function toldOf({ status, headers, body }: Answer): ToldAnswer {
  return { status, headers: Object.fromEntries(headers), body: body.toString('utf8') };
}

function bytesOf({ status, headers, body }: ToldAnswer): string {
  const { 'content-length': _length, 'transfer-encoding': _chunks, ...kept } = headers;
  const lines = Object.entries(kept).map(([name, value]) => `${name}: ${value}\r\n`);
  const length = status < 200 ? '' : `content-length: ${Buffer.byteLength(body)}\r\n`;
  return `HTTP/1.1 ${status} x\r\n${lines.join('')}${length}\r\n${body}`;
}
