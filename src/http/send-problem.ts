import type { FastifyReply, FastifyRequest } from 'fastify';
import type { ProblemError } from './problem.error.js';
import { PROBLEM_MEDIA_TYPE, problemOf } from './problem.js';

/** Answers a request with a problem. */
export function sendProblem(reply: FastifyReply, error: ProblemError): void {
  const { status, slug, message: detail, errors, headers, members } = error;
  const problem = problemOf(slug, { detail, instance: pathOf(reply.request), errors, members });
  // As bytes: Fastify would add a charset to a text, which this media type does not have.
  reply
    .code(status)
    .headers(headers)
    .header('Content-Type', PROBLEM_MEDIA_TYPE)
    .send(Buffer.from(JSON.stringify(problem)));
}

/** The path a request asked for, without its query. */
export function pathOf({ url }: FastifyRequest): string {
  const query = url.indexOf('?');
  return query === -1 ? url : url.slice(0, query);
}
