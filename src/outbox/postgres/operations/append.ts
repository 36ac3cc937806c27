import type { NewEvent } from '../../event-record.js';
import type { AppendResult } from '../../outbox.js';
import type { Line } from '../advisory-locks.js';
import { promoteNext } from '../promote-next.js';
import type { Session } from '../session.js';
import { recall } from './recall.js';

/**
 * One insert decides which keys are new; it also takes the events' places in the lines of their ordering keys. Events
 * of one statement get their sequences in their order.
 */
const INSERT = `
INSERT INTO event (
  id, type, version, client, source, key_kind, key, fingerprint, ordering_key, traceparent, data,
  status, accepted_at, available_at, age_starts_at, place
)
SELECT id, type, version, client, source, key_kind, key, fingerprint, ordering_key, traceparent, data,
  'pending', $12, $12, $12,
  CASE
    WHEN ordering_key IS NULL THEN NULL
    WHEN nth_of_line > 1 OR (
      SELECT head.sequence FROM event AS head
      WHERE head.client = given.client AND head.type = given.type AND head.ordering_key = given.ordering_key
        AND head.place = 'first'
    ) IS NOT NULL THEN 'behind'
    ELSE 'first'
  END
FROM (
  SELECT *, row_number() OVER (PARTITION BY client, type, ordering_key ORDER BY nth) AS nth_of_line
  FROM unnest(
    $1::text[], $2::text[], $3::int[], $4::text[], $5::text[], $6::text[], $7::text[], $8::text[], $9::text[],
    $10::text[], $11::text[]
  ) WITH ORDINALITY AS given (
    id, type, version, client, source, key_kind, key, fingerprint, ordering_key, traceparent, data, nth
  )
) AS given
ORDER BY nth
ON CONFLICT (client, type, key_kind, key) DO NOTHING
RETURNING id`;

/** Stores the events of several calls, in their order. All of them or, where it throws, none. */
export async function append(
  session: Session,
  calls: readonly (readonly NewEvent[])[],
): Promise<readonly (readonly AppendResult[])[]> {
  const events = calls.flat();
  if (events.length === 0) return calls.map(() => []);
  const inserted = await insert(session, events);
  const known = events.filter(({ id }) => !inserted.has(id));
  const answers = await answersFor(session, known);
  // Lines whose first event in this group was known already: nobody got its place.
  await promoteNext(session, linesOf(known));
  return calls.map((call) => call.map((event) => answers.get(event) ?? accepted(session, event)));
}

/** The lines that events stand in. */
export function linesOf(events: readonly NewEvent[]): readonly Line[] {
  return events.flatMap(({ client, type, orderingKey }) =>
    orderingKey === null ? [] : [{ client, type, orderingKey }],
  );
}

async function insert(session: Session, events: readonly NewEvent[]): Promise<ReadonlySet<string>> {
  const rows = await session.rows<{ readonly id: string }>(
    INSERT,
    events.map(({ id }) => id),
    events.map(({ type }) => type),
    events.map(({ version }) => version),
    events.map(({ client }) => client),
    events.map(({ source }) => source),
    events.map(({ keyKind }) => keyKind),
    events.map(({ key }) => key),
    events.map(({ fingerprint }) => fingerprint),
    events.map(({ orderingKey }) => orderingKey),
    events.map(({ traceparent }) => traceparent),
    events.map(({ data }) => data),
    session.now,
  );
  return new Set(rows.map(({ id }) => id));
}

async function answersFor(session: Session, known: readonly NewEvent[]): Promise<ReadonlyMap<NewEvent, AppendResult>> {
  const answers = await recall(session, known);
  return new Map(
    known.map((event, index) => {
      const answer = answers[index];
      // Retention may have removed the event between the two statements: the client's repeat will be accepted.
      if (answer === undefined || answer === null) throw new Error('an event met its own key and the key is not there');
      return [event, answer];
    }),
  );
}

function accepted(session: Session, { id, type }: NewEvent): AppendResult {
  session.tally.entered(type, 'pending');
  return { kind: 'accepted', id, status: 'pending', acceptedAt: session.now };
}
