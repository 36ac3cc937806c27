import { STATUS_CODES } from 'node:http';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Answer, Ending } from './answer.js';
import type { RawSockets } from './raw-sockets.js';

/** Ends an exchange on the wire: with an answer, or by breaking the connection in the ordered way. */
export function send(ending: Ending, { request, reply }: Exchange, sockets: RawSockets): FastifyReply {
  // Past Fastify, which would change the spelling of content types.
  reply.hijack();
  switch (ending.kind) {
    case 'answer':
      writeAnswer(ending.answer, reply);
      break;
    case 'reset':
      sockets.reset(request.raw.socket);
      break;
    case 'truncate':
      writeAndCut(request, truncated(ending.answer, ending.bodyLength));
      break;
    case 'raw':
      writeAndCut(request, ending.bytes);
      break;
    case 'gone':
      request.raw.socket.destroy();
      break;
  }
  return reply;
}

/** A request and its reply, as Fastify has them. */
export interface Exchange {
  readonly request: FastifyRequest;
  readonly reply: FastifyReply;
}

function writeAnswer({ status, headers, body }: Answer, { raw }: FastifyReply): void {
  const length = status === 204 || status === 304 ? {} : { 'content-length': Buffer.byteLength(body) };
  raw.writeHead(status, { ...headers, ...length });
  raw.end(body);
}

function writeAndCut({ raw: { socket } }: FastifyRequest, text: string): void {
  socket.write(text, () => socket.destroy());
}

/** The head of the true answer and the beginning of its body; an answer without body announces one. */
function truncated({ status, headers, body }: Answer, bodyLength: number): string {
  const announced = body === '' ? '{"@odata.context":' : body;
  const lines = [
    `HTTP/1.1 ${status === 204 ? 200 : status} ${STATUS_CODES[status === 204 ? 200 : status] ?? ''}`,
    ...Object.entries(headers).map(([name, value]) => `${name}: ${value}`),
    `content-length: ${Buffer.byteLength(announced) + 64}`,
    '',
    body === '' ? announced.slice(0, 9) : body.slice(0, bodyLength),
  ];
  return lines.join('\r\n');
}
