import type { EpochMs } from '../../kernel/clock.js';
import type { UnconfirmedPoints } from '../unconfirmed-points.js';
import type { Facet, ServiceProtectionLimits } from './service-protection-limits.js';
import { SlidingWindow } from './sliding-window.js';

/** Whether a request may run. */
export type Admission =
  | { readonly kind: 'admitted' }
  | { readonly kind: 'refused'; readonly facet: Facet; readonly retryAfterSeconds: number };

interface Closing {
  readonly facet: Facet;
  readonly since: EpochMs;
  until: EpochMs;
  /** The wait that the last refused call was told. */
  seconds: number;
}

/** The three limits of one user on one web server. */
export class UserLimits {
  /** `inForce` is asked each time: limits may change while calls go on. */
  constructor(
    private readonly inForce: () => ServiceProtectionLimits,
    private readonly points: UnconfirmedPoints,
  ) {}

  readonly #requests = new SlidingWindow();
  readonly #executionTime = new SlidingWindow();
  #inFlight = 0;
  #closing: Closing | null = null;

  /** Judges a request; an admitted one must be ended with `release`. */
  admit(now: EpochMs): Admission {
    const refused = this.#refusedMeanwhile(now) ?? this.#exceeded(now);
    if (refused !== null) return refused;
    this.#closing = null;
    this.#inFlight += 1;
    this.#requests.add(now, 1);
    return { kind: 'admitted' };
  }

  release(now: EpochMs, executionMs: number): void {
    this.#inFlight -= 1;
    if (executionMs > 0) this.#executionTime.add(now, executionMs);
  }

  get limits(): ServiceProtectionLimits {
    return this.inForce();
  }

  remainingRequests(now: EpochMs): number | null {
    const { requests, windowMs } = this.inForce();
    return requests === null ? null : Math.max(0, requests - this.#requests.total(now, windowMs));
  }

  remainingExecutionMs(now: EpochMs): number | null {
    const { executionTimeMs, windowMs } = this.inForce();
    return executionTimeMs === null ? null : Math.max(0, executionTimeMs - this.#executionTime.total(now, windowMs));
  }

  /** A call during Retry-After is refused; after the time of grace it also prolongs the wait. */
  #refusedMeanwhile(now: EpochMs): Admission | null {
    const { points } = this;
    const closing = this.#closing;
    if (closing === null || now >= closing.until) return null;
    if (now - closing.since > points.retryAfterGraceMs) {
      closing.seconds = Math.min(points.maxRetryAfterSeconds, Math.ceil(closing.seconds * points.retryAfterGrowth));
      closing.until = Math.max(closing.until, now + closing.seconds * 1000);
    }
    return { kind: 'refused', facet: closing.facet, retryAfterSeconds: Math.ceil((closing.until - now) / 1000) };
  }

  #exceeded(now: EpochMs): Admission | null {
    const { requests, executionTimeMs, concurrency, windowMs } = this.inForce();
    if (requests !== null && this.#requests.total(now, windowMs) >= requests) {
      return this.#close('requests', now, this.#bounded(this.#requests.msUntilBelow(requests, now, windowMs)));
    }
    if (executionTimeMs !== null && this.#executionTime.total(now, windowMs) >= executionTimeMs) {
      const waitMs = this.#executionTime.msUntilBelow(executionTimeMs, now, windowMs);
      return this.#close('execution-time', now, this.#bounded(waitMs));
    }
    if (concurrency === null || this.#inFlight < concurrency) return null;
    const retryAfterSeconds = this.points.concurrencyRetryAfterSeconds;
    return this.points.concurrencyClosesGate
      ? this.#close('concurrency', now, retryAfterSeconds)
      : { kind: 'refused', facet: 'concurrency', retryAfterSeconds };
  }

  #bounded(waitMs: number): number {
    return Math.min(this.points.maxRetryAfterSeconds, Math.max(1, Math.ceil(waitMs / 1000)));
  }

  #close(facet: Facet, now: EpochMs, seconds: number): Admission {
    this.#closing = { facet, since: now, until: now + seconds * 1000, seconds };
    return { kind: 'refused', facet, retryAfterSeconds: seconds };
  }
}
