import type { ReplayStep, ReplayStepResult } from '../../operator-actions.js';
import type { ActionSubject } from '../../rows/action-subject.js';
import { replayAudit } from '../../rows/replay-audit.js';
import { replayWalk } from '../../rows/replay-walk.js';
import { lockSubjects } from '../lock-subjects.js';
import { recordAudit } from '../record-audit.js';
import { reopen } from '../reopen.js';
import type { Session } from '../session.js';
import { walkEvents } from '../walk-events.js';

/** Replays the next events that fit a filter; one line in the audit for all of them. */
export async function replayStep(session: Session, step: ReplayStep): Promise<ReplayStepResult> {
  const { rows, next } = await walkEvents<ActionSubject>(session, replayWalk(step));
  const locked = await lockSubjects(
    session,
    rows.map(({ id }) => id),
  );
  // Somebody else may have replayed or cancelled one between the look and the lock.
  const found = new Map(rows.map(({ id, status }) => [id, status]));
  const events = locked.filter(({ id, status, hasData }) => hasData === 1 && found.get(id) === status);
  await reopen(session, events, step.force);
  if (events.length > 0) await recordAudit(session, replayAudit(step, events));
  return { replayed: events.length, next };
}
