import type { NewEvent } from '../../event-record.js';
import type { AppendResult } from '../../outbox.js';
import { compareWithStored } from '../compare-with-stored.js';
import type { Session } from '../session.js';

/** One insert decides whether the key is new, and also takes the event's place in the line of its ordering key. */
const INSERT = `
INSERT INTO event (
  id, type, version, client, source, key_kind, key, fingerprint, ordering_key, traceparent, data,
  status, accepted_at, available_at, age_starts_at, place
) VALUES (
  ?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11,
  'pending', ?12, ?12, ?12,
  CASE
    WHEN ?9 IS NULL THEN NULL
    WHEN EXISTS (SELECT 1 FROM event WHERE client = ?4 AND type = ?2 AND ordering_key = ?9 AND place = 'first')
      THEN 'behind'
    ELSE 'first'
  END
) ON CONFLICT (client, type, key_kind, key) DO NOTHING`;

/** Stores events with their keys, in their order. All of them or, where it throws, none. */
export function append(session: Session, events: readonly NewEvent[]): readonly AppendResult[] {
  return events.map((event) => appendOne(session, event));
}

function appendOne(session: Session, event: NewEvent): AppendResult {
  const inserted = session.change(
    INSERT,
    event.id,
    event.type,
    event.version,
    event.client,
    event.source,
    event.keyKind,
    event.key,
    event.fingerprint,
    event.orderingKey,
    event.traceparent,
    event.data,
    session.now,
  );
  if (inserted === 0) return repeatOf(session, event);
  session.tally.entered(event.type, 'pending');
  return { kind: 'accepted', id: event.id, status: 'pending', acceptedAt: session.now };
}

function repeatOf(session: Session, event: NewEvent): AppendResult {
  const repeat = compareWithStored(session, event);
  if (repeat === null) throw new Error('an event met its own key and the key is not there');
  return repeat;
}
