import type { EpochMs } from '../../kernel/clock.js';
import type { SummaryFilter } from '../../outbox/event-summary.js';
import { type Moment, summaryRange } from './summary-range.js';
import { TimeZone } from './time-zone.js';

/** What a caller may say about a summary; everything may be left out. */
export interface SummaryParameters {
  readonly client?: string;
  readonly source?: string;
  readonly type?: string;
  readonly from?: Moment;
  readonly to?: Moment;
  readonly timeZone?: TimeZone;
}

/** Which events are counted, and by whose days. */
export interface SummaryRequest {
  readonly filter: SummaryFilter;
  readonly zone: TimeZone;
}

/** What is counted, with everything that was left out filled in. Throws 400 problems for a range that cannot be. */
export function summaryRequest(parameters: SummaryParameters, now: EpochMs): SummaryRequest {
  const { from, to, timeZone, ...facts } = parameters;
  const zone = timeZone ?? utc();
  return { filter: { ...facts, ...summaryRange({ from, to }, zone, now) }, zone };
}

function utc(): TimeZone {
  const zone = TimeZone.named('UTC');
  if (zone === undefined) throw new Error('this runtime does not know UTC');
  return zone;
}
