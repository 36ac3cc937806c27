import type { FastifyRequest } from 'fastify';
import { principalOf } from '../access/principal-of.js';
import type { EventDefinition } from '../contract/event-definition.js';
import type { JsonBody } from '../kernel/strict-json.js';
import { contentReaderFor } from './content-reader.js';
import type { EventIdentity } from './event-identity.js';
import { parseIdempotencyKey } from './idempotency-key.js';
import type { Submission } from './seal.js';

/** Reads requests to one event type's endpoint. The function it returns throws a 400 problem. */
export function submissionReaderFor(definition: EventDefinition): (request: FastifyRequest) => Submission {
  const read = contentReaderFor(definition);
  return (request) => ({
    definition,
    content: read(request.body as JsonBody | undefined),
    client: principalOf(request).client,
    identity: identityFrom(request.headers['idempotency-key']),
    traceparent: request.traceparent,
  });
}

const BY_BUSINESS_KEY: EventIdentity = { kind: 'business' };

function identityFrom(header: string | readonly string[] | undefined): EventIdentity {
  const key = parseIdempotencyKey(header);
  return key === null ? BY_BUSINESS_KEY : { kind: 'header', key };
}
