import { ProblemError } from '../../http/problem.error.js';

/** Throws a 400 problem for an `Idempotency-Key`: beside `source` and `id` it would be a second key for one event. */
export function refuseKeyHeader(header: string | readonly string[] | undefined): void {
  if (header === undefined) return;
  throw new ProblemError(
    'invalid-idempotency-key',
    'The key of a CloudEvent is its source and id: send no Idempotency-Key beside them.',
  );
}
