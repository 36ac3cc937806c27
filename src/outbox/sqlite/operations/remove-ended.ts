import type { SweepStep } from '../../housekeeping.js';
import type { Tallied } from '../../rows/tally-row.js';
import type { Session } from '../session.js';

/** The index keeps events without content apart from the others. */
const SELECT = `
SELECT sequence, type, status, ended_at AS endedAt, overdue FROM event INDEXED BY event_ended
WHERE ended_at IS NOT NULL AND (data IS NULL) = :isCleared AND ended_at < :endedBefore
ORDER BY ended_at LIMIT :limit`;

const REMOVE = 'DELETE FROM event WHERE sequence = ?';

interface EndedEvent {
  readonly sequence: number;
  readonly type: string;
  readonly status: Tallied;
  readonly endedAt: number;
  readonly overdue: 0 | 1;
}

/** Removes events that ended before an instant, the oldest first, with their timelines and receipts; how many. */
export function removeEnded(session: Session, step: SweepStep): number {
  const ended = [1, 0]
    .flatMap((isCleared) => session.rows<EndedEvent>(SELECT, { isCleared, ...step }))
    .sort((a, b) => a.endedAt - b.endedAt)
    .slice(0, step.limit);
  for (const { sequence, type, status, overdue } of ended) {
    session.change(REMOVE, sequence);
    session.tally.moved(type, status, 'removed');
    if (overdue === 1) session.tally.left(type, 'overdue');
  }
  return ended.length;
}
