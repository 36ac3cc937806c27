import type { OverdueCount } from '../../receipt-store.js';
import { overdueCounts } from '../../rows/overdue-counts.js';
import type { Session } from '../session.js';

/** Events that another process is changing are skipped: by a receipt, a replay, or the same mark. */
const MARK = `
WITH late AS MATERIALIZED (
  SELECT sequence FROM event WHERE confirm_by IS NOT NULL AND confirm_by <= $1
  ORDER BY confirm_by LIMIT $2 FOR UPDATE SKIP LOCKED
)
UPDATE event SET confirm_by = NULL, overdue = 1 FROM late WHERE event.sequence = late.sequence RETURNING event.type`;

/** Marks delivered events as overdue whose time for a receipt has passed, those that wait longest first. */
export async function markOverdue(session: Session, limit: number): Promise<readonly OverdueCount[]> {
  const late = await session.rows<{ readonly type: string }>(MARK, session.now, limit);
  for (const { type } of late) session.tally.entered(type, 'overdue');
  return overdueCounts(late);
}
