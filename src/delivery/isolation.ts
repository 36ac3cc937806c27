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
  private current: Suspect | null = null;

  constructor(private readonly lanes: readonly Lane[]) {}

  get suspect(): Suspect | null {
    return this.current;
  }

  /** Looks for a suspect among what waits to be sent, and takes it out; there is at most one at a time. */
  look(): void {
    if (this.current !== null) return;
    for (const lane of this.lanes) {
      const [held, ...others] = lane.takeReady(({ event }) => event.counts.lostLeases >= SUSPICIOUS);
      lane.receive(others);
      if (held === undefined) continue;
      this.current = { lane, held };
      return;
    }
  }

  end(): void {
    this.current = null;
  }
}
