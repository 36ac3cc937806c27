import type { EpochMs } from '../kernel/clock.js';
import type { GateRecord } from '../outbox/gate-store.js';
import { gateState } from './gate.js';

/** What a gate lets through: nothing, one event at a time since an instant, or everything. */
export type Passage =
  | { readonly kind: 'closed' }
  | { readonly kind: 'probing'; readonly since: EpochMs }
  | { readonly kind: 'open' };

/** A drift is probed by verifying the custom API, so no event passes meanwhile. */
export function passageThrough(gate: GateRecord, now: EpochMs): Passage {
  const state = gateState(gate, now);
  if (gate.pause !== null || state === 'closed' || gate.cause === 'drift') return { kind: 'closed' };
  return state === 'open' ? OPEN : { kind: 'probing', since: gate.closedUntil ?? 0 };
}

const OPEN: Passage = { kind: 'open' };
