import type { EpochMs } from '../../kernel/clock.js';
import type { NewAttempt } from '../settlement.js';
import type { Session } from './session.js';

const INSERT = `
INSERT INTO attempt (
  event_sequence, number, outcome, counted, started_at, duration_ms, application_user, http_status, error_code, detail,
  service_request_id, next_attempt_at
) VALUES (
  ?1, (SELECT coalesce(max(number), 0) + 1 FROM attempt WHERE event_sequence = ?1), ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11
)`;

/** One line of the timeline of the event with this sequence. Times are kept in whole milliseconds. */
export function recordAttempt(
  session: Session,
  line: NewAttempt & { readonly sequence: number; readonly nextAttemptAt: EpochMs | null },
): void {
  session.change(
    INSERT,
    line.sequence,
    line.outcome,
    line.counted ? 1 : 0,
    Math.round(line.startedAt),
    Math.round(line.durationMs),
    line.applicationUser,
    line.httpStatus,
    line.errorCode,
    line.detail,
    line.serviceRequestId,
    line.nextAttemptAt,
  );
}
