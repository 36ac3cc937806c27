import type { FastifyRequest } from 'fastify';
import { EVENT_BYTES } from '../../contract/event-bytes.js';
import { mediaTypeOf } from '../../http/streamed-body.js';
import { parseStrictJson } from '../../kernel/strict-json.js';
import { readBinary } from './binary-mode.js';
import { MESSAGE_BYTES } from './cloud-event-limits.js';
import { CLOUD_EVENT } from './media-types.js';
import type { ReceivedCloudEvent } from './received-cloud-event.js';
import { readStructured } from './structured-mode.js';

/**
 * Receives the body of a request with one CloudEvent; the function it resolves with reads the event, in the mode that the
 * media type names, and throws a 400 problem where there is none. Rejects with a 413, 415 or 503 problem.
 */
export async function receiveCloudEvent(request: FastifyRequest): Promise<() => ReceivedCloudEvent> {
  const { bodyRoom } = request.server;
  if (mediaTypeOf(request) === CLOUD_EVENT) {
    const parse = (body: Buffer) => ({ json: parseStrictJson(body), bytes: body.length });
    const { json, bytes } = await bodyRoom.use(request, { maxBytes: MESSAGE_BYTES, work: parse });
    return () => readStructured(json, bytes);
  }
  const json = await bodyRoom.use(request, { maxBytes: EVENT_BYTES, work: parseStrictJson });
  return () => readBinary(request.raw.headersDistinct, json);
}
