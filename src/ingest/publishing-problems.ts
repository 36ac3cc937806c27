import type { ProblemSlug } from '../http/problem-types.js';

/** The problems that every endpoint for events may answer with; each endpoint adds its own. */
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
