import type { EpochMs } from '../../../kernel/clock.js';
import type { Session } from '../session.js';

const RENEW = `UPDATE event SET lease_until = ? WHERE status = 'delivering' AND lease_owner = ?`;

/** Prolongs every lease of an owner, in one statement, and tells until when. */
export function renewLeases(
  session: Session,
  { owner, leaseMs }: { readonly owner: string; readonly leaseMs: number },
): EpochMs {
  const until = session.now + leaseMs;
  session.change(RENEW, until, owner);
  return until;
}
