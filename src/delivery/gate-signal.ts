import type { GateCause } from '../outbox/gate-store.js';
import type { Outcome } from './destination.js';

/** Which gate an outcome is about: the application user's, the type's, or that of both together. */
type GateScope = 'user' | 'type' | 'pair';

/** What an outcome means for the gates. */
export type GateSignal =
  | { readonly kind: 'passed' }
  | {
      readonly kind: 'closes';
      readonly scope: GateScope;
      readonly cause: GateCause;
      readonly retryAfterMs: number | null;
    }
  /** One of these says little about the application user; a run of them closes its gate. */
  | { readonly kind: 'user-failed' }
  /** One of these is the fault of its event; a run of them is the fault of the type. */
  | { readonly kind: 'type-refused' }
  | { readonly kind: 'none' };

export function gateSignalOf(outcome: Outcome): GateSignal {
  switch (outcome.kind) {
    case 'delivered':
      return { kind: 'passed' };
    case 'throttled':
      return { kind: 'closes', scope: 'user', cause: 'throttled', retryAfterMs: outcome.retryAfterMs };
    case 'unauthorized':
    case 'unavailable':
      return { kind: 'closes', scope: 'user', cause: outcome.kind, retryAfterMs: null };
    case 'forbidden':
    case 'misconfigured':
      return { kind: 'closes', scope: outcome.scope, cause: outcome.kind, retryAfterMs: null };
    case 'uncertain':
    case 'transient':
      return { kind: 'user-failed' };
    case 'rejected':
      return { kind: 'type-refused' };
    case 'conflicted':
      return { kind: 'none' };
  }
}
