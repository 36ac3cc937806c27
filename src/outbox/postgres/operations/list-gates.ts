import type { GateRecord } from '../../gate-store.js';
import { type GateRow, gateRecord } from '../gate-row.js';
import type { Session } from '../session.js';

const SELECT = `
SELECT name, cause, detail, closed_until AS "closedUntil", closings, pause_by AS "pauseBy",
  pause_reason AS "pauseReason", pause_since AS "pauseSince", probe_owner AS "probeOwner",
  probe_until AS "probeUntil", changed_at AS "changedAt", revision
FROM gate ORDER BY name`;

/** Every gate that was ever closed or paused, by name. */
export async function listGates(session: Session): Promise<readonly GateRecord[]> {
  return (await session.rows<GateRow>(SELECT)).map(gateRecord);
}
