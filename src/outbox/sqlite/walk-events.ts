import type { EpochMs } from '../../kernel/clock.js';
import type { EventFilter } from '../event-query.js';
import { CLOCK_SLACK_MS, type EventWalk, LOOKED_AT, restOf, type WalkedPage } from '../rows/event-walk.js';
import { chooseWalk } from './choose-walk.js';
import { firstAcceptedSince } from './first-accepted-since.js';
import type { Session } from './session.js';

/** The conditions on every event, for every index. */
export const FITS = `
  (:client IS NULL OR client = :client) AND (:type IS NULL OR type = :type) AND (:status IS NULL OR status = :status)
  AND (:key IS NULL OR key = :key) AND (:orderingKey IS NULL OR ordering_key = :orderingKey)
  AND (:source IS NULL OR source = :source) AND accepted_at >= :since AND accepted_at < :until
  AND (:blocking = 0 OR (status = 'dead' AND place = 'first'))`;

/**
 * The events that fit a filter, in the order of acceptance or against it, a page at a time. Its time is bounded for any
 * filter.
 */
export function walkEvents<Row extends { readonly sequence: number }>(
  session: Session,
  walk: EventWalk,
): WalkedPage<Row> {
  const { filter, direction, limit, columns } = walk;
  const along = `${chooseWalk(filter)} AND sequence > :low AND sequence < :high ORDER BY sequence ${direction}`;
  const select = `
    SELECT ${columns} FROM (SELECT * FROM ${along} LIMIT ${LOOKED_AT}) WHERE ${FITS} AND ${restOf(walk)} LIMIT :wanted`;
  const bindings = { ...valuesOf(filter), ...boundsOf(session, walk) };
  const found = session.rows<Row>(select, { ...bindings, wanted: limit + 1 });
  const rows = found.slice(0, limit);
  if (found.length > limit) return { rows, next: rows.at(-1)?.sequence ?? null };
  const lastLookedAt = `SELECT sequence FROM ${along} LIMIT 1 OFFSET ${LOOKED_AT - 1}`;
  const last = session.row<Row>(lastLookedAt, namedIn(lastLookedAt, bindings));
  return { rows, next: last?.sequence ?? null };
}

export function valuesOf({ client, type, status, key, orderingKey, source, from, to, blocking }: EventFilter) {
  return {
    client: client ?? null,
    type: type ?? null,
    status: status ?? null,
    key: key ?? null,
    orderingKey: orderingKey ?? null,
    source: source ?? null,
    since: from ?? 0,
    until: to ?? Number.MAX_SAFE_INTEGER,
    blocking: blocking ? 1 : 0,
  };
}

type WalkBounds = Pick<EventWalk, 'filter' | 'direction' | 'from'>;

/** Both ends are left out. */
export function boundsOf(session: Session, { filter, direction, from }: WalkBounds) {
  const low = filter.from === undefined ? 0 : before(session, filter.from - CLOCK_SLACK_MS);
  const high = filter.to === undefined ? Number.MAX_SAFE_INTEGER : before(session, filter.to + CLOCK_SLACK_MS) + 1;
  if (from === null) return { low, high };
  return direction === 'ASC' ? { low: Math.max(low, from), high } : { low, high: Math.min(high, from) };
}

/** The sequence before the first event accepted at an instant or later. */
function before(session: Session, instant: EpochMs): number {
  return firstAcceptedSince(session, instant) - 1;
}

/** SQLite refuses values for names that a statement does not mention. */
export function namedIn<Value>(sql: string, values: Readonly<Record<string, Value>>): Record<string, Value> {
  return Object.fromEntries(Object.entries(values).filter(([name]) => sql.includes(`:${name}`)));
}
