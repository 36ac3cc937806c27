import type { OutboxGauges, StatusCount } from '../../outbox.js';
import type { Session } from '../session.js';
import type { Tallied } from '../tally.js';

const SELECT_COUNTS = 'SELECT type, status, count FROM tally WHERE count > 0 ORDER BY type, status';

const SELECT_OLDEST = `
SELECT accepted_at AS oldestPendingAt FROM event INDEXED BY event_open
WHERE status IN ('pending', 'delivering') ORDER BY sequence LIMIT 1`;

interface TallyRow {
  readonly type: string;
  readonly status: Tallied;
  readonly count: number;
}

/** Figures for gauges, from the tallies and the near end of one index. */
export function measure(session: Session): OutboxGauges {
  const oldest = session.row<{ readonly oldestPendingAt: number }>(SELECT_OLDEST);
  const tallies = session.rows<TallyRow>(SELECT_COUNTS);
  const ofType = (tallied: Tallied) =>
    tallies.filter(({ status }) => status === tallied).map(({ type, count }) => ({ type, count }));
  return {
    counts: tallies.filter(isOfStatus),
    oldestPendingAt: oldest?.oldestPendingAt ?? null,
    blocking: ofType('blocking'),
    removed: ofType('removed'),
  };
}

function isOfStatus(row: TallyRow): row is StatusCount {
  return row.status !== 'blocking' && row.status !== 'removed';
}
