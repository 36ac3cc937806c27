import type { EventStatus, NewEvent } from '../event-record.js';
import type { AppendResult } from '../outbox.js';
import type { Session } from './session.js';

const SELECT_SAME_KEY = `
SELECT id, status, accepted_at AS acceptedAt, fingerprint FROM event
WHERE client = ? AND type = ? AND key_kind = ? AND key = ?`;

interface SameKey {
  readonly id: string;
  readonly status: EventStatus;
  readonly acceptedAt: number;
  readonly fingerprint: string;
}

/** Tells a repeat from a second use of its key for other content; null where the key is new. */
export function compareWithStored(session: Session, event: NewEvent): AppendResult | null {
  const stored = session.row<SameKey>(SELECT_SAME_KEY, event.client, event.type, event.keyKind, event.key);
  if (stored === null) return null;
  const { id, status, acceptedAt, fingerprint } = stored;
  return fingerprint === event.fingerprint ? { kind: 'repeated', id, status, acceptedAt } : { kind: 'conflicting', id };
}
