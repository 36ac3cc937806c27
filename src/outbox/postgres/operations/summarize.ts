import {
  type SourceCounts,
  SUMMARY_STEP_EVENTS,
  type SummaryFilter,
  type SummaryPlace,
  type SummaryStep,
  type SummaryStepResult,
} from '../../event-summary.js';
import { countedColumns } from '../../rows/counted-columns.js';
import { chooseWalk } from '../choose-walk.js';
import type { Session } from '../session.js';
import { boundsOf, FITS, valuesOf } from '../walk-events.js';

/** Counts the events of a stretch of time by client, source and type, a few thousand at a time, the oldest first. */
export async function summarize(session: Session, { filter, place }: SummaryStep): Promise<SummaryStepResult> {
  const select = `
WITH looked AS MATERIALIZED (
  SELECT sequence, client, source, type, status, key, ordering_key, place, accepted_at, confirmed_at FROM event
  WHERE ${chooseWalk(filter)} AND sequence > $10 AND sequence < $11 ORDER BY sequence LIMIT ${SUMMARY_STEP_EVENTS}
), counted AS (SELECT ${countedColumns} FROM looked WHERE ${FITS} GROUP BY client, source, type)
SELECT counted.*, CASE WHEN looks.events = ${SUMMARY_STEP_EVENTS} THEN looks.last END AS "lookedUpTo"
FROM (SELECT count(*) AS events, max(sequence) AS last FROM looked) AS looks LEFT JOIN counted ON true`;
  const { after, before } = place ?? (await placeOf(session, filter));
  type Found = SourceCounts & { readonly client: string | null; readonly lookedUpTo: number | null };
  const found = await session.rows<Found>(select, ...valuesOf(filter), after, before);
  // If no event fits, one row without a client tells how far the search went.
  const counts = found.filter(({ client }) => client !== null).map(({ lookedUpTo: _, ...row }) => row);
  const lookedUpTo = found[0]?.lookedUpTo ?? null;
  return { counts, next: lookedUpTo === null ? null : { after: lookedUpTo, before } };
}

async function placeOf(session: Session, filter: SummaryFilter): Promise<SummaryPlace> {
  const [after, before] = await boundsOf(session, { filter, direction: 'ASC', from: null });
  return { after, before };
}
