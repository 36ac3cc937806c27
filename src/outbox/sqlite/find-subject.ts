import { type ActionSubject, subjectColumns } from '../rows/action-subject.js';
import type { Session } from './session.js';

const SELECT = `SELECT ${subjectColumns} FROM event WHERE id = ?`;

/** The event with this id; nobody else can change it before the commit, for there is one writer. */
export function findSubject(session: Session, id: string): ActionSubject | null {
  return session.row<ActionSubject>(SELECT, id);
}
