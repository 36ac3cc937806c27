import type { Timers } from '../../kernel/timers.js';
import type { OperatorActions, ReplayStep } from '../../outbox/operator-actions.js';

/** One transaction with this many events takes some milliseconds: nothing waits behind it for long. */
const EVENTS_PER_STEP = 250;

/** The least time between two steps: other requests are answered and live events sent in it. */
const MIN_PAUSE_MS = 2;

/** Which events, on whose behalf, where to begin, and when to stop. */
export interface SteppedReplay {
  readonly replay: Omit<ReplayStep, 'after' | 'limit'>;
  /** The `next` of a replay that was stopped, or 0. */
  readonly after: number;
  /** Asked before each step; once false, nothing more is replayed. */
  readonly mayGoOn: () => boolean;
  /** Told after each step how many events it replayed. */
  readonly onStep: (replayed: number) => void;
}

/** How far a replay came; the events it replayed stay replayed. */
export type ReplayProgress =
  | { readonly kind: 'finished'; readonly replayed: number }
  /** It was stopped, or the store failed: the next replay goes on at `next`. */
  | { readonly kind: 'stopped'; readonly replayed: number; readonly next: number }
  | { readonly kind: 'failed'; readonly replayed: number; readonly next: number; readonly error: unknown };

/**
 * Replays by filter in small transactions, and rests after each for as long as it took, so that at least half of the
 * store's time is left to live traffic.
 */
export async function replayInSteps(
  actions: Pick<OperatorActions, 'replayStep'>,
  timers: Timers,
  { replay, after, mayGoOn, onStep }: SteppedReplay,
): Promise<ReplayProgress> {
  let replayed = 0;
  let next = after;
  while (mayGoOn()) {
    const began = performance.now();
    try {
      const step = await actions.replayStep({ ...replay, after: next, limit: EVENTS_PER_STEP });
      replayed += step.replayed;
      onStep(step.replayed);
      if (step.next === null) return { kind: 'finished', replayed };
      next = step.next;
    } catch (error) {
      return { kind: 'failed', replayed, next, error };
    }
    await rest(timers, Math.max(MIN_PAUSE_MS, performance.now() - began));
  }
  return { kind: 'stopped', replayed, next };
}

function rest(timers: Timers, ms: number): Promise<void> {
  return new Promise((resolve) => {
    timers.after(ms, resolve);
  });
}
