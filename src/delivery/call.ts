import type { EpochMs } from '../kernel/clock.js';
import type { HeldEvent } from './held-event.js';

/** One call under way: it takes one slot, however many events it carries. */
export interface Call {
  readonly applicationUser: string;
  /** At least one; several where it is a batch. */
  readonly held: readonly HeldEvent[];
  readonly beganAt: EpochMs;
}
