import { newLeaseToken } from '../../lease-token.js';
import type { ClaimedEvent, ClaimRequest } from '../../outbox.js';
import { type ClaimedRow, claimedColumns, claimedEvent } from '../../rows/claimed-row.js';
import { type ClaimableEvent, selectDue } from '../select-due.js';
import { selectSuspect } from '../select-suspect.js';
import type { Session } from '../session.js';

/** There are few gates: those that were ever closed. A drift lets no event pass, even after its time. */
const SELECT_CLOSED_GATES = `
SELECT name FROM gate WHERE pause_by IS NOT NULL OR cause = 'drift' OR (cause IS NOT NULL AND closed_until > ?)`;

const LEASE = `
UPDATE event SET status = 'delivering', lease_owner = ?, lease_token = ?, lease_until = ?
WHERE sequence = ? AND status = 'pending'
RETURNING ${claimedColumns}`;

/** Puts due events under leases: ordinary ones, or one suspect. */
export function claim(session: Session, request: ClaimRequest): readonly ClaimedEvent[] {
  if (request.limit <= 0) return [];
  const ofType = openTypes(session, request);
  const due =
    request.kind === 'suspect' ? selectSuspect(session, ofType.keys()) : selectOrdinary(session, ofType, request.limit);
  return due.map((one) => lease(session, request, one));
}

/** Live events, and replayed ones if those leave room. */
function selectOrdinary(
  session: Session,
  ofType: ReadonlyMap<string, number>,
  limit: number,
): readonly ClaimableEvent[] {
  const live = selectDue(session, { background: false, ofType, limit });
  const replayed = selectDue(session, { background: true, ofType: less(ofType, live), limit: limit - live.length });
  return [...live, ...replayed];
}

/** The wanted types whose gates are not closed: read in the transaction that leases. */
function openTypes(session: Session, { wanted, applicationUser: user }: ClaimRequest): ReadonlyMap<string, number> {
  const gates = session.rows<{ readonly name: string }>(SELECT_CLOSED_GATES, session.now);
  const closed = new Set(gates.map(({ name }) => name));
  const isOpen = (type: string) =>
    ![`user:${user}`, `type:${type}`, `user:${user}+type:${type}`].some((name) => closed.has(name));
  return new Map(wanted.filter(({ type, limit }) => limit > 0 && isOpen(type)).map(({ type, limit }) => [type, limit]));
}

/** How many events of each type are still wanted. */
function less(ofType: ReadonlyMap<string, number>, taken: readonly ClaimableEvent[]): ReadonlyMap<string, number> {
  const left = new Map(ofType);
  for (const { type } of taken) left.set(type, (left.get(type) ?? 0) - 1);
  return new Map([...left].filter(([, count]) => count > 0));
}

function lease(session: Session, { owner, leaseMs }: ClaimRequest, due: ClaimableEvent): ClaimedEvent {
  const row = session.row<ClaimedRow>(LEASE, owner, newLeaseToken(due), session.now + leaseMs, due.sequence);
  if (row === null) throw new Error('a due event vanished within its transaction');
  session.tally.moved(row.type, 'pending', 'delivering');
  return claimedEvent(row);
}
