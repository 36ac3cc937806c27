import type { EpochMs } from '../../kernel/clock.js';
import type { GateCause, GateRecord } from '../gate-store.js';

/** A gate as the table `gate` holds it. */
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
}

/** The row in the shape of the port. */
export function gateRecord(row: GateRow): GateRecord {
  const { pauseBy: by, pauseReason: reason, pauseSince: since, probeOwner: owner, probeUntil: until, ...gate } = row;
  const pause = by === null || reason === null || since === null ? null : { by, reason, since };
  const probe = owner === null || until === null ? null : { owner, until };
  return { ...gate, pause, probe };
}
