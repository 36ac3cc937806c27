import { type ArgumentsHost, Catch, type ExceptionFilter, Logger } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { ProblemError } from './problem.error.js';
import { problemFor } from './problem-for.js';
import { pathOf, sendProblem } from './send-problem.js';

/** Turns anything that a route threw into one RFC 9457 answer. */
@Catch()
export class ProblemFilter implements ExceptionFilter {
  private readonly logger = new Logger('Http');
  private mayWarnAt = 0;

  catch(error: unknown, host: ArgumentsHost): void {
    const http = host.switchToHttp();
    const request = http.getRequest<FastifyRequest>();
    const reply = http.getResponse<FastifyReply>();
    const problem = this.judge(error, request);
    if (!reply.sent) sendProblem(reply, problem);
  }

  private judge(error: unknown, request: FastifyRequest): ProblemError {
    const problem = problemFor(error);
    if (problem === null) {
      this.logger.error(`${request.method} ${pathOf(request)} failed`, stackOf(error));
      return new ProblemError('internal-error', 'The gateway failed while it answered; operators find it in the log.');
    }
    if (problem.cause instanceof Error && problem.status >= 500) this.warn(problem.slug, problem.cause);
    return problem.slug === 'not-found' ? notFoundOrNotAllowed(problem, request) : problem;
  }

  /** A full disk fails every request: one line per second says as much as thousands. */
  private warn(slug: string, { message }: Error): void {
    if (performance.now() < this.mayWarnAt) return;
    this.mayWarnAt = performance.now() + WARN_EVERY_MS;
    this.logger.warn(`${slug}: ${message}`);
  }
}

const WARN_EVERY_MS = 1_000;

/** `GET /v1/events/customer-purchase` would read the event with that id; the caller meant the endpoint. */
function notFoundOrNotAllowed(notFound: ProblemError, request: FastifyRequest): ProblemError {
  const allowed = request.server.routeTable.methodsAt(pathOf(request));
  if (allowed.length === 0 || allowed.includes(request.method)) return notFound;
  const list = allowed.join(', ');
  return new ProblemError('method-not-allowed', `This path takes ${list}.`, { headers: { Allow: list } });
}

function stackOf(error: unknown): string {
  return error instanceof Error ? (error.stack ?? error.message) : typeof error;
}
