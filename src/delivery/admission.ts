import type { EventCatalog } from '../contract/event-catalog.js';
import type { EpochMs } from '../kernel/clock.js';
import type { ClaimRequest } from '../outbox/outbox.js';
import { pairGate, typeGate, userGate } from './gate-name.js';
import type { GateWatch } from './gate-watch.js';
import type { Gates } from './gates.js';
import type { HeldEvent } from './held-event.js';
import type { HeldUsers } from './held-users.js';
import type { Lane } from './lane.js';
import { MIN_LEASE_LEFT_MS } from './lease.js';
import type { ProbeTurns } from './probe-turns.js';
import type { UserProbes } from './user-probes.js';

/**
 * `wait`: for a slot, or for a new view of the gates. `give-back`: the event was claimed too early, or too long ago.
 */
export type Admittance = 'begin' | 'wait' | 'give-back';

export interface AdmissionParts {
  readonly gates: Gates;
  readonly watch: GateWatch;
  readonly probes: UserProbes;
  readonly users: HeldUsers;
  readonly turns: ProbeTurns;
  readonly lanes: readonly Lane[];
  readonly catalog: EventCatalog;
}

type Wanted = Pick<ClaimRequest, 'limit' | 'wanted'>;

/** One gate before an event, and which others are passing it now. */
interface GateBefore {
  readonly scope: 'user' | 'type' | 'pair';
  readonly name: string;
  readonly lanes: readonly Lane[];
  readonly fits: (held: HeldEvent) => boolean;
}

/** How many events are claimed to probe a gate: two where the event that closed it must be told from another one. */
const CLAIMED_TO_PROBE = { user: 1, type: 2, pair: 2 };

/** Says what may be claimed and what may be sent, by the newest view of the gates. */
export class Admission {
  constructor(private readonly parts: AdmissionParts) {}

  /** How many events a lane may claim, in all and of each type; null where it may claim none. */
  wanted(lane: Lane, now: EpochMs): Wanted | null {
    return this.wantedOf(lane, lane.room(), now);
  }

  /**
   * The types of which a lane may claim a suspect. A suspect needs no free slot: it waits until all of them are free.
   */
  wantedSuspect(lane: Lane, now: EpochMs): Wanted | null {
    return lane.nextCallAt() > now ? null : this.wantedOf(lane, 1, now);
  }

  /** Judged before each call: an event that was claimed may have to go back. */
  admit(held: HeldEvent, lane: Lane, now: EpochMs): Admittance {
    if (held.leaseEndsAt - now < MIN_LEASE_LEFT_MS || !this.maySend(lane, now)) return 'give-back';
    if (!this.gatesBefore(held, lane).every((gate) => this.letsBegin(gate, held, { lane, now }))) return 'give-back';
    return lane.slots() > 0 && this.parts.gates.isFresh(now) ? 'begin' : 'wait';
  }

  /**
   * Judged again right before a request goes out, for its call may have waited for a token meanwhile: whether
   * everything that let it begin still holds. A gate that has closed and reopened since then is probed by other calls.
   */
  stillAdmits(held: HeldEvent, lane: Lane, now: EpochMs): boolean {
    const { gates } = this.parts;
    if (held.leaseEndsAt - now < MIN_LEASE_LEFT_MS || !this.maySend(lane, now) || !gates.isFresh(now)) return false;
    return this.gatesBefore(held, lane).every(({ name }) => {
      const passage = gates.passage(name, now);
      return passage.kind === 'open' || (passage.kind === 'probing' && passage.since <= (held.callBeganAt ?? now));
    });
  }

  private wantedOf(lane: Lane, room: number, now: EpochMs): Wanted | null {
    if (room <= 0 || !this.maySend(lane, now)) return null;
    const limit = Math.min(room, this.claimable(this.userGate(lane), now));
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

  /** Whether this process sends as the lane's user at all. */
  private maySend({ applicationUser }: Lane, now: EpochMs): boolean {
    return this.parts.users.isHeld(applicationUser, now) && this.parts.probes.hasPassed(applicationUser, now);
  }

  private claimable(gate: GateBefore, now: EpochMs): number {
    const { gates, turns } = this.parts;
    const passage = gates.passage(gate.name, now);
    if (passage.kind === 'open') return Number.POSITIVE_INFINITY;
    if (passage.kind === 'closed' || (gate.scope === 'type' && turns.isOthers(gate.name, now))) return 0;
    return gate.lanes.some((lane) => lane.heldSince(passage.since, gate.fits) > 0) ? 0 : CLAIMED_TO_PROBE[gate.scope];
  }

  /**
   * A probing gate lets one call pass. It does not pick an event that closed the gate while another one is available.
   */
  private letsBegin(gate: GateBefore, held: HeldEvent, { lane, now }: { lane: Lane; now: EpochMs }): boolean {
    const { gates, turns } = this.parts;
    const passage = gates.passage(gate.name, now);
    if (passage.kind !== 'probing') return passage.kind === 'open';
    if (gate.scope === 'type' && !turns.isOurs(gate.name, now)) return false;
    if (gate.lanes.some((each) => each.callsSince(passage.since, gate.fits) > 0)) return false;
    return !this.hasClosed(gate, held) || !lane.hasReady((other) => other !== held && gate.fits(other));
  }

  /** Whether this event closed a type's gate: in this process the last time, or in any process by its counts. */
  private hasClosed({ scope, name }: GateBefore, { event }: HeldEvent): boolean {
    return scope !== 'user' && (this.parts.watch.closerOf(name) === event.id || event.counts.gateClosings > 0);
  }

  private gatesBefore({ event }: HeldEvent, lane: Lane): readonly GateBefore[] {
    return [this.userGate(lane), ...this.typeGates(lane, event.type)];
  }

  private userGate(lane: Lane): GateBefore {
    return { scope: 'user', name: userGate(lane.applicationUser), lanes: [lane], fits: () => true };
  }

  /** The type's gate, which all lanes and all processes share, and the one it has for this application user. */
  private typeGates(lane: Lane, type: string): readonly GateBefore[] {
    const fits = (held: HeldEvent) => held.event.type === type;
    return [
      { scope: 'type', name: typeGate(type), lanes: this.parts.lanes, fits },
      { scope: 'pair', name: pairGate(lane.applicationUser, type), lanes: [lane], fits },
    ];
  }
}

function sumOf(wanted: readonly { readonly limit: number }[]): number {
  return wanted.reduce((sum, { limit }) => sum + limit, 0);
}
