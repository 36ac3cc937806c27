import type { EventFilter } from '../event-query.js';

/**
 * The keys of idempotency are unique within a client and a type, and the index begins with those two: so each client is
 * looked up in turn with each type, by jumps through that index.
 */
const BY_KEY = `event NOT INDEXED WHERE sequence IN (
  WITH RECURSIVE sender (client) AS (
    SELECT coalesce(:client, (SELECT min(client) FROM event))
    UNION ALL
    SELECT (SELECT min(client) FROM event WHERE client > sender.client) FROM sender
    WHERE sender.client IS NOT NULL AND :client IS NULL
  )
  SELECT same.sequence FROM sender CROSS JOIN (SELECT DISTINCT type FROM tally) AS known
    CROSS JOIN event AS same ON same.client = sender.client AND same.type = known.type
    AND same.key_kind IN ('header', 'business', 'cloudevents') AND same.key = :key
)`;

/**
 * Pure: which index leads to the events that fit a filter, always in the order of acceptance. It takes the first index
 * that is likely to lead to few other events; each event it leads to is checked for the rest of the filter.
 */
export function chooseWalk({ key, orderingKey, blocking, overdue, status, client }: EventFilter): string {
  if (key !== undefined) return BY_KEY;
  if (blocking) return `event INDEXED BY event_blocking WHERE status = 'dead' AND place = 'first'`;
  if (overdue) return 'event INDEXED BY event_overdue WHERE overdue = 1';
  if (orderingKey !== undefined) return 'event INDEXED BY event_line WHERE ordering_key = :orderingKey';
  if (status === 'dead' || status === 'cancelled') {
    return `event INDEXED BY event_given_up WHERE status IN ('dead', 'cancelled') AND status = '${status}'`;
  }
  if (client !== undefined) return 'event INDEXED BY event_client WHERE client = :client';
  if (status === 'pending' || status === 'delivering') {
    return `event INDEXED BY event_open WHERE status IN ('pending', 'delivering')`;
  }
  return 'event NOT INDEXED WHERE true';
}
