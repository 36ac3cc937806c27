import type { EventStatus } from '../../event-record.js';
import type { SweepStep } from '../../housekeeping.js';
import type { Session } from '../session.js';

const REMOVE = `
WITH ended AS MATERIALIZED (
  SELECT sequence FROM event WHERE ended_at IS NOT NULL AND ended_at < $1
  ORDER BY ended_at LIMIT $2 FOR UPDATE SKIP LOCKED
)
DELETE FROM event USING ended WHERE event.sequence = ended.sequence RETURNING event.type, event.status, event.overdue`;

interface RemovedEvent {
  readonly type: string;
  readonly status: EventStatus;
  readonly overdue: 0 | 1;
}

/** Removes events that ended before an instant, the oldest first, with their timelines and receipts; how many. */
export async function removeEnded(session: Session, { endedBefore, limit }: SweepStep): Promise<number> {
  const rows = await session.rows<RemovedEvent>(REMOVE, endedBefore, limit);
  for (const { type, status, overdue } of rows) {
    session.tally.moved(type, status, 'removed');
    if (overdue === 1) session.tally.left(type, 'overdue');
  }
  return rows.length;
}
