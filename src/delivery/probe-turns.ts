import type { EventCatalog } from '../contract/event-catalog.js';
import type { Clock, EpochMs } from '../kernel/clock.js';
import { isOthersTurn } from './gate.js';
import { typeGate } from './gate-name.js';
import type { Gates } from './gates.js';
import type { Lane } from './lane.js';

/** How long a turn lasts: after that another process probes, in case the one that had the turn is gone. */
const TURN_MS = 10_000;
/** This long before its end no probe begins any more, for the clocks of two processes may differ. */
const MARGIN_MS = 1_000;

export interface ProbeTurnsParts {
  readonly gates: Gates;
  readonly owner: string;
  readonly lanes: readonly Lane[];
  readonly catalog: EventCatalog;
  readonly clock: Clock;
}

/**
 * Whose turn it is to probe a type's gate. Every process sends events of the type, but only one at a time may send the
 * event that shows whether the gate can open; the gate's record says which. Gates of application users need no turns:
 * one process steers each of them.
 */
export class ProbeTurns {
  constructor(private readonly parts: ProbeTurnsParts) {}

  /** Whether another process probes this gate: for us it is closed. */
  isOthers(gateName: string, now: EpochMs): boolean {
    return isOthersTurn(this.parts.gates.find(gateName), this.parts.owner, now);
  }

  /** Whether this process may send the probe, as the database has confirmed. */
  isOurs(gateName: string, now: EpochMs): boolean {
    return now < this.endsAt(gateName) - MARGIN_MS;
  }

  /**
   * Takes the turn of each of these types whose gate probes, where it is free. Resolves when the database has answered.
   */
  async take(types: Iterable<string>): Promise<void> {
    const now = this.parts.clock.now();
    await Promise.all([...new Set(types)].map((type) => this.takeOne(type, now)));
  }

  /** Keeps the turn while its probe is under way, however long the answer takes. */
  async prolong(): Promise<void> {
    const { catalog, lanes } = this.parts;
    const now = this.parts.clock.now();
    const probed = catalog.types.filter(
      (type) =>
        this.endsAt(typeGate(type)) > 0 &&
        lanes.some((lane) => lane.callsSince(0, ({ event }) => event.type === type) > 0),
    );
    await Promise.all(probed.map((type) => this.takeOne(type, now)));
  }

  private async takeOne(type: string, now: EpochMs): Promise<void> {
    const { gates, owner } = this.parts;
    const name = typeGate(type);
    if (gates.passage(name, now).kind !== 'probing' || this.endsAt(name) - now > TURN_MS / 2) return;
    await gates.takeTurn(name, { owner, until: now + TURN_MS });
  }

  /** When our turn ends, as stored; 0 where another process has it. */
  private endsAt(gateName: string): EpochMs {
    const { probe } = this.parts.gates.findStored(gateName);
    return probe?.owner === this.parts.owner ? probe.until : 0;
  }
}
