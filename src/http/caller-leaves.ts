import type { FastifyReply, FastifyRequest } from 'fastify';
import { ProblemError } from './problem.error.js';

/**
 * Aborts when the caller closes its side of the connection, and when the answer is over. A caller that is gone looks
 * the same as one that only sends no more, so long work is given up for both; the second one is told why by the reason,
 * which is a problem.
 */
export function callerLeaves({ raw: { socket } }: FastifyRequest, { raw: answer }: FastifyReply): AbortSignal {
  const gone = new AbortController();
  const leave = () => gone.abort(HAS_LEFT);
  // A client may send requests in a row without waiting for answers: each of them listens.
  socket.setMaxListeners(0).once('end', leave);
  answer.once('close', () => {
    socket.off('end', leave);
    leave();
  });
  if (socket.readableEnded) leave();
  return gone.signal;
}

const HAS_LEFT = new ProblemError(
  'malformed-request',
  'The client closed its side of the connection before it had the answer.',
  { headers: { Connection: 'close' } },
);
