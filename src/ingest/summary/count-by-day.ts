import type { SummaryPlace, SummaryStep, SummaryStepResult } from '../../outbox/event-summary.js';
import type { Outbox } from '../../outbox/outbox.js';
import { daysBetween } from './days-between.js';
import { RunningCount, type SummaryLimits, type SummaryRow } from './running-count.js';
import type { SummaryRequest } from './summary-request.js';

/** How a count is done. */
export interface Counting {
  readonly outbox: Outbox;
  readonly limits: SummaryLimits;
  /** Does one step, when its turn has come. If it rejects, the count ends. */
  readonly step: <T>(work: () => Promise<T>) => Promise<T>;
}

/**
 * Counts events by day, client, source and type: each event once, by its status when it is counted. Throws a 400
 * problem where that exceeds the limits.
 */
export async function countByDay(
  { filter, zone }: SummaryRequest,
  { outbox, limits, step }: Counting,
): Promise<readonly SummaryRow[]> {
  const count = new RunningCount(limits);
  for (const { date, from, to } of daysBetween(filter.from, filter.to, zone)) {
    let place: SummaryPlace | null = null;
    do {
      const request: SummaryStep = { filter: { ...filter, from, to }, place };
      const result: SummaryStepResult = await step(() => outbox.summarize(request));
      count.add(date, result);
      place = result.next;
    } while (place !== null);
  }
  return count.rows();
}
