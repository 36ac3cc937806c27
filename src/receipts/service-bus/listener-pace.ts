/** How a listener goes about it. */
export interface ListenerPace {
  /** Messages taken at once: they share commits of the store. */
  readonly concurrency: number;
  /** The first wait before another try; it doubles. */
  readonly firstRetryMs: number;
  readonly longestRetryMs: number;
  /** How long the bus may take for one thing asked of it. */
  readonly patienceMs: number;
  /** A session is up when it brought something, or was subscribed for so long without a complaint. */
  readonly steadyMs: number;
  /** A session that brought nothing for so long is renewed: a connection can die without a word. */
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

/** The wait after `failures` (from 1) in a row, half of it certain and half by chance, so that replicas come back apart. */
export function retryWait(failures: number, pace: ListenerPace, random: () => number): number {
  const whole = Math.min(pace.longestRetryMs, pace.firstRetryMs * 2 ** (failures - 1));
  return Math.round(whole / 2 + random() * (whole / 2));
}
