import type { EpochMs } from '../../kernel/clock.js';
import type { EventFilter } from '../event-query.js';
import { CLOCK_SLACK_MS, type EventWalk, LOOKED_AT, restOf, type WalkedPage } from '../rows/event-walk.js';
import { chooseWalk } from './choose-walk.js';
import { firstAcceptedSince } from './first-accepted-since.js';
import type { Session, Value } from './session.js';

/** The conditions on every event, for every index; every parameter is used, so that its type is known. */
export const FITS = `
  ($1::text IS NULL OR client = $1) AND ($2::text IS NULL OR type = $2) AND ($3::text IS NULL OR status = $3)
  AND ($4::text IS NULL OR key = $4) AND ($5::text IS NULL OR ordering_key = $5)
  AND ($6::text IS NULL OR source = $6) AND accepted_at >= $7 AND accepted_at < $8
  AND ($9::int = 0 OR (status = 'dead' AND place = 'first'))`;

/**
 * The events that fit a filter, in the order of acceptance or against it, a page at a time. Its time is bounded for any
 * filter.
 */
export async function walkEvents<Row extends { readonly sequence: number }>(
  session: Session,
  walk: EventWalk,
): Promise<WalkedPage<Row>> {
  const { filter, direction, limit, columns } = walk;
  const select = `
WITH looked AS MATERIALIZED (
  SELECT * FROM event WHERE ${chooseWalk(filter)} AND sequence > $10 AND sequence < $11
  ORDER BY sequence ${direction} LIMIT ${LOOKED_AT}
), found AS (SELECT * FROM looked WHERE ${FITS} AND ${restOf(walk)} ORDER BY sequence ${direction} LIMIT $12)
SELECT ${columns},
  (SELECT sequence FROM looked ORDER BY sequence ${direction} LIMIT 1 OFFSET ${LOOKED_AT - 1}) AS "lookedUpTo"
FROM (SELECT 1) AS one LEFT JOIN found ON true ORDER BY sequence ${direction}`;
  const bounds = await boundsOf(session, walk);
  type Found = Row & { readonly sequence: number | null; readonly lookedUpTo: number | null };
  const found = await session.rows<Found>(select, ...valuesOf(filter), ...bounds, limit + 1);
  // If no event fits, one row without an event tells how far the search went.
  const rows = found
    .filter(({ sequence }) => sequence !== null)
    .map(({ lookedUpTo: _, ...row }) => row as unknown as Row);
  if (rows.length > limit) return { rows: rows.slice(0, limit), next: rows.at(limit - 1)?.sequence ?? null };
  return { rows, next: found[0]?.lookedUpTo ?? null };
}

export function valuesOf(filter: EventFilter): readonly Value[] {
  const { client, type, status, key, orderingKey, source, from, to, blocking } = filter;
  const texts = [client, type, status, key, orderingKey, source].map((value) => value ?? null);
  return [...texts, from ?? 0, to ?? Number.MAX_SAFE_INTEGER, blocking ? 1 : 0];
}

type WalkBounds = Pick<EventWalk, 'filter' | 'direction' | 'from'>;

/** Both ends are left out. */
export async function boundsOf(
  session: Session,
  { filter, direction, from }: WalkBounds,
): Promise<readonly [number, number]> {
  const low = filter.from === undefined ? 0 : await before(session, filter.from - CLOCK_SLACK_MS);
  const high =
    filter.to === undefined ? Number.MAX_SAFE_INTEGER : (await before(session, filter.to + CLOCK_SLACK_MS)) + 1;
  if (from === null) return [low, high];
  return direction === 'ASC' ? [Math.max(low, from), high] : [low, Math.min(high, from)];
}

/** The sequence before the first event accepted at an instant or later. */
async function before(session: Session, instant: EpochMs): Promise<number> {
  return (await firstAcceptedSince(session, instant)) - 1;
}
