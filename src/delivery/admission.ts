import type { EventCatalog } from '../contract/event-catalog.js';
import type { EpochMs } from '../kernel/clock.js';
import type { ClaimRequest } from '../outbox/outbox.js';
import { pairGate, typeGate, userGate } from './gate-name.js';
import type { Gates } from './gates.js';
import type { HeldEvent } from './held-event.js';
import type { Lane } from './lane.js';
import { MIN_LEASE_LEFT_MS } from './lease.js';
import { allowance } from './passage.js';
import type { UserProbes } from './user-probes.js';

/** `wait` for a slot; `give-back` what was claimed too early, or too long ago. */
export type Admittance = 'begin' | 'wait' | 'give-back';

/** What a gate counts: events on their way through it since an instant. */
type Count = (lane: Lane, since: EpochMs, fits: (held: HeldEvent) => boolean) => number;

export interface AdmissionParts {
  readonly gates: Gates;
  readonly probes: UserProbes;
  readonly lanes: readonly Lane[];
  readonly catalog: EventCatalog;
}

/** Says what may be claimed and what may be sent, by the newest view of the gates. */
export class Admission {
  constructor(private readonly parts: AdmissionParts) {}

  /** How many events a lane may claim, in all and of each type; null where it may claim none. */
  wanted(lane: Lane, now: EpochMs): Pick<ClaimRequest, 'limit' | 'wanted'> | null {
    const limit = Math.min(lane.room(), this.userAllowance(lane, now, claimedSince));
    if (limit <= 0) return null;
    const wanted = this.parts.catalog.types
      .map((type) => ({ type, limit: Math.min(limit, this.typeAllowance(lane, { type, now }, claimedSince)) }))
      .filter((one) => one.limit > 0);
    if (wanted.length === 0) return null;
    return { limit: Math.min(limit, sumOf(wanted)), wanted };
  }

  /** Judged before each call, for what is claimed may have to go back. */
  admit(held: HeldEvent, lane: Lane, now: EpochMs): Admittance {
    const { type } = held.event;
    if (held.leaseEndsAt - now < MIN_LEASE_LEFT_MS) return 'give-back';
    if (this.userAllowance(lane, now, callsSince) <= 0) return 'give-back';
    if (this.typeAllowance(lane, { type, now }, callsSince) <= 0) return 'give-back';
    return lane.slots() > 0 ? 'begin' : 'wait';
  }

  private userAllowance(lane: Lane, now: EpochMs, count: Count): number {
    const { gates, probes } = this.parts;
    if (!probes.hasPassed(lane.applicationUser, now)) return 0;
    return allowance(gates.passage(userGate(lane.applicationUser), now), (since) => count(lane, since, () => true));
  }

  /** Through the type's gate, which all lanes share, and through the one it has for this application user. */
  private typeAllowance(lane: Lane, { type, now }: { type: string; now: EpochMs }, count: Count): number {
    const { gates, lanes } = this.parts;
    const ofType = (held: HeldEvent) => held.event.type === type;
    const everyone = (since: EpochMs) => lanes.reduce((sum, other) => sum + count(other, since, ofType), 0);
    return Math.min(
      allowance(gates.passage(typeGate(type), now), everyone),
      allowance(gates.passage(pairGate(lane.applicationUser, type), now), (since) => count(lane, since, ofType)),
    );
  }
}

const claimedSince: Count = (lane, since, fits) => lane.heldSince(since, fits);
const callsSince: Count = (lane, since, fits) => lane.callsSince(since, fits);

function sumOf(wanted: readonly { readonly limit: number }[]): number {
  return wanted.reduce((sum, { limit }) => sum + limit, 0);
}
