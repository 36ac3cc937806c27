import type { ProblemSlug } from '../http/problem-types.js';

/** What every endpoint that takes events in may answer; the document names it with what is an endpoint's own. */
export const PUBLISHING_PROBLEMS = [
  'malformed-json',
  'invalid-idempotency-key',
  'unauthenticated',
  'forbidden',
  'payload-too-large',
  'unsupported-media-type',
  'storage-unavailable',
  'storage-unknown',
  'storage-full',
  'backlog-full',
  'overloaded',
  'shutting-down',
] as const satisfies readonly ProblemSlug[];
