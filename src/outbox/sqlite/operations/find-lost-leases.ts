import type { ClaimedEvent } from '../../outbox.js';
import { type ClaimedRow, claimedColumns, claimedEvent } from '../../rows/claimed-row.js';
import type { Session } from '../session.js';

/** Without this hint, SQLite would read all events rather than sort the few that are under a lease. */
const SELECT_OF_OTHERS = `
SELECT ${claimedColumns} FROM event INDEXED BY event_leased
WHERE status = 'delivering' AND lease_owner <> :besides
ORDER BY sequence LIMIT :limit`;

const SELECT_ENDED = `
SELECT ${claimedColumns} FROM event INDEXED BY event_leased
WHERE status = 'delivering' AND lease_owner <> :besides AND lease_until <= :now
ORDER BY sequence LIMIT :limit`;

/**
 * Leases whose owner died. Only the process that owns the file delivers from it, so a lease of another owner belongs to
 * a dead predecessor. A guest cannot know that and waits for a lease to end.
 */
export function findLostLeases(
  session: Session,
  { besides, limit }: { readonly besides: string; readonly limit: number },
): readonly ClaimedEvent[] {
  const rows =
    session.role === 'owner'
      ? session.rows<ClaimedRow>(SELECT_OF_OTHERS, { besides, limit })
      : session.rows<ClaimedRow>(SELECT_ENDED, { besides, limit, now: session.now });
  return rows.map(claimedEvent);
}
