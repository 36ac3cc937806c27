import type { OutboxGauges } from '../../outbox.js';
import { gaugesOf, type TallyRow } from '../../rows/tally-row.js';
import type { Session } from '../session.js';

const SELECT_COUNTS = `
SELECT type, status, sum(count)::bigint AS count FROM tally GROUP BY type, status HAVING sum(count) > 0
ORDER BY type, status`;

const SELECT_OLDEST = `
SELECT accepted_at AS "oldestPendingAt" FROM event WHERE status IN ('pending', 'delivering') ORDER BY sequence LIMIT 1`;

/** Figures for gauges, from the tallies and the first entry of one index. */
export async function measure(session: Session): Promise<OutboxGauges> {
  const tallies = await session.rows<TallyRow>(SELECT_COUNTS);
  const oldest = await session.row<{ readonly oldestPendingAt: number }>(SELECT_OLDEST);
  return gaugesOf(tallies, oldest?.oldestPendingAt ?? null);
}
