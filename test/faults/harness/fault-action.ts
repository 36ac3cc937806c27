import type { SeededRandom } from './seeded-random.js';
import type { World } from './world.js';

/** Something that goes wrong for a while. */
export interface FaultAction {
  readonly name: string;
  /** Resolves when it is over; what it drew from `random` is all that varies. */
  readonly act: (world: World, random: SeededRandom) => Promise<void>;
  /** Why it cannot be done in this world, or null. */
  readonly unavailable?: (world: World) => string | null;
}
