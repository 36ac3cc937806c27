import { assertNever } from '../kernel/assert-never.js';
import type { EpochMs } from '../kernel/clock.js';
import type { GateRecord } from '../outbox/gate-store.js';
import { gateState } from './gate.js';

/** What a gate lets through: nothing, one event at a time since an instant, anything. */
export type Passage =
  | { readonly kind: 'closed' }
  | { readonly kind: 'probing'; readonly since: EpochMs }
  | { readonly kind: 'open' };

export function passageThrough(gate: GateRecord, now: EpochMs): Passage {
  const state = gateState(gate, now);
  if (gate.pause !== null || state === 'closed') return { kind: 'closed' };
  return state === 'open' ? OPEN : { kind: 'probing', since: gate.closedUntil ?? 0 };
}

const OPEN: Passage = { kind: 'open' };

/**
 * How many more events may pass. `heldSince` counts those on their way through since an instant: calls that began
 * before the gate reopened are no probes of it.
 */
export function allowance(passage: Passage, heldSince: (since: EpochMs) => number): number {
  switch (passage.kind) {
    case 'closed':
      return 0;
    case 'probing':
      return Math.max(0, 1 - heldSince(passage.since));
    case 'open':
      return Number.POSITIVE_INFINITY;
    default:
      return assertNever(passage);
  }
}
