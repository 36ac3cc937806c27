import type { HeldEvent } from './held-event.js';
import type { Lane } from './lane.js';

/** Leases lost in a row after which an event is suspected of killing whoever sends it. */
const SUSPICIOUS = 2;

/** An event that is to be sent alone. */
export interface Suspect {
  readonly lane: Lane;
  readonly held: HeldEvent;
}

/**
 * Keeps an event that may kill its process apart from all others. While there is a suspect nothing else may even be
 * claimed: a lease lost beside it would count against the innocent.
 */
export class Isolation {
  private suspect: Suspect | null = null;
  private on = false;

  constructor(private readonly lanes: readonly Lane[]) {}

  /** From finding a suspect until `end`. */
  get isOn(): boolean {
    return this.on;
  }

  /** Looks for a suspect among what waits to be sent, and takes it out; there is at most one at a time. */
  look(): void {
    for (const lane of this.on ? [] : this.lanes) {
      const [held, ...others] = lane.takeReady(({ event }) => event.counts.lostLeases >= SUSPICIOUS);
      lane.receive(others);
      if (held === undefined) continue;
      this.suspect = { lane, held };
      this.on = true;
      return;
    }
  }

  /** The suspect while it waits for the others to end; its lease runs meanwhile. */
  get waiting(): HeldEvent | null {
    return this.suspect?.held ?? null;
  }

  /** Hands the suspect over, once. */
  take(): Suspect | null {
    const { suspect } = this;
    this.suspect = null;
    return suspect;
  }

  end(): void {
    this.on = false;
  }
}
