import { type ActionSubject, subjectColumns } from '../rows/action-subject.js';
import { lockLines } from './advisory-locks.js';
import { lineOf } from './line-of.js';
import type { Session } from './session.js';

const SELECT = `SELECT ${subjectColumns} FROM event WHERE id = ANY($1)`;

const LOCK = `${SELECT} ORDER BY sequence FOR UPDATE`;

/**
 * The events with these ids, once nobody else can change them: first their lines are locked, then the events, in the
 * order that every transaction uses.
 */
export async function lockSubjects(session: Session, ids: readonly string[]): Promise<readonly ActionSubject[]> {
  const found = await session.rows<ActionSubject>(SELECT, ids);
  await session.lock(lockLines(found.flatMap(lineOf)));
  return session.rows<ActionSubject>(LOCK, ids);
}
