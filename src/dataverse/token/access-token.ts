import type { Outcome } from '../../delivery/destination.js';
import type { EpochMs } from '../../kernel/clock.js';

/** A bearer token. Compare the object, not its text: an endpoint may return the same text twice. */
export interface AccessToken {
  readonly kind: 'token';
  readonly text: string;
  readonly expiresAt: EpochMs;
}

/** There is no token, and the outcome for attempts that needed one; it never rejects an event. */
export interface NoToken {
  readonly kind: 'no-token';
  readonly outcome: Extract<Outcome, { readonly kind: 'unavailable' | 'throttled' | 'misconfigured' | 'uncertain' }>;
  /** The token endpoint's status, or null where it did not answer. */
  readonly status: number | null;
  /** The endpoint's error or the transport's code; holds no secret. */
  readonly code: string | null;
  /**
   * Whether no connection to the endpoint could be made: the name does not exist, the connection is refused, or a
   * firewall blocks it.
   */
  readonly isUnconnected?: true;
  readonly detail: string;
}

export type TokenResult = AccessToken | NoToken;

/** Fetches a new token, each time. Never rejects. */
export type AcquireToken = () => Promise<TokenResult>;
