import type { EpochMs } from '../../../kernel/clock.js';
import type { GateCause, GateRecord } from '../../gate-store.js';
import type { Session } from '../session.js';

const SELECT = `
SELECT name, cause, detail, closed_until AS closedUntil, closings, pause_by AS pauseBy, pause_reason AS pauseReason,
  pause_since AS pauseSince, probe_owner AS probeOwner, probe_until AS probeUntil, changed_at AS changedAt, revision
FROM gate ORDER BY name`;

interface GateRow {
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

/** Every gate that was ever closed or paused, by name. */
export function listGates(session: Session): readonly GateRecord[] {
  return session.rows<GateRow>(SELECT).map(gateRecord);
}

function gateRecord({ pauseBy, pauseReason, pauseSince, probeOwner, probeUntil, ...gate }: GateRow): GateRecord {
  const isPaused = pauseBy !== null && pauseReason !== null && pauseSince !== null;
  return {
    ...gate,
    pause: isPaused ? { by: pauseBy, reason: pauseReason, since: pauseSince } : null,
    probe: probeOwner !== null && probeUntil !== null ? { owner: probeOwner, until: probeUntil } : null,
  };
}
