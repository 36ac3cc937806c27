const FIRST_MS = 2_000;
const LONGEST_MS = 15 * 60_000;

/**
 * The wait in ms before the next attempt, after `attempts` (from 1) that counted: `d = min(15 min, 2 s * 2^(n-1))`.
 * Half of it is fixed and half random, so that events that failed together do not come back together.
 */
export function backoff(attempts: number, random: () => number): number {
  const d = Math.min(LONGEST_MS, FIRST_MS * 2 ** (attempts - 1));
  return Math.round(d / 2 + random() * (d / 2));
}
