import { eventIdOf, MalformedContextError, readContext } from 'dataverse-remote-execution-context';
import { MESSAGE, purchaseOf } from '../purchase-of.js';
import type { EventAnswer, EventRequest } from '../webhook-server.js';
import type { Purchase, Totals } from './totals.js';

/** What is to be done with a context; decided without touching anything. */
export type Verdict =
  | { readonly kind: 'count'; readonly purchase: Purchase }
  | { readonly kind: 'pass-by' }
  | { readonly kind: 'refuse'; readonly because: string };

/** Counts a purchase and answers once that is durable. */
export async function receivePurchase(request: EventRequest, totals: Totals): Promise<EventAnswer> {
  const verdict = judge(await request.text());
  if (verdict.kind === 'pass-by') return { status: 200, body: 'No purchase.' };
  // A failed system job is what a person sees of it.
  if (verdict.kind === 'refuse') return { status: 400, body: verdict.because };
  try {
    return { status: 200, body: totals.add(verdict.purchase) ? 'Counted.' : 'Counted before.' };
  } catch {
    return { status: 503, body: 'The database is away. Ask again.' };
  }
}

/** A body that Dataverse stripped for size is refused: a total that lacks a purchase should not look complete. */
export function judge(text: string): Verdict {
  try {
    const context = readContext(text);
    if (context.messageName !== MESSAGE) return { kind: 'pass-by' };
    const eventId = eventIdOf(context);
    const purchase = purchaseOf(context);
    if (eventId === null || purchase === null) return { kind: 'refuse', because: 'It lacks what an event has.' };
    return { kind: 'count', purchase: { eventId, ...purchase } };
  } catch (error) {
    if (error instanceof MalformedContextError) return { kind: 'refuse', because: error.message };
    throw error;
  }
}
