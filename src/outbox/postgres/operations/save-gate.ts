import type { NewAuditEntry } from '../../audit-store.js';
import type { GateRecord } from '../../gate-store.js';
import { writeFacts } from '../../rows/gate-facts.js';
import { recordAudit } from '../record-audit.js';
import type { Session } from '../session.js';

const INSERT = `
INSERT INTO gate (
  name, revision, cause, detail, closed_until, closings, pause_by, pause_reason, pause_since, probe_owner, probe_until,
  changed_at, facts
) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13) ON CONFLICT (name) DO NOTHING`;

const UPDATE = `
UPDATE gate SET revision = $2, cause = $3, detail = $4, closed_until = $5, closings = $6, pause_by = $7,
  pause_reason = $8, pause_since = $9, probe_owner = $10, probe_until = $11, changed_at = $12,
  facts = $13
WHERE name = $1 AND revision = $2 - 1`;

/** Stores a gate if nobody changed it since it was read: then its revision is one above the stored one. */
export async function saveGate(session: Session, gate: GateRecord, audit: NewAuditEntry | null): Promise<boolean> {
  const { name, revision, cause, detail, closedUntil, closings, pause, probe, changedAt } = gate;
  const saved = await session.change(
    revision === 1 ? INSERT : UPDATE,
    name,
    revision,
    cause,
    detail,
    closedUntil,
    closings,
    pause?.by ?? null,
    pause?.reason ?? null,
    pause?.since ?? null,
    probe?.owner ?? null,
    probe?.until ?? null,
    changedAt,
    writeFacts(gate),
  );
  if (saved === 1 && audit !== null) await recordAudit(session, audit);
  return saved === 1;
}
