import type { EventCatalog } from '../contract/event-catalog.js';
import type { EpochMs } from '../kernel/clock.js';
import type { ClaimRequest } from '../outbox/outbox.js';
import { pairGate, typeGate, userGate } from './gate-name.js';
import type { GateWatch } from './gate-watch.js';
import type { Gates } from './gates.js';
import type { HeldEvent } from './held-event.js';
import type { Lane } from './lane.js';
import { MIN_LEASE_LEFT_MS } from './lease.js';
import type { UserProbes } from './user-probes.js';

/** `wait` for a slot; `give-back` what was claimed too early, or too long ago. */
export type Admittance = 'begin' | 'wait' | 'give-back';

export interface AdmissionParts {
  readonly gates: Gates;
  readonly watch: GateWatch;
  readonly probes: UserProbes;
  readonly lanes: readonly Lane[];
  readonly catalog: EventCatalog;
}

/** One gate before an event, and who else is on the way through it. */
interface GateBefore {
  readonly name: string;
  readonly lanes: readonly Lane[];
  readonly fits: (held: HeldEvent) => boolean;
}

/** Says what may be claimed and what may be sent, by the newest view of the gates. */
export class Admission {
  constructor(private readonly parts: AdmissionParts) {}

  /** How many events a lane may claim, in all and of each type; null where it may claim none. */
  wanted(lane: Lane, now: EpochMs): Pick<ClaimRequest, 'limit' | 'wanted'> | null {
    if (!this.parts.probes.hasPassed(lane.applicationUser, now)) return null;
    const limit = Math.min(lane.room(), this.claimable(this.userGate(lane), now));
    if (limit <= 0) return null;
    const wanted = this.parts.catalog.types
      .map((type) => ({
        type,
        limit: Math.min(limit, ...this.typeGates(lane, type).map((g) => this.claimable(g, now))),
      }))
      .filter((one) => one.limit > 0);
    if (wanted.length === 0) return null;
    return { limit: Math.min(limit, sumOf(wanted)), wanted };
  }

  /** Judged before each call, for what is claimed may have to go back. */
  admit(held: HeldEvent, lane: Lane, now: EpochMs): Admittance {
    if (held.leaseEndsAt - now < MIN_LEASE_LEFT_MS) return 'give-back';
    if (!this.parts.probes.hasPassed(lane.applicationUser, now)) return 'give-back';
    const gates = [this.userGate(lane), ...this.typeGates(lane, held.event.type)];
    if (!gates.every((gate) => this.letsBegin(gate, { held, lane, now }))) return 'give-back';
    return lane.slots() > 0 ? 'begin' : 'wait';
  }

  /** How many events may be claimed through a gate: while it probes one, or two where the last probe must be told apart. */
  private claimable({ name, lanes, fits }: GateBefore, now: EpochMs): number {
    const passage = this.parts.gates.passage(name, now);
    if (passage.kind === 'open') return Number.POSITIVE_INFINITY;
    if (passage.kind === 'closed' || lanes.some((lane) => lane.heldSince(passage.since, fits) > 0)) return 0;
    return this.parts.watch.closerOf(name) === null ? 1 : 2;
  }

  /** A probing gate lets one call pass, and not the event that closed it while another one is at hand. */
  private letsBegin(
    { name, lanes, fits }: GateBefore,
    { held, lane, now }: { readonly held: HeldEvent; readonly lane: Lane; readonly now: EpochMs },
  ): boolean {
    const passage = this.parts.gates.passage(name, now);
    if (passage.kind !== 'probing') return passage.kind === 'open';
    if (lanes.some((each) => each.callsSince(passage.since, fits) > 0)) return false;
    return (
      this.parts.watch.closerOf(name) !== held.event.id || !lane.hasReady((other) => other !== held && fits(other))
    );
  }

  private userGate(lane: Lane): GateBefore {
    return { name: userGate(lane.applicationUser), lanes: [lane], fits: () => true };
  }

  /** The type's gate, which all lanes share, and the one it has for this application user. */
  private typeGates(lane: Lane, type: string): readonly GateBefore[] {
    const fits = (held: HeldEvent) => held.event.type === type;
    return [
      { name: typeGate(type), lanes: this.parts.lanes, fits },
      { name: pairGate(lane.applicationUser, type), lanes: [lane], fits },
    ];
  }
}

function sumOf(wanted: readonly { readonly limit: number }[]): number {
  return wanted.reduce((sum, { limit }) => sum + limit, 0);
}
