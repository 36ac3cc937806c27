import type { EpochMs } from '../../kernel/clock.js';
import type { SummaryFilter } from '../../outbox/event-summary.js';
import { type Moment, summaryRange } from './summary-range.js';
import { TimeZone } from './time-zone.js';

/** The parameters of a summary; all of them are optional. */
export interface SummaryParameters {
  readonly client?: string;
  readonly source?: string;
  readonly type?: string;
  readonly from?: Moment;
  readonly to?: Moment;
  readonly timeZone?: TimeZone;
}

/** Which events are counted, and in which time zone days begin. */
export interface SummaryRequest {
  readonly filter: SummaryFilter;
  readonly zone: TimeZone;
}

/** The parameters with every missing one filled in. Throws 400 problems for an impossible range. */
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
