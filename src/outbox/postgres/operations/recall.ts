import type { EventStatus, NewEvent } from '../../event-record.js';
import type { AppendResult } from '../../outbox.js';
import type { Session } from '../session.js';

const SELECT_SAME_KEYS = `
SELECT given.nth::int AS nth, event.id, event.status, event.accepted_at AS "acceptedAt", event.fingerprint
FROM unnest($1::text[], $2::text[], $3::text[], $4::text[]) WITH ORDINALITY AS given (client, type, key_kind, key, nth)
JOIN event ON event.client = given.client AND event.type = given.type AND event.key_kind = given.key_kind
  AND event.key = given.key`;

interface SameKey {
  readonly nth: number;
  readonly id: string;
  readonly status: EventStatus;
  readonly acceptedAt: number;
  readonly fingerprint: string;
}

/** What is stored under the keys of these events, each compared by fingerprint; null for a new key. */
export async function recall(session: Session, events: readonly NewEvent[]): Promise<readonly (AppendResult | null)[]> {
  if (events.length === 0) return [];
  const rows = await session.rows<SameKey>(
    SELECT_SAME_KEYS,
    events.map(({ client }) => client),
    events.map(({ type }) => type),
    events.map(({ keyKind }) => keyKind),
    events.map(({ key }) => key),
  );
  const byPosition = new Map(rows.map((row) => [row.nth, row]));
  return events.map((event, index) => compare(event, byPosition.get(index + 1)));
}

function compare({ fingerprint }: NewEvent, stored: SameKey | undefined): AppendResult | null {
  if (stored === undefined) return null;
  const { id, status, acceptedAt } = stored;
  return stored.fingerprint === fingerprint
    ? { kind: 'repeated', id, status, acceptedAt }
    : { kind: 'conflicting', id };
}
