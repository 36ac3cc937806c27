import type { SweepStep } from '../../housekeeping.js';
import type { Session } from '../session.js';

const CLEAR = `
UPDATE event SET data = NULL WHERE sequence IN (
  SELECT sequence FROM event INDEXED BY event_ended
  WHERE ended_at IS NOT NULL AND (data IS NULL) = 0 AND ended_at < :endedBefore
  ORDER BY ended_at LIMIT :limit
)`;

/** Clears the content of events that ended before an instant, the oldest first; tells how many. */
export function clearData(session: Session, { endedBefore, limit }: SweepStep): number {
  return session.change(CLEAR, { endedBefore, limit });
}
