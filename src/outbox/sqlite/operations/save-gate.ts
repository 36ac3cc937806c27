import type { NewAuditEntry } from '../../audit-store.js';
import type { GateRecord } from '../../gate-store.js';
import { writeFacts } from '../../rows/gate-facts.js';
import { recordAudit } from '../record-audit.js';
import type { Session } from '../session.js';

const INSERT = `
INSERT INTO gate (
  name, cause, detail, closed_until, closings, pause_by, pause_reason, pause_since,
  probe_owner, probe_until, changed_at, revision, facts
) VALUES (
  :name, :cause, :detail, :closedUntil, :closings, :pauseBy, :pauseReason, :pauseSince,
  :probeOwner, :probeUntil, :changedAt, :revision, :facts
) ON CONFLICT (name) DO NOTHING`;

const UPDATE = `
UPDATE gate SET cause = :cause, detail = :detail, closed_until = :closedUntil, closings = :closings,
  pause_by = :pauseBy, pause_reason = :pauseReason, pause_since = :pauseSince, probe_owner = :probeOwner,
  probe_until = :probeUntil, changed_at = :changedAt, revision = :revision, facts = :facts
WHERE name = :name AND revision = :revision - 1`;

/** Stores a gate if nobody changed it since it was read: then its revision is one above the stored one. */
export function saveGate(
  session: Session,
  { gate, audit }: { readonly gate: GateRecord; readonly audit: NewAuditEntry | null },
): boolean {
  const isStored = session.change(gate.revision === 1 ? INSERT : UPDATE, valuesOf(gate)) === 1;
  if (isStored && audit !== null) recordAudit(session, audit);
  return isStored;
}

function valuesOf(gate: GateRecord) {
  const { pause, probe, recreation: _, unread: __, ...columns } = gate;
  return {
    ...columns,
    pauseBy: pause?.by ?? null,
    pauseReason: pause?.reason ?? null,
    pauseSince: pause?.since ?? null,
    probeOwner: probe?.owner ?? null,
    probeUntil: probe?.until ?? null,
    facts: writeFacts(gate),
  };
}
