import { SUSPECT_LOST_LEASES } from '../settlement.js';
import type { DueEvent } from '../take-turns.js';
import type { Session } from './session.js';

/** One of each type is locked until the claim commits; events that another process is claiming are skipped. */
const SELECT = `
SELECT due.* FROM unnest($1::text[]) AS wanted (type)
CROSS JOIN LATERAL (
  SELECT sequence, type, client, available_at AS "availableAt" FROM event
  WHERE status = 'pending' AND place IS DISTINCT FROM 'behind' AND lost_leases >= ${SUSPECT_LOST_LEASES}
    AND type = wanted.type AND available_at <= $2
  ORDER BY available_at, sequence LIMIT 1 FOR UPDATE SKIP LOCKED
) AS due
ORDER BY due."availableAt", due.sequence LIMIT 1`;

/** The suspect of these types that is due longest: at most one, live or replayed. */
export function selectSuspect(session: Session, types: Iterable<string>): Promise<readonly DueEvent[]> {
  return session.rows<DueEvent>(SELECT, [...types], session.now);
}
