import type { EventRecord } from '../../event-record.js';
import { listedColumns } from '../../rows/listed-columns.js';
import type { Session } from '../session.js';

const SELECT = `SELECT ${listedColumns}, data FROM event WHERE id = $1`;

/** The event with this id, or null. */
export function find(session: Session, id: string): Promise<EventRecord | null> {
  return session.row<EventRecord>(SELECT, id);
}
