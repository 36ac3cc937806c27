import type { SettleRequest, SettleResult } from '../../outbox.js';
import { judge, nextAttemptOf, settled } from '../../rows/settled-event.js';
import { type StoredEvent, storedColumns } from '../../rows/stored-event.js';
import { endLease } from '../end-lease.js';
import { recordAttempt } from '../record-attempt.js';
import type { Session } from '../session.js';

const SELECT = `SELECT ${storedColumns} FROM event WHERE id = ?`;

/** Ends leases, each fenced by its token, and writes the timeline. */
export function settle(session: Session, requests: readonly SettleRequest[]): readonly SettleResult[] {
  return requests.map((request) => settleOne(session, request));
}

function settleOne(session: Session, request: SettleRequest): SettleResult {
  const event = session.row<StoredEvent>(SELECT, request.id);
  if (event === null) return 'stale';
  if (request.onlyIfEnded === true && !hasEnded(session, event, request)) return 'stale';
  const result = judge(event, request);
  const after = result === 'stale' ? event : end(session, event, request);
  if (request.attempt !== null) {
    recordAttempt(session, { ...request.attempt, sequence: event.sequence, nextAttemptAt: nextAttemptOf(after) });
  }
  return result;
}

/** A lease that the file's owner recovers belongs to a dead predecessor; a guest judges by the lease's time. */
function hasEnded(session: Session, event: StoredEvent, { leaseToken }: SettleRequest): boolean {
  return event.leaseToken === leaseToken && (session.role === 'owner' || (event.leaseUntil ?? 0) <= session.now);
}

function end(session: Session, event: StoredEvent, { settlement }: SettleRequest): StoredEvent {
  const after = settled(event, settlement, session.now);
  endLease(session, event, after);
  return after;
}
