import type { Change, Obstacle } from '../change.js';
import type { Recreation } from './plan-recreation.js';

/** The changes to make, as data: others show them, agree to them and carry them out. */
export interface Plan {
  /** In the order in which they have to be made. */
  readonly changes: readonly Change[];
  /** What `changes` with `recreates` cost; one for each such custom API. */
  readonly recreations: readonly Recreation[];
  /** What cannot be done, and keeps the environment from the wished state. */
  readonly obstacles: readonly Obstacle[];
}
