import type { EpochMs } from '../kernel/clock.js';

/** An operator's pause: it stands beside the cause and ends only by an operator, or by the program that made it. */
export interface GatePause {
  readonly by: string;
  readonly reason: string;
  readonly since: EpochMs;
}

/** Whether two pauses are one: same maker, reason and beginning. */
export function isSamePause(one: GatePause, other: GatePause): boolean {
  return one.by === other.by && one.reason === other.reason && one.since === other.since;
}
