import type { EpochMs } from '../../kernel/clock.js';
import type { NewAttempt } from '../settlement.js';
import type { Session } from './session.js';

/** Numbers continue those of the event, in order. The events' rows are locked, so nobody else numbers them. */
const INSERT = `
INSERT INTO attempt (
  event_sequence, number, outcome, counted, started_at, duration_ms, application_user, http_status, error_code, detail,
  service_request_id, next_attempt_at
)
SELECT event_sequence,
  row_number() OVER (PARTITION BY event_sequence ORDER BY nth) + (
    SELECT coalesce(max(number), 0) FROM attempt WHERE attempt.event_sequence = given.event_sequence
  ),
  outcome, counted, started_at, duration_ms, application_user, http_status, error_code, detail, service_request_id,
  next_attempt_at
FROM unnest(
  $1::bigint[], $2::text[], $3::int[], $4::bigint[], $5::bigint[], $6::text[], $7::int[], $8::text[], $9::text[],
  $10::text[], $11::bigint[]
) WITH ORDINALITY AS given (
  event_sequence, outcome, counted, started_at, duration_ms, application_user, http_status, error_code, detail,
  service_request_id, next_attempt_at, nth
)`;

/** A line for the timeline of the event with this sequence. */
export type AttemptLine = NewAttempt & { readonly sequence: number; readonly nextAttemptAt: EpochMs | null };

/** Writes lines of timelines. Times are kept in whole milliseconds. */
export async function recordAttempts(session: Session, lines: readonly AttemptLine[]): Promise<void> {
  if (lines.length === 0) return;
  await session.change(
    INSERT,
    lines.map(({ sequence }) => sequence),
    lines.map(({ outcome }) => outcome),
    lines.map(({ counted }) => (counted ? 1 : 0)),
    lines.map(({ startedAt }) => Math.round(startedAt)),
    lines.map(({ durationMs }) => Math.round(durationMs)),
    lines.map(({ applicationUser }) => applicationUser),
    lines.map(({ httpStatus }) => httpStatus),
    lines.map(({ errorCode }) => errorCode),
    lines.map(({ detail }) => detail),
    lines.map(({ serviceRequestId }) => serviceRequestId),
    lines.map(({ nextAttemptAt }) => nextAttemptAt),
  );
}
