import type { WhenDead } from '../contract/event-definition.js';
import type { EpochMs } from '../kernel/clock.js';
import type { ClaimedEvent } from '../outbox/outbox.js';
import type { AttemptCounts, Settlement } from '../outbox/settlement.js';
import { backoff } from './backoff.js';
import type { DeliveryPolicy } from './delivery-policy.js';
import type { Outcome } from './destination.js';

/** Why an event is dead: the texts of its `reason`. */
type DeathReason = 'rejected' | 'uncertain' | 'conflicted' | 'too-old' | 'poison';

export interface EndedAttempt {
  /** `lease-lost`: the owner died without recording an answer; the call may have been made. */
  readonly outcome: Outcome | { readonly kind: 'lease-lost' };
  readonly event: Pick<ClaimedEvent, 'counts' | 'ageStartsAt'>;
  readonly whenDead: WhenDead;
  /** Whether it closed its type's gate while that stood open, which means after other events had passed. */
  readonly closedOpenGate: boolean;
  /**
   * Whether all parts of its batch were rejected: then the batch itself may be at fault, and each event is tried alone.
   */
  readonly refusedTogether: boolean;
  /** Whether a gate before it is closed or probing, with this attempt taken into account. */
  readonly gated: boolean;
  readonly now: EpochMs;
}

export interface Verdict {
  readonly settlement: Settlement;
  /** False where the attempt is given back. */
  readonly counted: boolean;
}

/** Decides what becomes of an event after an attempt, by the outcome table of docs/outcomes.md. Pure. */
export function decide(attempt: EndedAttempt, policy: DeliveryPolicy, random: () => number): Verdict {
  switch (attempt.outcome.kind) {
    case 'delivered':
      return { counted: true, settlement: deliver(attempt, policy) };
    case 'throttled':
    case 'unauthorized':
    case 'forbidden':
    case 'misconfigured':
    case 'unavailable':
      return giveBack(attempt, policy);
    case 'uncertain':
    case 'transient':
    case 'conflicted':
    case 'rejected':
    case 'lease-lost':
      return fail(attempt, policy, random);
  }
}

function deliver(attempt: EndedAttempt, { confirmWithinMs }: DeliveryPolicy): Settlement {
  const counts = countsAfter(attempt);
  return { kind: 'delivered', counts, ...(confirmWithinMs === null ? {} : { confirmWithinMs }) };
}

function giveBack(attempt: EndedAttempt, policy: DeliveryPolicy): Verdict {
  const { counts } = attempt.event;
  const gateClosings = counts.gateClosings + (attempt.closedOpenGate ? 1 : 0);
  if (gateClosings >= policy.maxGateClosings)
    return die(attempt, 'rejected', { ...countsAfter(attempt), gateClosings });
  const settlement: Settlement = {
    kind: 'retry',
    // The closed gate holds it back: it is found as soon as the gate opens.
    delayMs: 0,
    counts: { ...counts, lostLeases: 0, gateClosings },
  };
  return { counted: false, settlement };
}

function fail(attempt: EndedAttempt, policy: DeliveryPolicy, random: () => number): Verdict {
  const counts = countsAfter(attempt);
  const reason = deathReason(attempt, counts, policy);
  if (reason !== null) return die(attempt, reason, counts);
  return { counted: true, settlement: { kind: 'retry', delayMs: backoff(counts.attempts, random), counts } };
}

function die(attempt: EndedAttempt, reason: DeathReason, counts: AttemptCounts): Verdict {
  return { counted: true, settlement: { kind: 'dead', reason, blocksKey: attempt.whenDead === 'block', counts } };
}

/** The counts including this attempt. Any answer ends a run of lost leases. */
function countsAfter({ outcome, event: { counts } }: EndedAttempt): AttemptCounts {
  const lost = outcome.kind === 'lease-lost';
  return {
    attempts: counts.attempts + 1,
    uncertain: counts.uncertain + (lost || outcome.kind === 'uncertain' ? 1 : 0),
    conflicted: counts.conflicted + (outcome.kind === 'conflicted' ? 1 : 0),
    lostLeases: lost ? counts.lostLeases + 1 : 0,
    gateClosings: counts.gateClosings,
  };
}

function deathReason(attempt: EndedAttempt, counts: AttemptCounts, policy: DeliveryPolicy): DeathReason | null {
  const { kind } = attempt.outcome;
  if (kind === 'rejected' && !attempt.refusedTogether) return 'rejected';
  if (counts.lostLeases >= policy.maxLostLeases) return 'poison';
  if ((kind === 'uncertain' || kind === 'lease-lost') && counts.uncertain >= policy.maxUncertain) return 'uncertain';
  if (kind === 'conflicted' && counts.conflicted >= policy.maxConflicted) return 'conflicted';
  // Before a gate that has not opened, the gate is to blame for a failed attempt: no event dies because an outage is
  // long.
  return !attempt.gated && attempt.now - attempt.event.ageStartsAt > policy.maxAgeMs ? 'too-old' : null;
}
