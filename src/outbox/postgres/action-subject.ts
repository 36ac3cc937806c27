import type { EventStatus } from '../event-record.js';
import { lockLines } from './advisory-locks.js';
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
  readonly hasData: boolean;
}

export const subjectColumns = `
  sequence, id, type, client, ordering_key AS "orderingKey", status, place, data IS NOT NULL AS "hasData"`;

const SELECT = `SELECT ${subjectColumns} FROM event WHERE id = ANY($1)`;

const LOCK = `${SELECT} ORDER BY sequence FOR UPDATE`;

/**
 * The events with these ids as they are once nobody else can change them: first their lines are locked, then they
 * themselves, in the order in which everybody does.
 */
export async function lockSubjects(session: Session, ids: readonly string[]): Promise<readonly ActionSubject[]> {
  const found = await session.rows<ActionSubject>(SELECT, ids);
  await session.lock(lockLines(found.flatMap(lineOf)));
  return session.rows<ActionSubject>(LOCK, ids);
}

/** The line an event stands or stood in, if any. */
export function lineOf({ client, type, orderingKey }: Pick<ActionSubject, 'client' | 'type' | 'orderingKey'>) {
  return orderingKey === null ? [] : [{ client, type, orderingKey }];
}
