import type { EpochMs } from '../kernel/clock.js';
import type { ClaimedEvent, SettleResult } from '../outbox/outbox.js';
import type { NewAttempt, Settlement } from '../outbox/settlement.js';
import type { Verdict } from './decide.js';
import type { AttemptEntry } from './delivery-journal.js';
import type { DeliveryPolicy } from './delivery-policy.js';

export interface SettledAttempt {
  readonly event: ClaimedEvent;
  readonly attempt: NewAttempt;
  readonly verdict: Verdict;
  readonly result: SettleResult;
  readonly policy: DeliveryPolicy;
  readonly now: EpochMs;
}

/** Makes the wide entry of an attempt from its line in the timeline and from what the event became. */
export function attemptEntry({ event, attempt, verdict, result, policy, now }: SettledAttempt): AttemptEntry {
  // A receipt had proved it raised: it is delivered, even if the attempt failed.
  const settlement: Settlement =
    result === 'confirmed' ? { kind: 'delivered', counts: verdict.settlement.counts } : verdict.settlement;
  return {
    eventId: event.id,
    type: event.type,
    client: event.client,
    attempt: event.counts.attempts + 1,
    attemptMax: limitOf(attempt, policy),
    outcome: attempt.outcome,
    counted: attempt.counted,
    durationMs: attempt.durationMs,
    httpStatus: attempt.httpStatus,
    errorCode: attempt.errorCode,
    detail: attempt.detail,
    serviceRequestId: attempt.serviceRequestId,
    applicationUser: attempt.applicationUser,
    settlement: settlement.kind,
    reason: settlement.kind === 'dead' ? settlement.reason : null,
    result,
    nextAttemptAt: settlement.kind === 'retry' ? now + settlement.delayMs : null,
    ageMs: now - event.ageStartsAt,
  };
}

function limitOf({ outcome }: NewAttempt, policy: DeliveryPolicy): number | null {
  if (outcome === 'uncertain') return policy.maxUncertain;
  return outcome === 'conflicted' ? policy.maxConflicted : null;
}
