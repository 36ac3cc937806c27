import type { EpochMs } from '../../kernel/clock.js';
import type { GateCause, GateRecord } from '../gate-store.js';
import { readFacts } from './gate-facts.js';

/** A gate as `gateColumns` selects it: what belongs to a pause or a probe stands flat beside the rest. */
export interface GateRow {
  readonly name: string;
  readonly cause: GateCause | null;
  readonly detail: string | null;
  readonly closedUntil: EpochMs | null;
  readonly closings: number;
  readonly pauseBy: string | null;
  readonly pauseReason: string | null;
  readonly pauseSince: EpochMs | null;
  readonly probeOwner: string | null;
  readonly probeUntil: EpochMs | null;
  readonly changedAt: EpochMs;
  readonly revision: number;
  readonly facts: string | null;
}

/** Every fact of the table `gate`. */
export const gateColumns = `
  name, cause, detail, closed_until AS "closedUntil", closings, pause_by AS "pauseBy", pause_reason AS "pauseReason",
  pause_since AS "pauseSince", probe_owner AS "probeOwner", probe_until AS "probeUntil", changed_at AS "changedAt",
  revision, facts`;

/** The row in the shape of the port. */
export function gateRecord(row: GateRow): GateRecord {
  const {
    pauseBy: by,
    pauseReason: reason,
    pauseSince: since,
    probeOwner: owner,
    probeUntil: until,
    facts,
    ...gate
  } = row;
  const pause = by === null || reason === null || since === null ? null : { by, reason, since };
  const probe = owner === null || until === null ? null : { owner, until };
  return { ...gate, pause, ...readFacts(facts, gate.detail), probe };
}
