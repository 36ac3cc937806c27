import type { EpochMs } from '../kernel/clock.js';
import type { GatePause } from '../outbox/gate-pause.js';
import type { GateCause, GateProbe, GateRecord } from '../outbox/gate-store.js';
import { closingMs } from './closing-time.js';

/** What an operator and an API call a gate's state; a pause stands beside it. */
export type GateState = 'open' | 'closed' | 'probing';

export interface Closing {
  readonly cause: GateCause;
  readonly detail: string | null;
  /** As the target asked, or null when it did not say. */
  readonly retryAfterMs: number | null;
}

/**
 * Transitions of a gate. Pure; each returns the very same record where nothing changes. The caller that stores it
 * raises the revision.
 */

/** A gate that was never closed. */
export function openGate(name: string): GateRecord {
  const never = { cause: null, detail: null, closedUntil: null, closings: 0, pause: null, probe: null };
  return { name, ...never, recreation: null, unread: null, changedAt: 0, revision: 0 };
}

export function gateState(gate: GateRecord, now: EpochMs): GateState {
  if (gate.cause === null) return 'open';
  return isClosed(gate, now) ? 'closed' : 'probing';
}

/** The state as people see it: a drift lets nothing pass before it is verified, even after its time. */
export function shownState(gate: GateRecord, now: EpochMs): GateState {
  return gate.cause === 'drift' ? 'closed' : gateState(gate, now);
}

/**
 * Closes a gate. One that is closed already is prolonged, never shortened, and does not take the next step: the calls
 * that were under way when it closed report the same trouble. Results of calls change nothing about a drift.
 */
export function closeGate(gate: GateRecord, { cause, detail, retryAfterMs }: Closing, now: EpochMs): GateRecord {
  if (gate.cause === 'drift' && cause !== 'drift') return gate;
  const wasClosed = isClosed(gate, now);
  const closings = wasClosed ? gate.closings : gate.closings + 1;
  const closedUntil = now + closingMs(cause, closings, retryAfterMs);
  if (wasClosed && closedUntil <= (gate.closedUntil ?? 0)) return gate;
  return { ...gate, cause, detail, closedUntil, closings, probe: null, changedAt: now };
}

/**
 * A delivered event opens a gate that let it through. An event whose call began before the gate reopened proves nothing
 * about what came since. No event opens a drift, which lets nothing through before it is verified.
 */
export function passGate(gate: GateRecord, callBeganAt: EpochMs, now: EpochMs): GateRecord {
  if (gate.cause === 'drift' || hasSettled(gate)) return gate;
  if (gate.closedUntil !== null && callBeganAt < gate.closedUntil) return gate;
  return { ...gate, cause: null, detail: null, closings: 0, probe: null, changedAt: now };
}

/** Whether the gate never closed, or an event was delivered through it since: the next closing is the first again. */
export function hasSettled(gate: GateRecord): boolean {
  return gate.cause === null && gate.closings === 0;
}

/**
 * Stops everything until an operator resumes. Pausing a paused gate keeps the beginning of the first pause; if person
 * and reason are the same too, it is the same pause.
 */
export function pauseGate(gate: GateRecord, pause: GatePause): GateRecord {
  const { pause: before } = gate;
  if (before !== null && before.by === pause.by && before.reason === pause.reason) return gate;
  return { ...gate, pause: { ...pause, since: before?.since ?? pause.since }, changedAt: pause.since };
}

/** Lifts a pause, and nothing else: a throttle goes on. */
export function resumeGate(gate: GateRecord, now: EpochMs): GateRecord {
  return gate.pause === null ? gate : { ...gate, pause: null, changedAt: now };
}

/**
 * Ends a closing now: the gate is probing, and its next closing times are not reset. The process that has the turn to
 * probe after the closing keeps it for as long as it would have had it then.
 */
export function probeGate(gate: GateRecord, now: EpochMs): GateRecord {
  if (!isClosed(gate, now)) return gate;
  const probe = gate.probe && { ...gate.probe, until: gate.probe.until - (gate.closedUntil ?? now) + now };
  return { ...gate, closedUntil: now, probe, changedAt: now };
}

/** Why a probe on a person's request would change nothing. */
export type WhyNotProbed = 'open' | 'probing' | 'due' | 'paused' | 'throttled';

/**
 * Why a person cannot have a gate probe now, or null. The target sets the end of a throttle: calls before it prolong
 * it.
 */
export function whyNotProbed(gate: GateRecord, now: EpochMs): WhyNotProbed | null {
  if (gate.pause !== null) return 'paused';
  const state = gateState(gate, now);
  if (state === 'probing' && gate.cause === 'drift') return 'due';
  if (state !== 'closed') return state;
  return gate.cause === 'throttled' ? 'throttled' : null;
}

/**
 * Gives one process the turn to send the next probing event. Nothing changes while another one has the turn, or where
 * there is nothing to probe. The turn ends with the next opening or closing, or by its time if its owner is gone.
 */
export function takeTurn(gate: GateRecord, turn: GateProbe, now: EpochMs): GateRecord {
  if (gateState(gate, now) !== 'probing' || isOthersTurn(gate, turn.owner, now)) return gate;
  return { ...gate, probe: turn };
}

/** Whether another process than `owner` is the one that probes. */
export function isOthersTurn({ probe }: GateRecord, owner: string, now: EpochMs): boolean {
  return probe !== null && probe.owner !== owner && probe.until > now;
}

/** Whether people should be told: of another state, cause or pause. Prolonging a closing is no news. */
export function isNews(gate: GateRecord, before: GateRecord, now: EpochMs): boolean {
  if (gate.cause !== before.cause || shownState(gate, now) !== shownState(before, now)) return true;
  return gate.pause?.by !== before.pause?.by || gate.pause?.reason !== before.pause?.reason;
}

function isClosed(gate: GateRecord, now: EpochMs): boolean {
  return gate.cause !== null && gate.closedUntil !== null && gate.closedUntil > now;
}
