import type { Session } from '../session.js';

const RENEW = `
UPDATE event SET lease_until = ? WHERE status = 'delivering' AND lease_owner = ? AND lease_until > ?
RETURNING lease_token AS leaseToken`;

/** Prolongs every lease of an owner, in one statement, and tells the tokens of those it prolonged. */
export function renewLeases(
  session: Session,
  { owner, leaseMs }: { readonly owner: string; readonly leaseMs: number },
): readonly string[] {
  // Only the file's one owner could have taken over a lease that has ended.
  const endsAfter = session.role === 'owner' ? 0 : session.now;
  const rows = session.rows<{ readonly leaseToken: string }>(RENEW, session.now + leaseMs, owner, endsAfter);
  return rows.map(({ leaseToken }) => leaseToken);
}
