import type { Clock, EpochMs } from '../kernel/clock.js';
import type { ClaimedEvent, ClaimRequest, Outbox } from '../outbox/outbox.js';
import type { Admission } from './admission.js';
import type { HeldEvent } from './held-event.js';
import type { Suspect } from './isolation.js';
import type { Lane } from './lane.js';
import { LEASE_MS } from './lease.js';
import type { ProbeTurns } from './probe-turns.js';

export interface ClaimsParts {
  readonly owner: string;
  readonly outbox: Pick<Outbox, 'claim'>;
  readonly admission: Admission;
  readonly turns: ProbeTurns;
  readonly clock: Clock;
}

type Wanted = Pick<ClaimRequest, 'kind' | 'limit' | 'wanted'>;

/** Takes events from the store into this process's hands. */
export class Claims {
  constructor(private readonly parts: ClaimsParts) {}

  /** Claims ordinary events for a lane, as many as it has room for; null where it may have none. */
  async ordinary(lane: Lane): Promise<readonly HeldEvent[] | null> {
    const { admission, clock } = this.parts;
    const claimedAt = clock.now();
    const wanted = admission.wanted(lane, claimedAt);
    if (wanted === null) return null;
    // Before the claim, not after it: an event accepted in the meantime makes the lane hungry again.
    lane.hungry = false;
    const events = await this.lease(lane, { kind: 'ordinary', ...wanted });
    lane.claimed(events.length >= wanted.limit);
    if (events.length >= wanted.limit || wanted.wanted.some((one) => broughtAll(one, events))) lane.hungry = true;
    return this.hold(lane, events, claimedAt);
  }

  /** Claims one suspect for one of these lanes, the first that gets any. */
  async suspect(lanes: readonly Lane[]): Promise<Suspect | null> {
    const { admission, clock } = this.parts;
    for (const lane of lanes) {
      const claimedAt = clock.now();
      const wanted = admission.wantedSuspect(lane, claimedAt);
      const events = wanted === null ? [] : await this.lease(lane, { kind: 'suspect', ...wanted });
      const [held] = await this.hold(lane, events, claimedAt);
      if (held !== undefined) return { lane, held };
    }
    return null;
  }

  private lease({ applicationUser }: Lane, wanted: Wanted): Promise<readonly ClaimedEvent[]> {
    const { outbox, owner } = this.parts;
    return outbox.claim({ ...wanted, owner, applicationUser, leaseMs: LEASE_MS });
  }

  /** A gate that probes lets these pass only if it is this process's turn to probe. */
  private async hold(
    { applicationUser }: Lane,
    events: readonly ClaimedEvent[],
    claimedAt: EpochMs,
  ): Promise<readonly HeldEvent[]> {
    await this.parts.turns.take(events.map(({ type }) => type));
    const leaseEndsAt = claimedAt + LEASE_MS;
    return events.map((event) => ({ event, applicationUser, claimedAt, leaseEndsAt, callBeganAt: null }));
  }
}

/**
 * Whether a claim brought as many of a type as it asked for (through a gate that probes, say), so that there may be
 * more.
 */
function broughtAll({ type, limit }: { type: string; limit: number }, events: readonly ClaimedEvent[]): boolean {
  return events.length >= limit && events.filter((event) => event.type === type).length >= limit;
}
