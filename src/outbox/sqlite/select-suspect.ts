import { SUSPECT_LOST_LEASES } from '../settlement.js';
import type { ClaimableEvent } from './select-due.js';
import type { Session } from './session.js';

const SELECT = `
SELECT sequence, type, client, available_at AS availableAt, replays FROM event INDEXED BY event_suspect
WHERE status = 'pending' AND place IS NOT 'behind' AND lost_leases >= ${SUSPECT_LOST_LEASES}
  AND type = ? AND available_at <= ? ORDER BY available_at, sequence LIMIT 1`;

/** The suspect of these types that is due longest: at most one, live or replayed. */
export function selectSuspect(session: Session, types: Iterable<string>): readonly ClaimableEvent[] {
  return [...types]
    .flatMap((type) => session.row<ClaimableEvent>(SELECT, type, session.now) ?? [])
    .sort((a, b) => a.availableAt - b.availableAt || a.sequence - b.sequence)
    .slice(0, 1);
}
