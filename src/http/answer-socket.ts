import { STATUS_CODES } from 'node:http';
import type { Socket } from 'node:net';
import { PROBLEM_MEDIA_TYPE, problemOf } from './problem.js';
import type { ProblemSlug } from './problem-types.js';
import { continueTrace } from './trace-context.js';

/** Answers with a problem where there is no request to reply to, and closes the connection. */
export function answerSocket(socket: Socket, slug: ProblemSlug, detail: string): void {
  const problem = problemOf(slug, { detail, instance: '' });
  const body = JSON.stringify(problem);
  socket.write(
    [
      `HTTP/1.1 ${problem.status} ${STATUS_CODES[problem.status]}`,
      `Content-Type: ${PROBLEM_MEDIA_TYPE}`,
      `Content-Length: ${Buffer.byteLength(body)}`,
      'Connection: close',
      `traceparent: ${continueTrace(undefined)}`,
      '',
      body,
    ].join('\r\n'),
  );
  // Node has taken its own listener off a socket that asked for a tunnel: a reset would end the process.
  socket.on('error', () => undefined);
  socket.destroySoon();
}
