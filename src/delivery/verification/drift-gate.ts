import type { EpochMs } from '../../kernel/clock.js';
import type { GateRecord } from '../../outbox/gate-store.js';
import { closeGate, gateState, isOthersTurn, probeGate } from '../gate.js';

/** For this long after the closing has ended, only the processes that found the drift may open the gate. */
const TURN_AFTER_CLOSING_MS = 60_000;

/** For this long after its closing a drift waits for a process that can read it; then it closes again, for longer. */
const UNREAD_AFTER_MS = 5_000;

/** Between what did not fit and why it could not be verified again. */
const UNREAD = '; could not be verified again: ';

const LET_TRY = 'what is deployed cannot be verified; an operator lets one event at a time try it';
const FITS = 'what is deployed fits again; one event at a time until one is delivered';

/** The verdict on a type, and the definition it is about: two versions of the gateway may disagree. */
export interface FoundDrift {
  readonly detail: string;
  /** The fingerprint of the definition that was compared. */
  readonly judge: string;
}

/**
 * Transitions of a type's gate by verification; pure, like those of gate.ts. Only verification lets a gate that is
 * closed as drift probe (an operator can where nobody can verify it). Processes that hold the definition that did not
 * fit may do so first: otherwise processes of two versions would open and close the gate in turn. Others may do so a
 * minute after the closing has ended, unless it was renewed.
 */

/** Closes a gate as drift, also one that was closed for another cause. A drift stays closed for as long as it was. */
export function closeAsDrifted(gate: GateRecord, { detail, judge }: FoundDrift, now: EpochMs): GateRecord {
  if (gate.cause === 'drift') {
    if (isOthersTurn(gate, judge, now)) return gate;
    if (gateState(gate, now) === 'closed') {
      const isKnown = gate.detail === detail && gate.unread === null;
      return isKnown ? gate : { ...gate, detail, unread: null, changedAt: now };
    }
  }
  const closed = closeGate(gate, { cause: 'drift', detail, retryAfterMs: null }, now);
  const probe = { owner: judge, until: (closed.closedUntil ?? now) + TURN_AFTER_CLOSING_MS };
  return { ...closed, cause: 'drift', detail, unread: null, probe, changedAt: now };
}

/**
 * Has events probe a gate that was closed as drift; its closing times begin anew. Any other gate stays as it is. It is
 * not opened at once: verification reads the newest metadata, but calls may meet stale metadata for half a minute after
 * a change.
 */
export function probeAsFitting(gate: GateRecord, judge: string, now: EpochMs): GateRecord {
  if (gate.cause !== 'drift' || isOthersTurn(gate, judge, now)) return gate;
  return probingByEvents(gate, FITS, now);
}

/**
 * What an operator's probe of a closed gate does: if nobody can read what drifted, only events can show whether it
 * fits.
 */
export function probeByOperator(gate: GateRecord, now: EpochMs): GateRecord {
  const isUnread = gate.cause === 'drift' && gate.unread !== null;
  return isUnread ? probingByEvents(gate, LET_TRY, now) : probeGate(gate, now);
}

function probingByEvents(gate: GateRecord, detail: string, now: EpochMs): GateRecord {
  return {
    ...gate,
    cause: 'misconfigured',
    detail,
    unread: null,
    closedUntil: now,
    closings: 0,
    probe: null,
    changedAt: now,
  };
}

/**
 * Keeps a gate closed that was due to be verified and could not be: for the next longer time, and says so. It waits a
 * little before: if this process cannot read for reasons of its own, another process may.
 */
export function stayUnread(gate: GateRecord, { detail: why, judge }: FoundDrift, now: EpochMs): GateRecord {
  if (!isDueToVerify(gate, judge, now) || now < (gate.closedUntil ?? 0) + UNREAD_AFTER_MS) return gate;
  // Of a detail that an older version wrote, only the finding is repeated.
  const unread = gate.unread ?? gate.detail?.split(UNREAD)[0] ?? '';
  const detail = `${unread}${UNREAD}${why}`;
  return { ...closeAsDrifted(gate, { detail, judge }, now), unread };
}

/** Whether the time of a drift is over and this definition is to be compared again. Not during an operator's pause. */
export function isDueToVerify(gate: GateRecord, judge: string, now: EpochMs): boolean {
  if (gate.cause !== 'drift' || gate.pause !== null) return false;
  return gateState(gate, now) === 'probing' && !isOthersTurn(gate, judge, now);
}

/** Whether calls closed it; false for a former drift that fits by now and that no call has tried yet. */
export function isRefused({ cause, closings }: GateRecord): boolean {
  return cause === 'misconfigured' && closings > 0;
}
