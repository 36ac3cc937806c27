import type { ClaimedEvent } from '../outbox/outbox.js';

/** The outcome of an attempt, with everything that is needed to act upon it. */
export type Outcome =
  | { readonly kind: 'delivered' }
  /** `retryAfterMs` as the target asked, or null when it did not say. */
  | { readonly kind: 'throttled'; readonly retryAfterMs: number | null; readonly limit: ThrottleLimit }
  | { readonly kind: 'unauthorized' }
  /** `user` where the application user itself is shut out, `pair` where only this type is. */
  | { readonly kind: 'forbidden'; readonly scope: 'user' | 'pair' }
  | { readonly kind: 'misconfigured'; readonly scope: 'user' | 'type' }
  | { readonly kind: 'unavailable' }
  | { readonly kind: 'uncertain' }
  | { readonly kind: 'transient' }
  | { readonly kind: 'conflicted' }
  | { readonly kind: 'rejected' };

/**
 * Which of the target's limits was met; `other` where it did not say. `busy` and `token` are obeyed like the others,
 * but say nothing about the pace of calls: with `busy` the target is short of something for a time, with `token` the
 * issuer of tokens throttles.
 */
export type ThrottleLimit = 'requests' | 'execution-time' | 'concurrency' | 'other' | 'busy' | 'token';

/** What the target says about itself beside its answer; null where it said nothing. */
export interface TargetHints {
  /** How many calls at once it recommends (`x-ms-dop-hint`): the pace starts there. */
  readonly parallelism: number | null;
  /**
   * What is left of the request limit and the execution-time limit on the web server that answered. It is shown, and
   * steers nothing.
   */
  readonly remainingRequests: number | null;
  readonly remainingTimeMs: number | null;
}

/** What is known about an attempt, for the timeline and the log: no payload, no secret. */
export interface AttemptReport {
  readonly outcome: Outcome;
  readonly httpStatus: number | null;
  readonly errorCode: string | null;
  readonly detail: string | null;
  readonly serviceRequestId: string | null;
  readonly hints: TargetHints | null;
}

/** Nothing was sent and nothing will be: there was no attempt, and nothing is learnt from it. */
export interface UnsentReport {
  readonly outcome: null;
  readonly httpStatus: null;
  readonly errorCode: null;
  readonly detail: null;
  readonly serviceRequestId: null;
  readonly hints: null;
}

/** The result of a call for one event; `outcome` tells whether there was an attempt. */
export type CallReport = AttemptReport | UnsentReport;

export const UNSENT: UnsentReport = {
  outcome: null,
  httpStatus: null,
  errorCode: null,
  detail: null,
  serviceRequestId: null,
  hints: null,
};

/** How a call is ended, before and after its request is out. */
export interface CallOptions {
  /** Ends it at the end of a shutdown's grace time; a call that was cut off then is `uncertain`. */
  readonly signal: AbortSignal;
  /**
   * Asked right before each request, when everything else is ready: a gate may have closed while the call waited for a
   * token. After a no nothing is sent, and the events are reported as `UNSENT`. Cheap, and never throws.
   */
  readonly mayStillSend: () => boolean;
}

/** Where events go. One instance serves every application user. */
export abstract class Destination {
  /** The application users that send, by client id; at least one. */
  abstract readonly applicationUsers: readonly string[];

  /** One attempt to deliver one event. Never rejects: every failure is an outcome. */
  abstract deliver(event: ClaimedEvent, applicationUser: string, options: CallOptions): Promise<CallReport>;

  /**
   * One call that carries several events, at least two; a report for each, in their order. Each is judged by its own
   * part of the answer. What a broken answer leaves open is `uncertain`; what was refused as a whole was not executed.
   * Never rejects.
   */
  abstract deliverBatch(
    events: readonly ClaimedEvent[],
    applicationUser: string,
    options: CallOptions,
  ): Promise<readonly CallReport[]>;

  /** Asks whether an application user gets through at all, without delivering anything. Never rejects. */
  abstract probe(applicationUser: string, options: CallOptions): Promise<CallReport>;
}
