import type { EpochMs } from '../kernel/clock.js';
import { isSamePause } from '../outbox/gate-pause.js';
import type { GateRecord } from '../outbox/gate-store.js';
import { isSameRecreation, type RecreationFacts } from '../outbox/recreation-facts.js';

/**
 * Transitions of a type's gate by `dataverse apply`, which makes a custom API anew; pure, like those of gate.ts. What it
 * began stays known until it is completed, whatever people do about the pause.
 */

/** Whether the pause is the recreation's; false where a person paused, also in place of the recreation. */
export function isPausedByRecreation({ pause, recreation }: GateRecord): boolean {
  return pause !== null && recreation !== null && isSamePause(pause, recreation.pause);
}

/**
 * Begins a recreation in place of an earlier one, or null, and pauses the gate for it. Changes nothing where a person's
 * pause stands or yet another recreation began.
 */
export function pauseForRecreation(
  gate: GateRecord,
  begun: RecreationFacts,
  earlier: RecreationFacts | null,
): GateRecord {
  if (gate.pause !== null && !isPausedByRecreation(gate)) return gate;
  const kept = keepRecreation(gate, begun, earlier);
  return kept === gate ? gate : { ...kept, pause: begun.pause, changedAt: begun.at };
}

/** The same, and leaves the pause as it is. */
export function keepRecreation(gate: GateRecord, begun: RecreationFacts, earlier: RecreationFacts | null): GateRecord {
  return isSameRecreation(gate.recreation, earlier) ? { ...gate, recreation: begun } : gate;
}

/** Ends a recreation and lifts its pause. Changes nothing where that pause does not stand. */
export function resumeRecreated(gate: GateRecord, begun: RecreationFacts, now: EpochMs): GateRecord {
  if (!isPausedByRecreation(gate)) return gate;
  const ended = forgetRecreation(gate, begun);
  return ended === gate ? gate : { ...ended, pause: null, changedAt: now };
}

/** Ends a recreation, and leaves the pause as it is. */
export function forgetRecreation(gate: GateRecord, begun: RecreationFacts): GateRecord {
  return isSameRecreation(gate.recreation, begun) ? { ...gate, recreation: null } : gate;
}
