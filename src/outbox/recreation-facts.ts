import type { EpochMs } from '../kernel/clock.js';
import type { GatePause } from './gate-pause.js';

/**
 * What a recreation of a custom API that is not completed tells later runs of `dataverse apply`: who began it, and what
 * must outlive the gap.
 */
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
  /** The pause it makes, unless a person's stands: one that equals it is this recreation's, any other a person's. */
  readonly pause: GatePause;
}

/** Whether both are the same one of the same run, or neither is there. */
export function isSameRecreation(one: RecreationFacts | null, other: RecreationFacts | null): boolean {
  if (one === null || other === null) return one === other;
  if (one.customApi !== other.customApi || one.at !== other.at) return false;
  return one.process === other.process && one.host === other.host;
}
