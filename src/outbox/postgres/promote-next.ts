import type { Line } from './advisory-locks.js';
import type { Session } from './session.js';

const PROMOTE = `
WITH next AS MATERIALIZED (
  SELECT (
    SELECT min(behind.sequence) FROM event AS behind
    WHERE behind.client = line.client AND behind.type = line.type AND behind.ordering_key = line.ordering_key
      AND behind.place = 'behind'
  ) AS sequence
  FROM (SELECT DISTINCT * FROM unnest($1::text[], $2::text[], $3::text[]) AS line (client, type, ordering_key)) AS line
  WHERE (
    SELECT head.sequence FROM event AS head
    WHERE head.client = line.client AND head.type = line.type AND head.ordering_key = line.ordering_key
      AND head.place = 'first'
  ) IS NULL
)
UPDATE event SET place = 'first' FROM next WHERE event.sequence = next.sequence`;

/**
 * Promotes the next event of every line that has no first one; exactly one each, however many wait. The locks of the
 * lines must be held.
 */
export async function promoteNext(session: Session, lines: readonly Line[]): Promise<void> {
  if (lines.length === 0) return;
  await session.change(
    PROMOTE,
    lines.map(({ client }) => client),
    lines.map(({ type }) => type),
    lines.map(({ orderingKey }) => orderingKey),
  );
}
