import type { AttemptRecord } from '../../settlement.js';
import type { Session } from '../session.js';

const SELECT = `
SELECT number, outcome, counted, started_at AS startedAt, duration_ms AS durationMs,
  application_user AS applicationUser, http_status AS httpStatus, error_code AS errorCode, detail,
  service_request_id AS serviceRequestId, next_attempt_at AS nextAttemptAt
FROM attempt WHERE event_sequence = (SELECT sequence FROM event WHERE id = ?) ORDER BY number`;

type AttemptRow = Omit<AttemptRecord, 'counted'> & { readonly counted: 0 | 1 };

/** The timeline of an event, oldest first. */
export function listAttempts(session: Session, id: string): readonly AttemptRecord[] {
  return session.rows<AttemptRow>(SELECT, id).map((row) => ({ ...row, counted: row.counted === 1 }));
}
