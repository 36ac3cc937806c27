import type { EventRecord } from '../../event-record.js';
import { listedColumns } from '../../rows/listed-columns.js';
import { eventOfRow, type ListedRow } from '../../rows/listed-row.js';
import type { Session } from '../session.js';

const SELECT = `SELECT ${listedColumns}, data FROM event WHERE id = $1`;

/** The event with this id, or null. */
export async function find(session: Session, id: string): Promise<EventRecord | null> {
  const row = await session.row<ListedRow<EventRecord>>(SELECT, id);
  return row === null ? null : eventOfRow(row);
}
