import { NoAnswerError } from './no-answer.error.js';
import { ProblemError } from './problem.error.js';

/** How patient the client is. */
export interface Patience {
  /** For one call, all its attempts and pauses together. */
  readonly deadlineMs: number;
  /** For one attempt; what takes longer counts as no answer. */
  readonly attemptTimeoutMs: number;
  /** The first pause; each one doubles, up to the longest. Of each, a random half to the whole is waited. */
  readonly firstPauseMs: number;
  readonly longestPauseMs: number;
}

/** Time and chance, so that tests can hold both still. */
export interface Timing {
  now(): number;
  random(): number;
  /** Resolves after so long, or rejects with the signal's reason. */
  wait(ms: number, signal: AbortSignal | undefined): Promise<void>;
}

const REPEATED_STATUSES: ReadonlySet<number> = new Set([408, 429, 500, 502, 503, 504]);

/** Whether an answer with this status may be another one the next time; nothing else is ever sent again. */
export function isPassing(status: number): boolean {
  return REPEATED_STATUSES.has(status);
}

/**
 * The pause before the next attempt, or null where there is none: the failure stays what it is, or the deadline would
 * pass. `Retry-After` is never undercut.
 */
export function pauseAfter(failure: unknown, attempt: number, patience: Patience, random: number): number | null {
  if (!mayPass(failure)) return null;
  const whole = Math.min(patience.longestPauseMs, patience.firstPauseMs * 2 ** (attempt - 1));
  const jittered = whole / 2 + (whole / 2) * random;
  const asked = failure instanceof ProblemError ? (failure.retryAfterMs ?? 0) : 0;
  return Math.max(jittered, asked);
}

/**
 * Makes attempts until one succeeds, a failure will not pass, or the deadline would; then throws that failure. Each is told
 * how many milliseconds are left.
 */
export async function repeat<T>(
  attempt: (leftMs: number) => Promise<T>,
  patience: Patience,
  timing: Timing,
  signal?: AbortSignal,
): Promise<T> {
  const deadline = timing.now() + patience.deadlineMs;
  for (let count = 1; ; count += 1) {
    try {
      return await attempt(deadline - timing.now());
    } catch (failure) {
      const pauseMs = pauseAfter(failure, count, patience, timing.random());
      if (pauseMs === null || timing.now() + pauseMs >= deadline) throw failure;
      await timing.wait(pauseMs, signal);
    }
  }
}

function mayPass(failure: unknown): boolean {
  return failure instanceof NoAnswerError || (failure instanceof ProblemError && isPassing(failure.status));
}
