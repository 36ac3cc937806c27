import type { EpochMs } from '../kernel/clock.js';
import type { NewAuditEntry } from './audit-store.js';
import type { RecreationFacts } from './recreation-facts.js';

/** Why a gate is closed: an outcome word, or `drift` where the custom API no longer fits the definition. */
export type GateCause = 'throttled' | 'unauthorized' | 'forbidden' | 'misconfigured' | 'unavailable' | 'drift';

/** An operator's pause: it stands beside the cause and ends only by an operator, or by the program that made it. */
export interface GatePause {
  readonly by: string;
  readonly reason: string;
  readonly since: EpochMs;
  /** Only where `dataverse apply` made it, which then lifts it. */
  readonly recreation?: RecreationFacts;
}

/**
 * The right to send the next probe, of one process among several, until it ends or an instant passes. Of a drift: to
 * verify it again, by those who hold the definition that was found not to fit.
 */
export interface GateProbe {
  /** The process, or the fingerprint of the definition. */
  readonly owner: string;
  readonly until: EpochMs;
}

/**
 * The state of one gate: `user:<clientId>`, `type:<type>` or `user:<clientId>+type:<type>`. A gate nobody ever closed
 * has no record.
 */
export interface GateRecord {
  readonly name: string;
  /** Null when nothing but a pause (if any) stands in the way. */
  readonly cause: GateCause | null;
  /** What brought it about, in words for people; without payload and without secrets. */
  readonly detail: string | null;
  /** Until when nothing passes; once past, it is probing: one event passes, or what drifted is verified. Null when never closed. */
  readonly closedUntil: EpochMs | null;
  /** Closings in a row without a delivered event between: the closing time grows with them. */
  readonly closings: number;
  readonly pause: GatePause | null;
  /** What was found of a drift that could not be verified again since; null where it could, and for other causes. */
  readonly unread: string | null;
  /** Whose turn it is to probe; null before anybody took it. */
  readonly probe: GateProbe | null;
  readonly changedAt: EpochMs;
  /** Raised by one with every change; a change names the revision it was made from. */
  readonly revision: number;
}

/** Gates live in the database, so that every process and the claim itself see the same ones. */
export abstract class GateStore {
  abstract list(): Promise<readonly GateRecord[]>;

  /**
   * Stores a changed gate if the stored revision is still `gate.revision - 1` (0 when there is none), and tells whether
   * it was. After a `false`, read again and decide anew. An operator's change brings its line for the audit.
   */
  abstract save(gate: GateRecord, audit: NewAuditEntry | null): Promise<boolean>;
}
