import type { Change, Obstacle } from '../change.js';
import type { Recreation } from './plan-recreation.js';

/** What there is to do, as data: shown, agreed to and carried out by others. */
export interface Plan {
  /** In the order in which they have to be made. */
  readonly changes: readonly Change[];
  /** What `changes` with `recreates` cost; one for each such custom API. */
  readonly recreations: readonly Recreation[];
  /** What cannot be done, and stands in the way of what was wished. */
  readonly obstacles: readonly Obstacle[];
}
