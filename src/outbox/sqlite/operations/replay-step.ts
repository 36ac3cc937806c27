import type { ReplayStep, ReplayStepResult } from '../../operator-actions.js';
import type { ActionSubject } from '../../rows/action-subject.js';
import { replayAudit } from '../../rows/replay-audit.js';
import { replayWalk } from '../../rows/replay-walk.js';
import { recordAudit } from '../record-audit.js';
import { reopen } from '../reopen.js';
import type { Session } from '../session.js';
import { walkEvents } from '../walk-events.js';

/** Replays the next events that fit a filter; one line in the audit for all of them. */
export function replayStep(session: Session, step: ReplayStep): ReplayStepResult {
  const { rows, next } = walkEvents<ActionSubject>(session, replayWalk(step));
  for (const event of rows) reopen(session, event, step.force);
  if (rows.length > 0) recordAudit(session, replayAudit(step, rows));
  return { replayed: rows.length, next };
}
