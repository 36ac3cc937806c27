import type { ProblemSlug } from '../http/problem-types.js';

/** Told what became of every event that was sent in: counters, not a log. Must neither throw nor wait. */
export abstract class IngestJournal {
  /** `repeated`: the event was known already, and the first answer was given again. */
  abstract accepted(type: string, repeated: boolean): void;

  /** The event was answered with a problem, and not stored as far as the problem says so. */
  abstract refused(type: string, reason: ProblemSlug): void;
}
