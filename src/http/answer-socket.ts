import { STATUS_CODES } from 'node:http';
import type { Duplex } from 'node:stream';
import { PROBLEM_MEDIA_TYPE, problemOf } from './problem.js';
import type { ProblemSlug } from './problem-types.js';
import { continueTrace } from './trace-context.js';

/** Until the client has closed its side: closing ours at once could cost it the answer, waiting for ever a descriptor. */
const LINGER_MS = 1_000;

/** Answers with a problem where there is no request to reply to, and closes the connection. */
export function answerSocket(socket: Duplex, slug: ProblemSlug, detail: string): void {
  const problem = problemOf(slug, { detail, instance: '' });
  const body = JSON.stringify(problem);
  const late = setTimeout(() => socket.destroy(), LINGER_MS);
  socket.once('close', () => clearTimeout(late));
  // What still comes is of no interest, but unread it would turn our closing into a reset.
  socket.resume();
  socket.end(
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
}
