import type { ReplayStep, ReplayStepResult } from '../../operator-actions.js';
import type { ActionSubject } from '../../rows/action-subject.js';
import { type EventWalk, restOf } from '../../rows/event-walk.js';
import { replayAudit } from '../../rows/replay-audit.js';
import { replayWalk } from '../../rows/replay-walk.js';
import { lockSubjects } from '../lock-subjects.js';
import { recordAudit } from '../record-audit.js';
import { reopen } from '../reopen.js';
import type { Session } from '../session.js';
import { FITS, valuesOf, walkEvents } from '../walk-events.js';

/** Replays the next events that fit a filter; one line in the audit for all of them. */
export async function replayStep(session: Session, step: ReplayStep): Promise<ReplayStepResult> {
  const walk = replayWalk(step);
  const { rows, next } = await walkEvents<ActionSubject>(session, walk);
  const locked = await lockSubjects(
    session,
    rows.map(({ id }) => id),
  );
  // Somebody else may have replayed, cancelled or confirmed an event between reading and locking it.
  const fitting = await stillFitting(session, walk, locked);
  const found = new Map(rows.map(({ id, status }) => [id, status]));
  const events = locked.filter(({ id, status, sequence }) => fitting.has(sequence) && found.get(id) === status);
  await reopen(session, events, step.force);
  if (events.length > 0) await recordAudit(session, replayAudit(step, events));
  return { replayed: events.length, next };
}

/** Which of the events that are locked now are still those that were looked for. */
async function stillFitting(
  session: Session,
  walk: EventWalk,
  events: readonly ActionSubject[],
): Promise<ReadonlySet<number>> {
  const rows = await session.rows<Pick<ActionSubject, 'sequence'>>(
    `SELECT sequence FROM event WHERE sequence = ANY($10::bigint[]) AND ${FITS} AND ${restOf(walk)}`,
    ...valuesOf(walk.filter),
    events.map(({ sequence }) => sequence),
  );
  return new Set(rows.map(({ sequence }) => sequence));
}
