import type { EpochMs } from '../../kernel/clock.js';
import type { EventFilter } from '../event-query.js';
import { chooseWalk } from './choose-walk.js';
import { firstAcceptedSince } from './first-accepted-since.js';
import type { Session } from './session.js';

/** So many events are looked at before a page ends short: a few milliseconds, during which the writer does nothing else. */
const LOOKED_AT = 2000;

/** A clock that was set back by no more than this hides no event from a search by time. */
const CLOCK_SLACK_MS = 60_000;

/** Which events, of which columns, and from where on. */
export interface EventWalk {
  readonly filter: EventFilter;
  readonly direction: 'ASC' | 'DESC';
  /** The sequence of the last event before this page, or null for the first page. */
  readonly from: number | null;
  readonly limit: number;
  readonly columns: string;
  /** Told of every event beside the filter, over the table's own columns. */
  readonly also?: string;
}

export interface WalkedPage<Row> {
  readonly rows: readonly Row[];
  /** Where to go on, or null when nothing is left. A page may be short, or empty, and others follow all the same. */
  readonly next: number | null;
}

/** What every event must be, whichever index led to it. */
const FITS = `
  (:client IS NULL OR client = :client) AND (:type IS NULL OR type = :type) AND (:status IS NULL OR status = :status)
  AND (:key IS NULL OR key = :key) AND (:orderingKey IS NULL OR ordering_key = :orderingKey)
  AND (:source IS NULL OR source = :source) AND accepted_at >= :since AND accepted_at < :until
  AND (:blocking = 0 OR (status = 'dead' AND place = 'first'))`;

/** The events that fit a filter, in the order of acceptance or against it, a page at a time. Bounded, whatever is asked. */
export function walkEvents<Row extends { readonly sequence: number }>(
  session: Session,
  walk: EventWalk,
): WalkedPage<Row> {
  const { filter, direction, limit, columns, also = 'true' } = walk;
  const along = `${chooseWalk(filter)} AND sequence > :low AND sequence < :high ORDER BY sequence ${direction}`;
  const select = `
    SELECT ${columns} FROM (SELECT * FROM ${along} LIMIT ${LOOKED_AT}) WHERE ${FITS} AND ${also} LIMIT :wanted`;
  const bindings = { ...valuesOf(filter), ...boundsOf(session, walk) };
  const found = session.rows<Row>(select, { ...bindings, wanted: limit + 1 });
  const rows = found.slice(0, limit);
  if (found.length > limit) return { rows, next: rows.at(-1)?.sequence ?? null };
  const lastLookedAt = `SELECT sequence FROM ${along} LIMIT 1 OFFSET ${LOOKED_AT - 1}`;
  const last = session.row<Row>(lastLookedAt, namedIn(lastLookedAt, bindings));
  return { rows, next: last?.sequence ?? null };
}

function valuesOf({ client, type, status, key, orderingKey, source, from, to, blocking }: EventFilter) {
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

/** Both ends are left out. */
function boundsOf(session: Session, { filter, direction, from }: EventWalk) {
  const low = filter.from === undefined ? 0 : before(session, filter.from - CLOCK_SLACK_MS);
  const high = filter.to === undefined ? Number.MAX_SAFE_INTEGER : before(session, filter.to + CLOCK_SLACK_MS) + 1;
  if (from === null) return { low, high };
  return direction === 'ASC' ? { low: Math.max(low, from), high } : { low, high: Math.min(high, from) };
}

/** The number before that of the first event accepted at an instant or later. */
function before(session: Session, instant: EpochMs): number {
  return firstAcceptedSince(session, instant) - 1;
}

/** SQLite refuses values for names that a statement does not mention. */
function namedIn<Value>(sql: string, values: Readonly<Record<string, Value>>): Record<string, Value> {
  return Object.fromEntries(Object.entries(values).filter(([name]) => sql.includes(`:${name}`)));
}
