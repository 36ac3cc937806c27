import type { ClaimedEvent, ClaimRequest } from '../../outbox.js';
import { type ClaimedRow, claimedColumns, claimedEvent } from '../../rows/claimed-row.js';
import type { DueEvent } from '../../take-turns.js';
import type { TurnMemory } from '../../turn-memory.js';
import { type DueRequest, selectDue } from '../select-due.js';
import { selectSuspect } from '../select-suspect.js';
import type { Session } from '../session.js';

/** A drift lets no event pass, even after its time. */
const SELECT_CLOSED_TYPES = `
SELECT type FROM unnest($1::text[]) AS wanted (type) WHERE EXISTS (
  SELECT 1 FROM gate
  WHERE name IN ('user:' || $2, 'type:' || wanted.type, 'user:' || $2 || '+type:' || wanted.type)
    AND (pause_by IS NOT NULL OR cause = 'drift' OR (cause IS NOT NULL AND closed_until > $3))
)`;

const LEASE = `
UPDATE event SET status = 'delivering', lease_owner = $2, lease_until = $3,
  lease_token = event.sequence || '.' || event.replays || '.' || $4
FROM unnest($1::bigint[]) AS due (sequence)
WHERE event.sequence = due.sequence AND status = 'pending'
RETURNING event.sequence, ${claimedColumns}`;

/** What a claim needs besides the request. */
export interface ClaimContext {
  readonly turns: TurnMemory;
  /** A UUID of this claim alone: the part of its lease tokens that cannot be guessed. */
  readonly nonce: string;
}

/**
 * Puts due events under leases: ordinary ones, or one suspect. The gates must be locked, shared, so that none closes
 * between reading it and the commit.
 */
export async function claim(
  session: Session,
  request: ClaimRequest,
  { turns, nonce }: ClaimContext,
): Promise<readonly ClaimedEvent[]> {
  const { kind, limit, owner, leaseMs } = request;
  if (limit <= 0) return [];
  const ofType = await openTypes(session, request);
  const due =
    kind === 'suspect'
      ? await selectSuspect(session, ofType.keys())
      : await selectOrdinary(session, turns, { ofType, limit });
  if (due.length === 0) return [];
  const sequences = due.map(({ sequence }) => sequence);
  const rows = await session.rows<ClaimedRow & Pick<DueEvent, 'sequence'>>(
    LEASE,
    sequences,
    owner,
    session.now + leaseMs,
    nonce,
  );
  for (const { type } of rows) session.tally.moved(type, 'pending', 'delivering');
  const bySequence = new Map(rows.map(({ sequence, ...row }) => [sequence, claimedEvent(row)]));
  return sequences.flatMap((sequence) => bySequence.get(sequence) ?? []);
}

/** Live events, and replayed ones if those leave room. */
async function selectOrdinary(
  session: Session,
  turns: TurnMemory,
  { ofType, limit }: Pick<DueRequest, 'ofType' | 'limit'>,
): Promise<readonly DueEvent[]> {
  const live = await selectDue(session, turns, { background: false, ofType, limit });
  const room = { background: true, ofType: less(ofType, live), limit: limit - live.length };
  return [...live, ...(await selectDue(session, turns, room))];
}

/** The wanted types whose gates are not closed. */
async function openTypes(
  session: Session,
  { wanted, applicationUser }: ClaimRequest,
): Promise<ReadonlyMap<string, number>> {
  const types = wanted.map(({ type }) => type);
  const closed = await session.rows<{ readonly type: string }>(
    SELECT_CLOSED_TYPES,
    types,
    applicationUser,
    session.now,
  );
  const isClosed = new Set(closed.map(({ type }) => type));
  return new Map(
    wanted.filter(({ type, limit }) => limit > 0 && !isClosed.has(type)).map(({ type, limit }) => [type, limit]),
  );
}

/** How many events of each type are still wanted. */
function less(ofType: ReadonlyMap<string, number>, taken: readonly DueEvent[]): ReadonlyMap<string, number> {
  const left = new Map(ofType);
  for (const { type } of taken) left.set(type, (left.get(type) ?? 0) - 1);
  return new Map([...left].filter(([, count]) => count > 0));
}
