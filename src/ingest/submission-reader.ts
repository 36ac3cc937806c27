import type { FastifyRequest } from 'fastify';
import { compileValidation } from '../contract/compiled-validation.js';
import type { EventDefinition } from '../contract/event-definition.js';
import type { InputFault } from '../contract/validate-event.js';
import { ProblemError } from '../http/problem.error.js';
import type { JsonBody } from '../http/strict-json.js';
import { parseIdempotencyKey } from './idempotency-key.js';
import type { Submission } from './seal.js';

/**
 * Reads requests to one event type's endpoint. The function it returns throws a 400 problem that names every fault of
 * text and content at once.
 */
export function submissionReaderFor(definition: EventDefinition): (request: FastifyRequest) => Submission {
  const faultsOf = compileValidation(definition);
  return ({ body, headers, principal, traceparent }) => {
    if (principal === null) throw new Error('an event without a client: the endpoint is not guarded');
    return {
      definition,
      content: contentOf(body as JsonBody | undefined, faultsOf),
      client: principal.client,
      idempotencyKey: parseIdempotencyKey(headers['idempotency-key']),
      traceparent,
    };
  };
}

function contentOf(
  body: JsonBody | undefined,
  faultsOf: (value: unknown) => readonly InputFault[],
): Readonly<Record<string, unknown>> {
  if (body === undefined) throw new ProblemError('malformed-json', 'The body is empty.');
  if (body.kind === 'malformed') throw new ProblemError('malformed-json', body.detail);
  const faults = body.faults.length === 0 ? faultsOf(body.value) : together(body.faults, faultsOf(body.value));
  if (faults.length === 0) return body.value as Readonly<Record<string, unknown>>;
  throw new ProblemError('invalid-event', 'The event is not valid; errors names every fault.', { errors: faults });
}

/** A fault of the text explains the fault of the content at the same place. */
function together(ofText: readonly InputFault[], ofContent: readonly InputFault[]): readonly InputFault[] {
  const pointers = new Set(ofText.map(({ pointer }) => pointer));
  return [...ofText, ...ofContent.filter(({ pointer }) => !pointers.has(pointer))];
}
