import type { Session } from '../session.js';

/** Leases of one claim: the end of their tokens is the claim's own. */
const UNDO = `
WITH undone AS MATERIALIZED (
  SELECT sequence FROM event
  WHERE status = 'delivering' AND lease_owner = $1 AND right(lease_token, 36) = $2 ORDER BY sequence FOR UPDATE
)
UPDATE event SET status = 'pending', lease_owner = NULL, lease_token = NULL, lease_until = NULL
FROM undone WHERE event.sequence = undone.sequence AND event.status = 'delivering' AND right(lease_token, 36) = $2
RETURNING event.type`;

/**
 * Gives back what a claim leased whose answer never came: its owner does not know of these leases, and would prolong
 * them together with the others. Nothing of it was sent.
 */
export async function undoClaim(
  session: Session,
  { owner, nonce }: { readonly owner: string; readonly nonce: string },
): Promise<void> {
  const rows = await session.rows<{ readonly type: string }>(UNDO, owner, nonce);
  for (const { type } of rows) session.tally.moved(type, 'delivering', 'pending');
}
