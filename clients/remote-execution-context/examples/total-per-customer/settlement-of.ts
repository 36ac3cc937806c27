import { judge } from './receive-purchase.js';
import type { Totals } from './totals.js';

/** What becomes of a message. `abandon` has it come again, until the queue's max delivery count. */
export type Settlement =
  | { readonly kind: 'complete' }
  | { readonly kind: 'abandon' }
  | { readonly kind: 'dead-letter'; readonly because: string };

/** Counts the purchase of a message; durable when this says `complete`. */
export function settlementOf(body: string, totals: Totals): Settlement {
  const verdict = judge(body);
  if (verdict.kind === 'pass-by') return { kind: 'complete' };
  if (verdict.kind === 'refuse') return { kind: 'dead-letter', because: verdict.because };
  try {
    totals.add(verdict.purchase);
    return { kind: 'complete' };
  } catch {
    return { kind: 'abandon' };
  }
}
