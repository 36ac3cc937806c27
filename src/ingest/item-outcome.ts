import { ProblemError } from '../http/problem.error.js';
import type { AppendResult } from '../outbox/outbox.js';
import { refusalFor } from './acceptance-gate.js';
import type { IntakeResult } from './intake.js';

/** The answer for an accepted event: its first acceptance, and its status now. */
export type Receipt = Extract<AppendResult, { readonly kind: 'accepted' | 'repeated' }>;

/** The result for one item of a request for several events. */
export type ItemOutcome =
  | { readonly kind: 'accepted' | 'repeated'; readonly type: string; readonly receipt: Receipt }
  | { readonly kind: 'refused'; readonly problem: ProblemError };

/** An answer for an event that is no receipt. */
type Refusal = Exclude<IntakeResult, Receipt>;

export function isReceipt(result: IntakeResult): result is Receipt {
  return result.kind === 'accepted' || result.kind === 'repeated';
}

/**
 * Seconds after which a refused item may be accepted unchanged; null where it never will be, and for items that were
 * not refused.
 */
export function retryAfterOf(outcome: ItemOutcome): string | null {
  return outcome.kind === 'refused' ? (outcome.problem.headers['Retry-After'] ?? null) : null;
}

/** The problem that says why an event was not stored. */
export function refusalOf(refusal: Refusal): ProblemError {
  if (refusal.kind === 'refused') return refusalFor(refusal.closing);
  return new ProblemError('idempotency-key-reused', 'The key was used before for an event with other content.');
}
