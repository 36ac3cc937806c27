import type { FastifyRequest } from 'fastify';
import type { JsonReader } from '../kernel/json-reader.js';
import type { JsonBody } from '../kernel/strict-json.js';
import { invalidInput } from './invalid-input.js';
import { ProblemError } from './problem.error.js';

/**
 * Reads the body of a request that is no event. An absent body reads like `{}`. Throws a 400 problem that names every
 * fault of text and content.
 */
export function readBody<T>(request: FastifyRequest, read: JsonReader<T>): T {
  // Fastify leaves null where neither body nor Content-Type came.
  const body = (request.body ?? EMPTY) as JsonBody;
  if (body.kind === 'malformed') throw new ProblemError('malformed-json', body.detail);
  const reading = read(body.value, '');
  if (reading.kind === 'read' && body.faults.length === 0) return reading.value;
  const errors = [...body.faults, ...(reading.kind === 'refused' ? reading.faults : [])];
  throw invalidInput('invalid-request', 'The body', errors);
}

const EMPTY: JsonBody = { kind: 'json', value: {}, faults: [] };
