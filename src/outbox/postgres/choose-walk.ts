import type { EventFilter } from '../event-query.js';

/**
 * The keys of idempotency are unique within a client and a type, and the index begins with those two: so each client is
 * looked up in turn with each type, by jumps through that index.
 */
const BY_KEY = `sequence IN (
  WITH RECURSIVE sender (client) AS (
    SELECT coalesce($1::text COLLATE "C", (SELECT min(client) FROM event))
    UNION ALL
    SELECT (SELECT min(client) FROM event WHERE client > sender.client) FROM sender
    WHERE sender.client IS NOT NULL AND $1 IS NULL
  )
  SELECT same.sequence FROM sender CROSS JOIN (SELECT DISTINCT type FROM tally) AS known
    CROSS JOIN (VALUES ('header'), ('business'), ('cloudevents')) AS kind (name)
    JOIN event AS same ON same.client = sender.client AND same.type = known.type
    AND same.key_kind = kind.name AND same.key = $4
)`;

/**
 * Pure: the condition, with an index of its own, that leads to the events that fit a filter, always in the order of
 * acceptance. It takes the first that is likely to lead to few other events; each event it leads to is checked for the
 * rest of the filter. `$1` is the client, `$4` the key, `$5` the ordering key, `$6` the source.
 */
export function chooseWalk({ key, orderingKey, blocking, overdue, status, source, client }: EventFilter): string {
  if (key !== undefined) return BY_KEY;
  if (blocking) return `status = 'dead' AND place = 'first'`;
  if (overdue) return 'overdue = 1';
  if (orderingKey !== undefined) return 'ordering_key = $5';
  if (status === 'dead' || status === 'cancelled') return `status = '${status}'`;
  if (source !== undefined) return 'source = $6';
  if (client !== undefined) return 'client = $1';
  if (status === 'pending' || status === 'delivering') return `status IN ('pending', 'delivering')`;
  return 'true';
}
