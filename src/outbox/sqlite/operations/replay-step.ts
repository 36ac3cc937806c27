import type { ReplayStep, ReplayStepResult } from '../../operator-actions.js';
import type { ActionSubject } from '../action-subject.js';
import { recordAudit } from '../record-audit.js';
import { reopen } from '../reopen.js';
import type { Session } from '../session.js';
import { walkReplayable } from '../walk-replayable.js';

/** Replays the next events that fit a filter; one line in the audit for all of them. */
export function replayStep(session: Session, step: ReplayStep): ReplayStepResult {
  const { rows, next } = walkReplayable(session, step);
  for (const event of rows) reopen(session, event, step.force);
  if (rows.length > 0) {
    const subject = JSON.stringify(step.filter);
    recordAudit(session, { by: step.by, action: 'event.replay', subject, detail: detailOf(step, rows) });
  }
  return { replayed: rows.length, next };
}

/** How many, which, and why: the ids of the first and the last one tell which they were. */
function detailOf({ force, reason }: ReplayStep, rows: readonly ActionSubject[]): string {
  const which = `${rows.length} ${force ? 'forced ' : ''}from ${rows.at(0)?.id} to ${rows.at(-1)?.id}`;
  return reason === null ? which : `${which}: ${reason}`;
}
