import type { GateRecord } from '../../gate-store.js';
import type { Session } from '../session.js';

const INSERT = `
INSERT INTO gate (
  name, cause, detail, closed_until, closings, pause_by, pause_reason, pause_since, changed_at, revision
) VALUES (
  :name, :cause, :detail, :closedUntil, :closings, :pauseBy, :pauseReason, :pauseSince, :changedAt, :revision
) ON CONFLICT (name) DO NOTHING`;

const UPDATE = `
UPDATE gate SET cause = :cause, detail = :detail, closed_until = :closedUntil, closings = :closings,
  pause_by = :pauseBy, pause_reason = :pauseReason, pause_since = :pauseSince, changed_at = :changedAt,
  revision = :revision
WHERE name = :name AND revision = :revision - 1`;

/** Stores a gate if nobody changed it since it was read: its revision is one above the stored one. */
export function saveGate(session: Session, gate: GateRecord): boolean {
  const { name, cause, detail, closedUntil, closings, pause, changedAt, revision } = gate;
  const pauseBy = pause?.by ?? null;
  const pauseReason = pause?.reason ?? null;
  const pauseSince = pause?.since ?? null;
  const sql = revision === 1 ? INSERT : UPDATE;
  const values = { name, cause, detail, closedUntil, closings, pauseBy, pauseReason, pauseSince, changedAt, revision };
  return session.change(sql, values) === 1;
}
