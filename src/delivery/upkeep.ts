import type { Timers } from '../kernel/timers.js';
import { every } from './every.js';
import { RENEW_EVERY_MS } from './lease.js';
import type { LeaseRenewal } from './lease-renewal.js';
import type { LostLeases } from './lost-leases.js';
import type { OrphanedTypes } from './orphaned-types.js';
import type { ProbeTurns } from './probe-turns.js';
import type { DriftWatch } from './verification/drift-watch.js';

/** A lease lasts longer than this; looking more often would find nothing new. */
const RECOVER_EVERY_MS = 10_000;
/** A replay can bring back events of a type without a definition; finding them is not urgent. */
const ORPHANED_TYPES_EVERY_MS = 60_000;
/** A turn to probe lasts several times as long. */
const TURNS_EVERY_MS = 2_000;
/** As soon as an operator asks for it, and when the closing time of a drift is over. */
const DRIFT_EVERY_MS = 1_000;

export interface UpkeepParts {
  readonly renewal: LeaseRenewal;
  readonly lostLeases: LostLeases;
  readonly orphanedTypes: OrphanedTypes;
  readonly turns: ProbeTurns;
  readonly drift: DriftWatch;
  readonly timers: Timers;
}

/**
 * Work that recurs beside the dispatcher's loop: leases and turns are renewed, lost ones recovered, types without
 * definition shown, deployed custom APIs verified.
 */
export class Upkeep {
  private stops: (() => Promise<void>)[] = [];

  constructor(private readonly parts: UpkeepParts) {}

  start(failed: (error: unknown) => void): void {
    const { renewal, lostLeases, orphanedTypes, turns, drift, timers } = this.parts;
    this.stops = [
      every(() => renewal.renew(), { everyMs: RENEW_EVERY_MS, timers, failed }),
      every(() => lostLeases.recover(), { everyMs: RECOVER_EVERY_MS, timers, failed }),
      every(() => turns.prolong(), { everyMs: TURNS_EVERY_MS, timers, failed }),
      every(() => drift.check(), { everyMs: DRIFT_EVERY_MS, timers, failed }),
      every(() => orphanedTypes.check(), { everyMs: ORPHANED_TYPES_EVERY_MS, timers, failed }),
    ];
  }

  /** Resolves when none of this work is under way any more. */
  async stop(): Promise<void> {
    this.parts.drift.stop();
    await Promise.all(this.stops.map((stop) => stop()));
  }
}
