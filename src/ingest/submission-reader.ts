import type { FastifyRequest } from 'fastify';
import type { EventDefinition } from '../contract/event-definition.js';
import type { JsonBody } from '../http/strict-json.js';
import { contentReaderFor } from './content-reader.js';
import type { EventIdentity } from './event-identity.js';
import { parseIdempotencyKey } from './idempotency-key.js';
import type { Submission } from './seal.js';

/** Reads requests to one event type's endpoint. The function it returns throws a 400 problem. */
export function submissionReaderFor(definition: EventDefinition): (request: FastifyRequest) => Submission {
  const read = contentReaderFor(definition);
  return ({ body, headers, principal, traceparent }) => {
    if (principal === null) throw new Error('an event without a client: the endpoint is not guarded');
    return {
      definition,
      content: read(body as JsonBody | undefined),
      client: principal.client,
      identity: identityFrom(headers['idempotency-key']),
      traceparent,
    };
  };
}

const BY_BUSINESS_KEY: EventIdentity = { kind: 'business' };

function identityFrom(header: string | readonly string[] | undefined): EventIdentity {
  const key = parseIdempotencyKey(header);
  return key === null ? BY_BUSINESS_KEY : { kind: 'header', key };
}
