import type { ClaimedEvent } from '../outbox/outbox.js';

/** What an attempt came to, with what each outcome needs to be acted upon. */
export type Outcome =
  | { readonly kind: 'delivered' }
  /** `retryAfterMs` as the target asked, or null when it did not say. */
  | { readonly kind: 'throttled'; readonly retryAfterMs: number | null }
  | { readonly kind: 'unauthorized' }
  /** `user` where the application user itself is shut out, `pair` where only this type is. */
  | { readonly kind: 'forbidden'; readonly scope: 'user' | 'pair' }
  | { readonly kind: 'misconfigured'; readonly scope: 'user' | 'type' }
  | { readonly kind: 'unavailable' }
  | { readonly kind: 'uncertain' }
  | { readonly kind: 'transient' }
  | { readonly kind: 'conflicted' }
  | { readonly kind: 'rejected' };

/** What is known about an attempt, for the timeline and the log: no payload, no secret. */
export interface AttemptReport {
  readonly outcome: Outcome;
  readonly httpStatus: number | null;
  readonly errorCode: string | null;
  readonly detail: string | null;
  readonly serviceRequestId: string | null;
}

/** Where events go. One instance serves every application user. */
export abstract class Destination {
  /** The application users that send, by client id; at least one. */
  abstract readonly applicationUsers: readonly string[];

  /**
   * One attempt to deliver one event. Never rejects: whatever goes wrong is an outcome. `signal` ends it at the end of
   * the grace time of a shutdown; what was cut off then is `uncertain`.
   */
  abstract deliver(event: ClaimedEvent, applicationUser: string, signal: AbortSignal): Promise<AttemptReport>;

  /** Asks whether an application user gets through at all, without delivering anything. Never rejects. */
  abstract probe(applicationUser: string, signal: AbortSignal): Promise<AttemptReport>;
}
