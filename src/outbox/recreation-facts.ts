import type { EpochMs } from '../kernel/clock.js';

/** What the pause of a recreation tells later runs of `dataverse apply`: who made it, and what must outlive the gap. */
export interface RecreationFacts {
  /** Unique name. */
  readonly customApi: string;
  readonly process: number;
  readonly host: string;
  readonly at: EpochMs;
  /** The options that run was given and that wish steps: without them its steps are not restored. */
  readonly wishedBy: readonly string[];
  /** The privilege callers need, which is known nowhere else while the custom API is gone. */
  readonly executePrivilege: string | null;
}

/** Whether two pauses are the same one of the same run, or both are no run's. */
export function isSameRecreation(one?: RecreationFacts, other?: RecreationFacts): boolean {
  if (one === undefined || other === undefined) return one === other;
  if (one.customApi !== other.customApi || one.at !== other.at) return false;
  return one.process === other.process && one.host === other.host;
}
