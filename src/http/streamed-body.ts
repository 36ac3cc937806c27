import type { FastifyRequest } from 'fastify';
import { AddRouteConfig } from './add-route-config.js';
import { ProblemError } from './problem.error.js';

declare module 'fastify' {
  interface FastifyContextConfig {
    /** The media types that this route accepts; absent: `application/json` alone. */
    readonly mediaTypes?: readonly string[] | 'any';
    /** The handler reads the body itself, after the guards have let the request in. */
    readonly isStreamed?: boolean;
  }
}

/** What the server leaves in `request.body` for a handler that reads the body itself. */
export interface StreamedBody {
  /** The one of the route's media types that it has. */
  readonly mediaType: string;
}

/**
 * The endpoint accepts bodies of these media types, and its handler reads them: with `collectBody`, or from
 * `request.raw`.
 */
export function StreamsBody(...mediaTypes: readonly string[]): MethodDecorator {
  return AddRouteConfig({ mediaTypes, isStreamed: true });
}

/** The same for an endpoint whose callers may send no Content-Type, or any. */
export function StreamsAnyBody(): MethodDecorator {
  return AddRouteConfig({ mediaTypes: 'any', isStreamed: true });
}

/**
 * Returns which of the media types of `@StreamsBody` a request has. Throws 415 where it names none: then it has no
 * body.
 */
export function mediaTypeOf({ body }: FastifyRequest): string {
  const streamed = body as StreamedBody | null | undefined;
  if (streamed) return streamed.mediaType;
  throw new ProblemError('unsupported-media-type', 'The Content-Type is missing.');
}
