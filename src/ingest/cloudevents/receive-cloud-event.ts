import type { FastifyRequest } from 'fastify';
import { collectBody } from '../../http/collect-body.js';
import { ProblemError } from '../../http/problem.error.js';
import { mediaTypeOf } from '../../http/streamed-body.js';
import { parseStrictJson } from '../../http/strict-json.js';
import { readBinary } from './binary-mode.js';
import { EVENT_BYTES, MESSAGE_BYTES } from './cloud-event-limits.js';
import { CLOUD_EVENT, CONTENT } from './media-types.js';
import type { ReceivedCloudEvent } from './received-cloud-event.js';
import { readStructured } from './structured-mode.js';

/**
 * Receives the body of a request with one CloudEvent; the function it resolves with reads the event, in the mode that the
 * media type names, and throws a 400 problem where there is none. Rejects with a 413 or 415 problem.
 */
export async function receiveCloudEvent(request: FastifyRequest): Promise<() => ReceivedCloudEvent> {
  switch (mediaTypeOf(request)) {
    case CLOUD_EVENT: {
      const bytes = await collectBody(request, MESSAGE_BYTES);
      return () => readStructured(parseStrictJson(bytes), bytes.length);
    }
    case CONTENT: {
      const bytes = await collectBody(request, EVENT_BYTES);
      return () => readBinary(request.raw.headersDistinct, parseStrictJson(bytes));
    }
    default:
      throw new ProblemError('unsupported-media-type', 'The Content-Type is missing.');
  }
}
