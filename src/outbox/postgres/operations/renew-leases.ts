import type { EpochMs } from '../../../kernel/clock.js';
import type { Session } from '../session.js';

/** Rows are locked in the order in which settlements lock them. */
const RENEW = `
WITH held AS MATERIALIZED (
  SELECT sequence FROM event WHERE status = 'delivering' AND lease_owner = $1 ORDER BY sequence FOR UPDATE
)
UPDATE event SET lease_until = $2 FROM held
WHERE event.sequence = held.sequence AND event.status = 'delivering' AND event.lease_owner = $1`;

/** Prolongs every lease of an owner, in one statement, and tells until when. */
export async function renewLeases(session: Session, owner: string, leaseMs: number): Promise<EpochMs> {
  const until = session.now + leaseMs;
  await session.change(RENEW, owner, until);
  return until;
}
