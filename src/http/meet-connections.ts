import type { Server, ServerResponse } from 'node:http';
import { Server as HttpsServer } from 'node:https';
import type { Socket } from 'node:net';
import { answerSocket } from './answer-socket.js';
import type { HttpLimits } from './http-limits.js';
import type { LingeringConnections } from './lingering-connections.js';
import { PROBLEM_MEDIA_TYPE, problemOf } from './problem.js';
import { continueTrace } from './trace-context.js';

export type ConnectionLimits = Pick<HttpLimits, 'maxConnections' | 'halfClosedTimeout'>;

/** Sets how a server treats connections: how many it takes, how they end, and how it answers what asks for no route. */
export function meetConnections(server: Server, limits: ConnectionLimits, lingering: LingeringConnections): void {
  server.maxConnections = limits.maxConnections;
  // A client that closes its own side with the end of its request still gets its answer.
  Object.assign(server, { httpAllowHalfOpen: true });
  // Under TLS only after the handshake: a probe that opens and closes would be kept until its timeout.
  server.on(server instanceof HttpsServer ? 'secureConnection' : 'connection', (socket) => {
    letAnswersArrive(socket, limits.halfClosedTimeout);
    // Node closes at once after a last answer, so that what still comes of a request would reset the connection.
    socket.destroySoon = () => lingering.linger(socket);
  });
  server.on('checkExpectation', (_request, response) => refuseExpectation(response));
  server.on('connect', (_request, socket) => {
    answerSocket(socket as Socket, 'malformed-request', 'CONNECT asks for a proxy, and this is none.');
  });
}

function letAnswersArrive(socket: Socket, halfClosedTimeout: number): void {
  socket.allowHalfOpen = true;
  // A reset under TLS looks like this, too; then nothing that is written ever leaves.
  socket.once('end', () => socket.setTimeout(halfClosedTimeout));
}

function refuseExpectation(response: ServerResponse): void {
  const problem = problemOf('expectation-failed', { detail: 'Only Expect: 100-continue is met.', instance: '' });
  const body = JSON.stringify(problem);
  const headers = {
    'Content-Type': PROBLEM_MEDIA_TYPE,
    'Content-Length': body.length,
    Connection: 'close',
    traceparent: continueTrace(undefined),
  };
  response.writeHead(problem.status, headers).end(body);
}
