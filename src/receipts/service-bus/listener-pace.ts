/** The times and numbers of a listener. */
export interface ListenerPace {
  /** How many messages are processed at once: they share commits of the store. */
  readonly concurrency: number;
  /** The first wait before another try; it doubles. */
  readonly firstRetryMs: number;
  readonly longestRetryMs: number;
  /** How long the bus may take to answer one request. */
  readonly patienceMs: number;
  /** A session counts as up when it brought a message, or was subscribed for this long without an error. */
  readonly steadyMs: number;
  /** A session that brought nothing for this long is renewed: a connection can die silently. */
  readonly renewAfterMs: number;
}

/** For Azure: a lock lasts a minute there unless the entity says otherwise. */
export const DEFAULT_PACE: ListenerPace = {
  concurrency: 64,
  firstRetryMs: 1000,
  longestRetryMs: 60_000,
  patienceMs: 30_000,
  steadyMs: 1000,
  renewAfterMs: 15 * 60_000,
};

/**
 * The wait after `failures` (from 1) in a row, half of it fixed and half random, so that replicas come back at
 * different times.
 */
export function retryWait(failures: number, pace: ListenerPace, random: () => number): number {
  const whole = Math.min(pace.longestRetryMs, pace.firstRetryMs * 2 ** (failures - 1));
  return Math.round(whole / 2 + random() * (whole / 2));
}
