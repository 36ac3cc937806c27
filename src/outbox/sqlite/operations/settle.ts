import type { SettleRequest, SettleResult } from '../../outbox.js';
import { judge, nextAttemptOf, settled } from '../../rows/settled-event.js';
import { type StoredEvent, storedColumns } from '../../rows/stored-event.js';
import type { Settlement } from '../../settlement.js';
import { promoteNext } from '../promote-next.js';
import { recordAttempt } from '../record-attempt.js';
import type { Session } from '../session.js';

const SELECT = `SELECT ${storedColumns} FROM event WHERE id = ?`;

const END_LEASE = `
UPDATE event SET status = ?1, reason = ?2, place = ?3, available_at = ?4, delivered_at = ?5, ended_at = ?5,
  attempts = ?6, uncertain = ?7, conflicted = ?8, lost_leases = ?9, gate_closings = ?10,
  lease_owner = NULL, lease_token = NULL, lease_until = NULL
WHERE sequence = ?11`;

/** Ends leases, each fenced by its token, and writes the timeline. */
export function settle(session: Session, requests: readonly SettleRequest[]): readonly SettleResult[] {
  return requests.map((request) => settleOne(session, request));
}

function settleOne(session: Session, request: SettleRequest): SettleResult {
  const event = session.row<StoredEvent>(SELECT, request.id);
  if (event === null) return 'stale';
  if (request.onlyIfEnded === true && !hasEnded(session, event, request)) return 'stale';
  const result = judge(event, request);
  const after = result === 'stale' ? event : endLease(session, event, request.settlement);
  if (request.attempt !== null) {
    recordAttempt(session, { ...request.attempt, sequence: event.sequence, nextAttemptAt: nextAttemptOf(after) });
  }
  return result;
}

/** Whatever lease the owner of the file recovers is a dead predecessor's; a guest goes by its time. */
function hasEnded(session: Session, event: StoredEvent, { leaseToken }: SettleRequest): boolean {
  return event.leaseToken === leaseToken && (session.role === 'owner' || (event.leaseUntil ?? 0) <= session.now);
}

function endLease(session: Session, event: StoredEvent, settlement: Settlement): StoredEvent {
  const after = settled(event, settlement, session.now);
  session.change(
    END_LEASE,
    after.status,
    after.reason,
    after.place,
    after.availableAt,
    after.deliveredAt,
    after.attempts,
    after.uncertain,
    after.conflicted,
    after.lostLeases,
    after.gateClosings,
    after.sequence,
  );
  session.tally.moved(event.type, event.status, after.status);
  if (after.status === 'dead' && after.place === 'first') session.tally.entered(event.type, 'blocking');
  if (after.place === null && event.place === 'first') promoteNext(session, event);
  return after;
}
