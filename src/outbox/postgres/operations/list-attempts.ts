import type { AttemptRecord } from '../../settlement.js';
import type { Session } from '../session.js';

const SELECT = `
SELECT number, outcome, counted = 1 AS counted, started_at AS "startedAt", duration_ms AS "durationMs",
  application_user AS "applicationUser", http_status AS "httpStatus", error_code AS "errorCode", detail,
  service_request_id AS "serviceRequestId", next_attempt_at AS "nextAttemptAt"
FROM attempt WHERE event_sequence = (SELECT sequence FROM event WHERE id = $1) ORDER BY number`;

/** The timeline of an event, oldest first. */
export function listAttempts(session: Session, id: string): Promise<readonly AttemptRecord[]> {
  return session.rows<AttemptRecord>(SELECT, id);
}
