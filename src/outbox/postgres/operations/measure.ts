import type { OutboxGauges, StatusCount, TypeCount } from '../../outbox.js';
import type { Session } from '../session.js';

const SELECT_COUNTS = `
SELECT type, status, sum(count)::bigint AS count FROM tally GROUP BY type, status HAVING sum(count) > 0
ORDER BY type, status`;

const SELECT_OLDEST = `
SELECT accepted_at AS "oldestPendingAt" FROM event WHERE status IN ('pending', 'delivering') ORDER BY sequence LIMIT 1`;

/** Figures for gauges, from the tallies and the near end of one index. */
export async function measure(session: Session): Promise<OutboxGauges> {
  const tallied = await session.rows<TypeCount & { readonly status: string }>(SELECT_COUNTS);
  const oldest = await session.row<{ readonly oldestPendingAt: number }>(SELECT_OLDEST);
  const of = (word: string) =>
    tallied.filter(({ status }) => status === word).map(({ type, count }) => ({ type, count }));
  return {
    counts: tallied.filter(({ status }) => status !== 'blocking' && status !== 'removed') as StatusCount[],
    oldestPendingAt: oldest?.oldestPendingAt ?? null,
    blocking: of('blocking'),
    removed: of('removed'),
  };
}
