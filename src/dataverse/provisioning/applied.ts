import type { Change, Obstacle } from './change.js';
import type { Recreation } from './plan/plan-recreation.js';

/** Where it ended. */
export interface Stop {
  /** The change at which it ended. */
  readonly at: Change;
  /** How many of its writes were made: a recreation may be half done. */
  readonly writes: number;
  /** Whether the write after those may have been made as well: its answer never came. */
  readonly mayHaveRun: boolean;
  /** Null where it was interrupted. */
  readonly error: unknown;
}

interface Outcome {
  readonly done: readonly Change[];
  /** The environment as it was read last. */
  readonly obstacles: readonly Obstacle[];
  /** All changes that were due: more can turn up while the run is under way. */
  readonly recreations: readonly Recreation[];
}

/** The result of applying a plan. What is in `done` is done in every case. */
export type Applied =
  | ({ readonly kind: 'done' } & Outcome)
  | ({
      readonly kind: 'cut-short';
      /** What was not made, beside the change at which it ended. */
      readonly left: readonly Change[];
      /** Changes of other event types that were refused as well. */
      readonly further: readonly Stop[];
    } & Stop &
      Outcome);
