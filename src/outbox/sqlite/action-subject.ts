import type { EventStatus } from '../event-record.js';
import type { Session } from './session.js';

/** What decides whether and how an operator's deed changes an event. */
export interface ActionSubject {
  readonly sequence: number;
  readonly id: string;
  readonly type: string;
  readonly client: string;
  readonly orderingKey: string | null;
  readonly status: EventStatus;
  readonly place: 'first' | 'behind' | null;
  /** Whether its content is still there. */
  readonly hasData: 0 | 1;
}

export const subjectColumns = `
  sequence, id, type, client, ordering_key AS orderingKey, status, place, data IS NOT NULL AS hasData`;

const SELECT = `SELECT ${subjectColumns} FROM event WHERE id = ?`;

export function findSubject(session: Session, id: string): ActionSubject | null {
  return session.row<ActionSubject>(SELECT, id);
}
