import type { EpochMs } from '../kernel/clock.js';
import type { ClaimedEvent } from '../outbox/outbox.js';

/** A claimed event in this process's hands, from the claim until it is settled. */
export interface HeldEvent {
  readonly event: ClaimedEvent;
  readonly applicationUser: string;
  /** When the claim was asked for. */
  readonly claimedAt: EpochMs;
  /**
   * Until when the lease surely lasts, by this process's own clock. Counted from before the store was asked, so that
   * neither the time of the request nor a skewed clock makes it seem longer than it is.
   */
  leaseEndsAt: EpochMs;
  /** When its call began, or null before. */
  callBeganAt: EpochMs | null;
}
