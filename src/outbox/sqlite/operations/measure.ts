import type { OutboxGauges, StatusCount } from '../../outbox.js';
import type { Session } from '../session.js';

const SELECT_COUNTS = 'SELECT type, status, count FROM tally WHERE count > 0 ORDER BY type, status';

const SELECT_OLDEST = `
SELECT min(accepted_at) AS oldestPendingAt FROM event WHERE status IN ('pending', 'delivering')`;

/** Figures for gauges, from the tallies and the near end of one index. */
export function measure(session: Session): OutboxGauges {
  const oldest = session.row<{ readonly oldestPendingAt: number | null }>(SELECT_OLDEST);
  return { counts: session.rows<StatusCount>(SELECT_COUNTS), oldestPendingAt: oldest?.oldestPendingAt ?? null };
}
