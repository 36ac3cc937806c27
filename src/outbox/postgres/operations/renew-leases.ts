import type { Session } from '../session.js';

/** Rows are locked in the order in which settlements lock them. A lease that has ended is left to recovery. */
const RENEW = `
WITH held AS MATERIALIZED (
  SELECT sequence FROM event
  WHERE status = 'delivering' AND lease_owner = $1 AND lease_until > $2 ORDER BY sequence FOR UPDATE
)
UPDATE event SET lease_until = $3 FROM held
WHERE event.sequence = held.sequence AND event.status = 'delivering' AND event.lease_owner = $1
RETURNING event.lease_token AS "leaseToken"`;

/** Prolongs every lease of an owner that has not ended, in one statement, and tells their tokens. */
export async function renewLeases(session: Session, owner: string, leaseMs: number): Promise<readonly string[]> {
  const { now } = session;
  const rows = await session.rows<{ readonly leaseToken: string }>(RENEW, owner, now, now + leaseMs);
  return rows.map(({ leaseToken }) => leaseToken);
}
