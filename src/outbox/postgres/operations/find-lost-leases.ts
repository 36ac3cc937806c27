import type { ClaimedEvent } from '../../outbox.js';
import { type ClaimedRow, claimedColumns, claimedEvent } from '../../rows/claimed-row.js';
import type { Session } from '../session.js';

const SELECT = `
WITH leased AS MATERIALIZED (
  SELECT sequence FROM event WHERE status = 'delivering' AND lease_owner <> $1 AND lease_until <= $2
)
SELECT ${claimedColumns} FROM event WHERE sequence IN (SELECT sequence FROM leased ORDER BY sequence LIMIT $3)
ORDER BY sequence`;

/**
 * Leases that ended by the server's clock without a settlement. Few events are under a lease, so all of them are read.
 */
export async function findLostLeases(
  session: Session,
  besides: string,
  limit: number,
): Promise<readonly ClaimedEvent[]> {
  return (await session.rows<ClaimedRow>(SELECT, besides, session.now, limit)).map(claimedEvent);
}
