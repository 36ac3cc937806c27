import type { Session } from '../session.js';

/** The leases of one claim: their tokens end with the claim's own UUID. */
const UNDO = `
WITH undone AS MATERIALIZED (
  SELECT sequence FROM event
  WHERE status = 'delivering' AND lease_owner = $1 AND right(lease_token, 36) = $2 ORDER BY sequence FOR UPDATE
)
UPDATE event SET status = 'pending', lease_owner = NULL, lease_token = NULL, lease_until = NULL
FROM undone WHERE event.sequence = undone.sequence AND event.status = 'delivering' AND right(lease_token, 36) = $2
RETURNING event.type`;

/**
 * Gives back the leases of a claim whose answer never came: the owner does not know of them, and would renew them
 * together with its others. Nothing of them was sent.
 */
export async function undoClaim(
  session: Session,
  { owner, nonce }: { readonly owner: string; readonly nonce: string },
): Promise<void> {
  const rows = await session.rows<{ readonly type: string }>(UNDO, owner, nonce);
  for (const { type } of rows) session.tally.moved(type, 'delivering', 'pending');
}
