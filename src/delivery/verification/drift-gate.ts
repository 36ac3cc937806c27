import type { EpochMs } from '../../kernel/clock.js';
import type { GateRecord } from '../../outbox/gate-store.js';
import { closeGate, gateState, isOthersTurn, probeGate } from '../gate.js';

/** How much longer than the closing those who found the drift alone may open the gate. */
const TURN_AFTER_CLOSING_MS = 60_000;

/** So long after its closing a drift waits for whoever can read it; then nobody can, and it closes for longer. */
const UNREAD_AFTER_MS = 5_000;

const LET_TRY = 'what is deployed cannot be verified; an operator lets one event at a time try it';
const FITS = 'what is deployed fits again; one event at a time until one is delivered';

/** What was found about a type, and by which definition of it: two versions of the gateway may disagree. */
export interface FoundDrift {
  readonly detail: string;
  /** The fingerprint of the definition that was compared. */
  readonly judge: string;
}

/*
 * Transitions of a type's gate by verification; pure, like those of gate.ts. A gate that is closed as drift is let probe
 * by verification alone (by an operator where nobody can verify it), and first by those who hold the definition that was
 * found not to fit: processes of two versions would open and close it in turn. Others may let it probe a minute after the
 * closing has ended without being renewed.
 */

/** Closes a gate as drift, whatever closed it before. One that is closed as drift stays closed for as long as it was. */
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
 * Has a gate that was closed as drift probed by events, from the first closing time on; any other stays as it is. Not
 * opened at once: a look reads strongly, but calls may meet stale metadata for half a minute after a change.
 */
export function probeAsFitting(gate: GateRecord, judge: string, now: EpochMs): GateRecord {
  if (gate.cause !== 'drift' || isOthersTurn(gate, judge, now)) return gate;
  return probingByEvents(gate, FITS, now);
}

/** What an operator's probe of a closed gate comes to: of a drift that nobody can read, events are the only ones to tell. */
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
 * Keeps a gate closed that was due to be verified and could not be: for the next longer time, and saying so. Not at once:
 * what one process cannot read for reasons of its own, another may be reading.
 */
export function stayUnread(gate: GateRecord, { detail: why, judge }: FoundDrift, now: EpochMs): GateRecord {
  if (!isDueToVerify(gate, judge, now) || now < (gate.closedUntil ?? 0) + UNREAD_AFTER_MS) return gate;
  const unread = gate.unread ?? gate.detail ?? '';
  const detail = `${unread}; could not be verified again: ${why}`;
  return { ...closeAsDrifted(gate, { detail, judge }, now), unread };
}

/** Whether the time of a drift is over and this definition is to be compared again. Not behind an operator's pause. */
export function isDueToVerify(gate: GateRecord, judge: string, now: EpochMs): boolean {
  if (gate.cause !== 'drift' || gate.pause !== null) return false;
  return gateState(gate, now) === 'probing' && !isOthersTurn(gate, judge, now);
}

/** Whether calls closed it, as against a drift that was found to fit and that no call has tried yet. */
export function isRefused({ cause, closings }: GateRecord): boolean {
  return cause === 'misconfigured' && closings > 0;
}
