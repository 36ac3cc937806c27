import type { OutboxGauges } from '../../outbox.js';
import { gaugesOf, type TallyRow } from '../../rows/tally-row.js';
import type { Session } from '../session.js';

const SELECT_COUNTS = 'SELECT type, status, count FROM tally WHERE count > 0 ORDER BY type, status';

const SELECT_OLDEST = `
SELECT accepted_at AS oldestPendingAt FROM event INDEXED BY event_open
WHERE status IN ('pending', 'delivering') ORDER BY sequence LIMIT 1`;

/** Figures for gauges, from the tallies and the first entry of one index. */
export function measure(session: Session): OutboxGauges {
  const oldest = session.row<{ readonly oldestPendingAt: number }>(SELECT_OLDEST);
  return gaugesOf(session.rows<TallyRow>(SELECT_COUNTS), oldest?.oldestPendingAt ?? null);
}
