import { ProblemError } from '../../http/problem.error.js';
import type { EpochMs } from '../../kernel/clock.js';
import { dayAfter } from './days-between.js';
import type { TimeZone } from './time-zone.js';

/**
 * Where a stretch of time begins or ends, as a caller says it: an instant, or the beginning of a day in the caller's
 * time zone.
 */
export type Moment =
  | { readonly kind: 'instant'; readonly at: EpochMs }
  | { readonly kind: 'day'; readonly date: string };

/** Without a beginning this many days are counted, including the one in which the stretch ends. */
const DEFAULT_DAYS = 7;

const HOUR_MS = 3_600_000;

/** A quarter of a year. The hour is for the day on which clocks go back. */
const LONGEST_MS = 92 * 24 * HOUR_MS + HOUR_MS;

export interface MomentsGiven {
  readonly from: Moment | undefined;
  readonly to: Moment | undefined;
}

/** From when to when a summary counts; without an end it counts until now. Throws 400 problems. */
export function summaryRange(
  given: MomentsGiven,
  zone: TimeZone,
  now: EpochMs,
): { readonly from: EpochMs; readonly to: EpochMs } {
  const to = given.to === undefined ? now : instantOf(given.to, zone);
  const from = given.from === undefined ? daysBefore(to, zone) : instantOf(given.from, zone);
  if (from >= to) {
    throw new ProblemError('invalid-parameter', 'Of the query parameters, from must be earlier than to.');
  }
  if (to - from > LONGEST_MS) throw new ProblemError('range-too-large', 'A summary covers at most 92 days.');
  return { from, to };
}

function instantOf(moment: Moment, zone: TimeZone): EpochMs {
  return moment.kind === 'instant' ? moment.at : zone.startOf(moment.date);
}

function daysBefore(to: EpochMs, zone: TimeZone): EpochMs {
  return zone.startOf(dayAfter(zone.dateAt(to - 1), 1 - DEFAULT_DAYS));
}
