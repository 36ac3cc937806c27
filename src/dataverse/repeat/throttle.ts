import type { Clock, EpochMs } from '../../kernel/clock.js';
import type { Answer } from '../answer.js';
import { classify } from '../classify.js';

/** A throttle that is still in force. */
export interface Hold {
  /** The answer that announced it. */
  readonly answer: Answer;
  readonly remainingMs: number;
}

/**
 * How long an application user was told to wait, shared by all its requests: another request meanwhile would only
 * lengthen the wait for all. Source: Service protection API limits, "How to maximize throughput".
 */
export class Throttle {
  private last: { readonly answer: Answer; readonly until: EpochMs } | null = null;

  constructor(private readonly clock: Clock) {}

  note(answer: Answer): void {
    const { outcome } = classify(answer);
    if (outcome.kind !== 'throttled' || outcome.retryAfterMs === null) return;
    const from = answer.kind === 'response' ? answer.receivedAt : this.clock.now();
    const until = from + outcome.retryAfterMs;
    if (this.last === null || until > this.last.until) this.last = { answer, until };
  }

  /** Null where no wait is needed. */
  current(): Hold | null {
    const remainingMs = (this.last?.until ?? 0) - this.clock.now();
    return this.last === null || remainingMs <= 0 ? null : { answer: this.last.answer, remainingMs };
  }
}
