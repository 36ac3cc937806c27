import type { OverdueCount } from '../receipt-store.js';

/** Pure: how many of these events there are of each type. */
export function overdueCounts(events: readonly { readonly type: string }[]): readonly OverdueCount[] {
  return [...Map.groupBy(events, ({ type }) => type)].map(([type, ofType]) => ({ type, count: ofType.length }));
}
