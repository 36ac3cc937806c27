import type { AttemptReport } from '../../delivery/destination.js';
import type { Answer } from '../answer.js';
import { classify } from '../classify.js';
import type { Patience } from './patience.js';
import { whyWaiting } from './why-waiting.js';

/** What is known about a request when its answer is judged. */
export interface Tried {
  /** Whether it may run twice: reads, updates, deletions, and creations that name their own id. */
  readonly repeatable: boolean;
  /** How often it was already repeated. */
  readonly repeats: number;
  /** How long it has waited already, in milliseconds. */
  readonly waitedMs: number;
}

export type RepeatDecision =
  | {
      readonly kind: 'repeat';
      readonly afterMs: number;
      readonly why: string;
      /** Whether it is one of the repeats that are counted; throttles are limited by the time they take alone. */
      readonly isCounted: boolean;
    }
  /** The answer is final: waiting would not change it. */
  | { readonly kind: 'final' }
  /** It might succeed later, but the patience is used up. */
  | { readonly kind: 'given-up' };

const LONGEST_MS = 30_000;
/**
 * The shortest wait after a throttle, even if Dataverse asks for less: a throttle means that there were too many
 * requests.
 */
const SHORTEST_THROTTLE_MS = 1_000;
/**
 * An address that accepts no connection, Dataverse's or Entra's, is more often mistyped than down: that is reported
 * soon.
 */
const CONNECTING_REPEATS = 3;

/** Whether and when a request is repeated. `random` is from 0 up to 1. */
export function decideRepeat(answer: Answer, tried: Tried, patience: Patience, random: number): RepeatDecision {
  const report = classify(answer);
  if (!mayPass(answer, report, tried.repeatable)) return { kind: 'final' };
  const isCounted = report.outcome.kind !== 'throttled';
  const atMost = isConnecting(answer) ? Math.min(CONNECTING_REPEATS, patience.repeats) : patience.repeats;
  const afterMs = waitBefore(report, tried, patience.firstWaitMs, random);
  const isSpent = isCounted && tried.repeats >= atMost;
  if (isSpent || tried.waitedMs + afterMs > patience.waitMs) return { kind: 'given-up' };
  return { kind: 'repeat', afterMs, why: whyWaiting(answer), isCounted };
}

/**
 * Whether the same request may succeed later and may be repeated: a request that may have run is not repeated blindly.
 */
function mayPass(answer: Answer, { outcome, errorCode }: AttemptReport, repeatable: boolean): boolean {
  if (errorCode === 'ABORTED') return false;
  switch (outcome.kind) {
    case 'throttled':
    case 'unavailable':
      return true;
    case 'transient':
      return repeatable;
    case 'uncertain':
      return repeatable && isPassing(answer);
    case 'delivered':
      return repeatable && answer.kind === 'response' && !answer.complete;
    default:
      return false;
  }
}

/** A 500 without one of the temporary codes is Dataverse's own fault, and does not go away. */
function isPassing(answer: Answer): boolean {
  return answer.kind !== 'response' || !answer.complete || [408, 502, 504].includes(answer.status);
}

function isConnecting(answer: Answer): boolean {
  switch (answer.kind) {
    case 'failure':
      return answer.stage === 'connecting';
    case 'no-token':
      return answer.isUnconnected ?? false;
    case 'response':
      return false;
  }
}

/**
 * As long as Dataverse asks for; otherwise doubling, half of it at random so that many requests do not come back at
 * once.
 */
function waitBefore({ outcome }: AttemptReport, tried: Tried, firstWaitMs: number, random: number): number {
  const isThrottled = outcome.kind === 'throttled';
  const shortestMs = isThrottled ? SHORTEST_THROTTLE_MS : 0;
  if (isThrottled && outcome.retryAfterMs !== null) return Math.max(outcome.retryAfterMs, shortestMs);
  // Throttles are not counted. Waiting once more for as long as they took so far doubles the time, too.
  const doubledMs = isThrottled ? tried.waitedMs : firstWaitMs * 2 ** tried.repeats;
  const full = Math.min(doubledMs, LONGEST_MS);
  return Math.max(Math.round(full / 2 + (random * full) / 2), shortestMs);
}
