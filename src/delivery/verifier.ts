import type { CallOptions } from './destination.js';

/** Whether what is deployed for an event type fits its definition. */
export type VerifierVerdict =
  | { readonly kind: 'fits' }
  /**
   * Calls would fail, or break a rule of external events; `detail` says what is wrong, why it matters and what to do.
   */
  | { readonly kind: 'drifted'; readonly detail: string }
  /** It could not be read: no right to, no answer, no such table. */
  | ({ readonly kind: 'unreadable' } & Why)
  /** The application user has to wait, and for all types; `retryAfterMs` as it was asked to, or null. */
  | ({ readonly kind: 'throttled'; readonly retryAfterMs: number | null } & Why);

/** Why there is no verdict. */
interface Why {
  /** For everybody who may send events. */
  readonly detail: string;
  /** The same in the target's own words, which may name users and hosts: for operators alone. */
  readonly inFull?: string;
}

/** Compares event types with what is deployed, without calling or changing anything. */
export abstract class Verifier {
  /** A verdict for each type asked for. Never rejects. */
  abstract verify(
    types: readonly string[],
    applicationUser: string,
    options: CallOptions,
  ): Promise<ReadonlyMap<string, VerifierVerdict>>;

  /** Whether a call that was refused with this code, or with none, may have been refused because of a drift. */
  abstract mayExplain(errorCode: string | null): boolean;
}
