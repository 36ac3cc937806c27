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
import { boundsOf, FITS, namedIn, valuesOf } from '../walk-events.js';

/** Counts the events of a stretch of time by client, source and type, a few thousand at a time, the oldest first. */
export function summarize(session: Session, { filter, place }: SummaryStep): SummaryStepResult {
  const along = `${chooseWalk(filter)} AND sequence > :low AND sequence < :high ORDER BY sequence`;
  const { after: low, before: high } = place ?? placeOf(session, filter);
  const bindings = { ...valuesOf(filter), low, high };
  const select = `
    SELECT ${countedColumns} FROM (SELECT * FROM ${along} LIMIT ${SUMMARY_STEP_EVENTS}) WHERE ${FITS}
    GROUP BY client, source, type`;
  const counts = session.rows<SourceCounts>(select, bindings);
  const lastLookedAt = `SELECT sequence FROM ${along} LIMIT 1 OFFSET ${SUMMARY_STEP_EVENTS - 1}`;
  const last = session.row<{ readonly sequence: number }>(lastLookedAt, namedIn(lastLookedAt, bindings));
  return { counts, next: last === null ? null : { after: last.sequence, before: high } };
}

function placeOf(session: Session, filter: SummaryFilter): SummaryPlace {
  const { low, high } = boundsOf(session, { filter, direction: 'ASC', from: null });
  return { after: low, before: high };
}
