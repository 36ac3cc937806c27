import type { ListedEvent } from '../event-query.js';
import type { ActionResult } from '../operator-actions.js';
import { listedColumns } from '../rows/listed-columns.js';
import { eventOfRow, type ListedRow } from '../rows/listed-row.js';
import type { Session } from './session.js';

const SELECT = `SELECT ${listedColumns} FROM event WHERE sequence = ?`;

/** The result of a finished deed: the event as it is now. */
export function done(session: Session, sequence: number): ActionResult {
  const row = session.row<ListedRow<ListedEvent>>(SELECT, sequence);
  if (row === null) throw new Error('an event vanished within its transaction');
  return { kind: 'done', event: eventOfRow(row) };
}
