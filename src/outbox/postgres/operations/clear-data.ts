import type { SweepStep } from '../../housekeeping.js';
import type { Session } from '../session.js';

const CLEAR = `
WITH ended AS MATERIALIZED (
  SELECT sequence FROM event WHERE ended_at IS NOT NULL AND data IS NOT NULL AND ended_at < $1
  ORDER BY ended_at LIMIT $2 FOR UPDATE SKIP LOCKED
)
UPDATE event SET data = NULL FROM ended WHERE event.sequence = ended.sequence`;

/** Clears the content of events that ended before an instant, the oldest first; tells how many. */
export function clearData(session: Session, { endedBefore, limit }: SweepStep): Promise<number> {
  return session.change(CLEAR, endedBefore, limit);
}
