import type { ClaimedEvent, ClaimRequest } from '../../outbox.js';
import { type ClaimedRow, claimedColumns, claimedEvent } from '../claimed-row.js';
import { newLeaseToken } from '../../lease-token.js';
import type { Session } from '../session.js';

/** Due events of one type, and only if no gate before them is closed; the index `event_due` holds nothing else. */
const SELECT_DUE = `
SELECT sequence, available_at AS availableAt, replays FROM event
WHERE status = 'pending' AND place IS NOT 'behind' AND type = :type AND available_at <= :now
  AND NOT EXISTS (
    SELECT 1 FROM gate
    WHERE name IN ('user:' || :user, 'type:' || :type, 'user:' || :user || '+type:' || :type)
      AND (pause_by IS NOT NULL OR (cause IS NOT NULL AND closed_until > :now))
  )
ORDER BY available_at, sequence LIMIT :limit`;

const LEASE = `
UPDATE event SET status = 'delivering', lease_owner = ?, lease_token = ?, lease_until = ?
WHERE sequence = ? AND status = 'pending'
RETURNING ${claimedColumns}`;

interface DueEvent {
  readonly sequence: number;
  readonly availableAt: number;
  readonly replays: number;
}

/** Puts due events under leases, those due first before the others whatever their type. */
export function claim(session: Session, request: ClaimRequest): readonly ClaimedEvent[] {
  return request.wanted
    .flatMap(({ type, limit }) => selectDue(session, request, { type, limit: Math.min(limit, request.limit) }))
    .sort((a, b) => a.availableAt - b.availableAt || a.sequence - b.sequence)
    .slice(0, request.limit)
    .map((due) => lease(session, request, due));
}

function selectDue(
  session: Session,
  { applicationUser }: ClaimRequest,
  { type, limit }: { readonly type: string; readonly limit: number },
): readonly DueEvent[] {
  if (limit <= 0) return [];
  return session.rows<DueEvent>(SELECT_DUE, { type, limit, user: applicationUser, now: session.now });
}

function lease(session: Session, { owner, leaseMs }: ClaimRequest, due: DueEvent): ClaimedEvent {
  const row = session.row<ClaimedRow>(LEASE, owner, newLeaseToken(due), session.now + leaseMs, due.sequence);
  if (row === null) throw new Error('a due event vanished within its transaction');
  session.tally.moved(row.type, 'pending', 'delivering');
  return claimedEvent(row);
}
