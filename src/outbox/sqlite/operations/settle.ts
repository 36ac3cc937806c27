import type { EpochMs } from '../../../kernel/clock.js';
import type { EventStatus } from '../../event-record.js';
import { leaseEnd } from '../../lease-end.js';
import { belongsTo } from '../../lease-token.js';
import type { SettleRequest, SettleResult } from '../../outbox.js';
import type { AttemptCounts, Settlement } from '../../settlement.js';
import { promoteNext } from '../promote-next.js';
import { recordAttempt } from '../record-attempt.js';
import type { Session } from '../session.js';

const SELECT = `
SELECT sequence, type, client, ordering_key AS orderingKey, status, place, available_at AS availableAt, replays,
  lease_token AS leaseToken, lease_until AS leaseUntil, attempts, uncertain, conflicted, lost_leases AS lostLeases,
  gate_closings AS gateClosings
FROM event WHERE id = ?`;

const END_LEASE = `
UPDATE event SET status = ?1, reason = ?2, place = ?3, available_at = ?4, delivered_at = ?5, ended_at = ?5,
  attempts = ?6, uncertain = ?7, conflicted = ?8, lost_leases = ?9, gate_closings = ?10,
  lease_owner = NULL, lease_token = NULL, lease_until = NULL
WHERE sequence = ?11`;

interface StoredEvent extends AttemptCounts {
  readonly sequence: number;
  readonly type: string;
  readonly client: string;
  readonly orderingKey: string | null;
  readonly status: EventStatus;
  readonly place: 'first' | 'behind' | null;
  readonly availableAt: EpochMs;
  readonly replays: number;
  readonly leaseToken: string | null;
  readonly leaseUntil: EpochMs | null;
}

/** Ends leases, each fenced by its token, and writes the timeline. */
export function settle(session: Session, requests: readonly SettleRequest[]): readonly SettleResult[] {
  return requests.map((request) => settleOne(session, request));
}

function settleOne(session: Session, request: SettleRequest): SettleResult {
  const event = session.row<StoredEvent>(SELECT, request.id);
  if (event === null) return 'stale';
  if (request.onlyIfEnded === true && !hasEnded(session, event, request)) return 'stale';
  const result = judge(event, request);
  const nextAttemptAt = result === 'stale' ? nextAttemptOf(event) : endLease(session, event, request.settlement);
  if (request.attempt !== null) recordAttempt(session, { ...request.attempt, sequence: event.sequence, nextAttemptAt });
  return result;
}

/** Whatever lease the owner of the file recovers is a dead predecessor's; a guest goes by its time. */
function hasEnded(session: Session, event: StoredEvent, { leaseToken }: SettleRequest): boolean {
  return event.leaseToken === leaseToken && (session.role === 'owner' || (event.leaseUntil ?? 0) <= session.now);
}

/** A lease that is gone settles nothing, but a 2xx that comes late still proves a pending event delivered. */
function judge(event: StoredEvent, { leaseToken, settlement }: SettleRequest): SettleResult {
  if (event.leaseToken === leaseToken) return 'settled';
  const isProof = settlement.kind === 'delivered' && event.status === 'pending' && belongsTo(leaseToken, event);
  return isProof ? 'proved' : 'stale';
}

function nextAttemptOf({ status, availableAt }: StoredEvent): EpochMs | null {
  return status === 'pending' ? availableAt : null;
}

/** Writes what the event becomes, and tells when its next attempt may begin. */
function endLease(session: Session, event: StoredEvent, settlement: Settlement): EpochMs | null {
  const { status, reason, availableAt, deliveredAt, keepsPlace } = leaseEnd(settlement, event, session.now);
  // What was decided for a lease that is gone was decided from older counts: the stored ones stand.
  const counts = event.leaseToken === null ? event : settlement.counts;
  session.change(
    END_LEASE,
    status,
    reason,
    keepsPlace ? event.place : null,
    availableAt,
    deliveredAt,
    counts.attempts,
    counts.uncertain,
    counts.conflicted,
    counts.lostLeases,
    counts.gateClosings,
    event.sequence,
  );
  session.tally.moved(event.type, event.status, status);
  if (status === 'dead' && keepsPlace && event.place === 'first') session.tally.entered(event.type, 'blocking');
  if (!keepsPlace && event.place === 'first') promoteNext(session, event);
  return status === 'pending' ? availableAt : null;
}
