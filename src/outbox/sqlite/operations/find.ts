import type { EventRecord } from '../../event-record.js';
import type { Session } from '../session.js';

const SELECT = `
SELECT id, type, version, status, reason, key, ordering_key AS orderingKey, source, client,
  accepted_at AS acceptedAt, available_at AS availableAt, delivered_at AS deliveredAt, confirmed_at AS confirmedAt,
  attempts AS attemptCount, data
FROM event WHERE id = ?`;

/** The event with this id, or null. */
export function find(session: Session, id: string): EventRecord | null {
  return session.row<EventRecord>(SELECT, id);
}
