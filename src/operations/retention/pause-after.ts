const SHORTEST_MS = 20;
const LONGEST_MS = 5_000;
/** Nine parts of rest to one of work: retention never takes more than a tenth of the writer's time. */
const REST_PER_WORK = 9;

/**
 * How long to rest after a step that took `tookMs` from request to answer. That includes its wait behind others: the
 * busier the store, the slower retention goes.
 */
export function pauseAfter(tookMs: number): number {
  return Math.min(LONGEST_MS, Math.max(SHORTEST_MS, tookMs * REST_PER_WORK));
}
