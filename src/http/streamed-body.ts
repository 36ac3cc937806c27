import type { FastifyRequest } from 'fastify';
import { AddRouteConfig } from './add-route-config.js';
import { ProblemError } from './problem.error.js';

declare module 'fastify' {
  interface FastifyContextConfig {
    /** What bodies of this route may be; `application/json` alone where it says nothing. */
    readonly mediaTypes?: readonly string[] | 'any';
    /** The handler reads the body, after the guards have let the request in. */
    readonly isStreamed?: boolean;
  }
}

/** What the server leaves in `request.body` for a handler that reads the body itself. */
export interface StreamedBody {
  /** Which of the route's media types it is. */
  readonly mediaType: string;
}

/** The endpoint takes bodies of these media types, and its handler reads them: with `collectBody`, or from `request.raw`. */
export function StreamsBody(...mediaTypes: readonly string[]): MethodDecorator {
  return AddRouteConfig({ mediaTypes, isStreamed: true });
}

/** The same for an endpoint whose callers are not known to say what they bring. */
export function StreamsAnyBody(): MethodDecorator {
  return AddRouteConfig({ mediaTypes: 'any', isStreamed: true });
}

/** Which of the media types of `@StreamsBody` a request brings. Throws 415 where it says none, for it brings nothing. */
export function mediaTypeOf({ body }: FastifyRequest): string {
  const streamed = body as StreamedBody | null | undefined;
  if (streamed) return streamed.mediaType;
  throw new ProblemError('unsupported-media-type', 'The Content-Type is missing.');
}
