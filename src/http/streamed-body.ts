import { RouteConfig } from '@nestjs/platform-fastify';
import type { FastifyRequest } from 'fastify';

declare module 'fastify' {
  interface FastifyContextConfig {
    /** What bodies of this route may be; `application/json` alone where it says nothing. */
    readonly mediaTypes?: readonly string[];
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
  return RouteConfig({ mediaTypes, isStreamed: true });
}

/** Which of the media types of `@StreamsBody` a request brings; null where it says none, and brings nothing. */
export function mediaTypeOf({ body }: FastifyRequest): string | null {
  return (body as StreamedBody | null | undefined)?.mediaType ?? null;
}
