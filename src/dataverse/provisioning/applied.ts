import type { Change, Obstacle } from './change.js';
import type { Recreation } from './plan/plan-recreation.js';

/** Where it ended. */
export interface Stop {
  /** The change it ended at. */
  readonly at: Change;
  /** How many of its writes were made: a recreation may be half done. */
  readonly writes: number;
  /** Whether the write behind those may have been made as well: nobody saw its answer. */
  readonly mayHaveRun: boolean;
  /** Null where it was interrupted. */
  readonly error: unknown;
}

interface Outcome {
  readonly done: readonly Change[];
  /** As the environment was read last. */
  readonly obstacles: readonly Obstacle[];
  /** All that were due: more can come to light while others are at work. */
  readonly recreations: readonly Recreation[];
}

/** What became of a plan. `done` is done whatever else happened. */
export type Applied =
  | ({ readonly kind: 'done' } & Outcome)
  | ({
      readonly kind: 'cut-short';
      /** What was not made beside what it ended at. */
      readonly left: readonly Change[];
      /** Of other event types that were refused as well. */
      readonly further: readonly Stop[];
    } & Stop &
      Outcome);
