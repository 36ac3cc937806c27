import type { ReplayStep, ReplayStepResult } from '../../operator-actions.js';
import { type ActionSubject, lockSubjects } from '../action-subject.js';
import { recordAudit } from '../record-audit.js';
import { reopen } from '../reopen.js';
import type { Session } from '../session.js';
import { walkReplayable } from '../walk-replayable.js';

/** Replays the next events that fit a filter; one line in the audit for all of them. */
export async function replayStep(session: Session, step: ReplayStep): Promise<ReplayStepResult> {
  const { rows, next } = await walkReplayable(session, step);
  const locked = await lockSubjects(
    session,
    rows.map(({ id }) => id),
  );
  // Somebody else may have replayed or cancelled one between the look and the lock.
  const found = new Map(rows.map(({ id, status }) => [id, status]));
  const events = locked.filter(({ id, status, hasData }) => hasData && found.get(id) === status);
  await reopen(session, events, step.force);
  if (events.length > 0) {
    const subject = JSON.stringify(step.filter);
    await recordAudit(session, { by: step.by, action: 'event.replay', subject, detail: detailOf(step, events) });
  }
  return { replayed: events.length, next };
}

/** How many, which, and why: the ids of the first and the last one tell which they were. */
function detailOf({ force, reason }: ReplayStep, events: readonly ActionSubject[]): string {
  const which = `${events.length} ${force ? 'forced ' : ''}from ${events.at(0)?.id} to ${events.at(-1)?.id}`;
  return reason === null ? which : `${which}: ${reason}`;
}
