import type { OverdueCount } from '../../receipt-store.js';
import { overdueCounts } from '../../rows/overdue-counts.js';
import type { Session } from '../session.js';

const SELECT = `
SELECT sequence, type FROM event INDEXED BY event_awaited WHERE confirm_by IS NOT NULL AND confirm_by <= ?
ORDER BY confirm_by LIMIT ?`;

const MARK = 'UPDATE event SET confirm_by = NULL, overdue = 1 WHERE sequence = ?';

/** Marks delivered events as overdue whose time for a receipt has passed, those that wait longest first. */
export function markOverdue(session: Session, limit: number): readonly OverdueCount[] {
  const late = session.rows<{ readonly sequence: number; readonly type: string }>(SELECT, session.now, limit);
  for (const { sequence, type } of late) {
    session.change(MARK, sequence);
    session.tally.entered(type, 'overdue');
  }
  return overdueCounts(late);
}
