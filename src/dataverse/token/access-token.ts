import type { Outcome } from '../../delivery/destination.js';
import type { EpochMs } from '../../kernel/clock.js';

/** A bearer token. Its identity counts, not its text: an endpoint may hand the same text out twice. */
export interface AccessToken {
  readonly kind: 'token';
  readonly text: string;
  readonly expiresAt: EpochMs;
}

/** There is no token, and what that makes of the attempts that needed one; it never rejects an event. */
export interface NoToken {
  readonly kind: 'no-token';
  readonly outcome: Extract<Outcome, { readonly kind: 'unavailable' | 'throttled' | 'misconfigured' | 'uncertain' }>;
  /** The token endpoint's status, or null where it did not answer. */
  readonly status: number | null;
  /** The endpoint's error or the transport's code; holds no secret. */
  readonly code: string | null;
  /** Whether no connection to the endpoint came about: it has no such name, takes none, or is behind a firewall. */
  readonly isUnconnected?: true;
  readonly detail: string;
}

export type TokenResult = AccessToken | NoToken;

/** Fetches a new token, each time. Never rejects. */
export type AcquireToken = () => Promise<TokenResult>;
