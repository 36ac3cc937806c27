import type { Claims } from './claims.js';
import type { Isolation, Suspect } from './isolation.js';
import type { Lane } from './lane.js';
import type { Sender } from './sender.js';
import type { Underway } from './underway.js';

export interface SuspectsParts {
  readonly isolation: Isolation;
  readonly claims: Claims;
  readonly sender: Sender;
  readonly lanes: readonly Lane[];
  readonly underway: Underway;
  readonly isRunning: () => boolean;
  /** Other work may go on. */
  readonly wake: () => void;
}

/** Brings suspects to the sender, one at a time, and each only when it can be sent at once. */
export class Suspects {
  constructor(private readonly parts: SuspectsParts) {}

  /** Claims one, if there is one and none is here. */
  async ask(): Promise<void> {
    const { isolation, isRunning, sender } = this.parts;
    if (!isRunning() || isolation.isOn) return;
    // Before the claim: a claim that the store refuses must not come before all other work again and again.
    isolation.missed();
    const suspect = await this.claim();
    if (suspect !== null) sender.isolate(suspect);
  }

  /** Call this when nothing is under way: the suspect is sent, or one is claimed if room was made for it. */
  idle(): void {
    const { isolation, sender, underway } = this.parts;
    if (isolation.isCleared) void underway.track(this.claimAlone());
    else sender.beginAlone();
  }

  private async claimAlone(): Promise<void> {
    const { isolation, isRunning, sender, wake } = this.parts;
    let suspect: Suspect | null = null;
    try {
      if (isRunning()) suspect = await this.claim();
    } finally {
      if (suspect === null) isolation.end();
    }
    if (suspect === null) wake();
    else sender.isolate(suspect);
  }

  private claim(): Promise<Suspect | null> {
    return this.parts.claims.suspect([...this.parts.lanes]);
  }
}
