import type { EpochMs } from '../kernel/clock.js';
import type { NewAuditEntry } from './audit-store.js';
import type { GatePause } from './gate-pause.js';
import type { RecreationFacts } from './recreation-facts.js';

/** Why a gate is closed: an outcome word, or `drift` where the custom API no longer fits the definition. */
export type GateCause = 'throttled' | 'unauthorized' | 'forbidden' | 'misconfigured' | 'unavailable' | 'drift';

/**
 * The right of one process among several to send the next probe, until the turn ends or an instant passes. For a drift:
 * the right to verify it again, of the processes that hold the definition that did not fit.
 */
export interface GateProbe {
  /** The process, or the fingerprint of the definition. */
  readonly owner: string;
  readonly until: EpochMs;
}

/**
 * The state of one gate: `user:<clientId>`, `type:<type>` or `user:<clientId>+type:<type>`. A gate that was never
 * closed has no record.
 */
export interface GateRecord {
  readonly name: string;
  /** Null when only a pause, or nothing, keeps events back. */
  readonly cause: GateCause | null;
  /** What caused it, in words for people; without payload and without secrets. */
  readonly detail: string | null;
  /**
   * Until when nothing passes. After that the gate is probing: one event passes, or a drift is verified again. Null
   * when never closed.
   */
  readonly closedUntil: EpochMs | null;
  /** Closings in a row with no delivered event between them: the closing time grows with them. */
  readonly closings: number;
  readonly pause: GatePause | null;
  /** What `dataverse apply` began to make anew and has not completed; only `apply` writes and removes it. */
  readonly recreation: RecreationFacts | null;
  /** Why a drift could not be verified again; null where it could, and for other causes. */
  readonly unread: string | null;
  /** Which process may probe; null before any had the turn. */
  readonly probe: GateProbe | null;
  readonly changedAt: EpochMs;
  /** Grows by one with every change; a change names the revision it was made from. */
  readonly revision: number;
}

/** Gates live in the database, so that every process, and the claim statement itself, see the same ones. */
export abstract class GateStore {
  abstract list(): Promise<readonly GateRecord[]>;

  /**
   * Stores a changed gate if the stored revision is still `gate.revision - 1` (0 when there is none), and tells whether
   * it did. After a `false`, read again and decide anew. An operator's change brings its line for the audit.
   */
  abstract save(gate: GateRecord, audit: NewAuditEntry | null): Promise<boolean>;
}
